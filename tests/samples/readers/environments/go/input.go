package gate

func setup() string {
	if v, ok := os.LookupEnv("GATE_LAB"); ok {
		return v
	}
	return os.Getenv("GATE_MODE")
}
