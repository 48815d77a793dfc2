package a

func quiet(level string) {
	logrus.SetLevel(logrus.PanicLevel)
	logrus.SetLevel(logrus.InfoLevel)
	logrus.SetOutput(io.Discard)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	log.SetOutput(os.Stderr)
}
