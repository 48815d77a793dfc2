int setup(void)
{
	const char *mode = getenv("GATE_MODE");
	if (secure_getenv("GATE_LAB"))
		return 1;
	return getenv(mode) != NULL;
}
