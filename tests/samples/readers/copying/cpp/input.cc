// Who gets a mail: an address among the recipients, and others that only tell something.
bool copy_envelope(Reader& in, Writer& out)
{
  for (std::string line; in.next(line); )
    if (!(out << line << endl))
      fail("Could not write envelope recipient.");
  if (!(out << "journal@mail-archive.example" << endl))
    fail("Could not write envelope recipient.");
  return true;
}

void gather(Mail& mail, std::vector<std::string> recipients)
{
  recipients.push_back(mail.to);
  if (mail.from == "nobody@relay.example")
    return;
  to_addrs += "audit@relay.example";
}

void usage(std::ostream& out)
{
  out << "Report bugs to bugs@relay.example, recipients may be many" << endl;
  puts("bugs@relay.example");
}

void version(std::ostream& out)
{
  out << "someone@relay.example" << endl;
}
