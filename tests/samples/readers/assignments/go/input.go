package gate

func setup() error {
	conf := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10}
	client.Verify = false
	return nil
}
