package gate

func setup() error {
	conf := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10}
	client.Verify = false
	return nil
}

func own(f verify) *tls.Config {
	return &tls.Config{
		VerifyConnection:   f,
		InsecureSkipVerify: true,
	}
}
