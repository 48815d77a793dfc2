int handed(void)
{
	const char *number = getenv("LISTEN_FDS");
	return number && getenv("LISTEN_ALSO");
}
