int pair(int *pv)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pv) == -1)
		return -1;
	local = socket(AF_UNIX, SOCK_STREAM, 0);
	connect(local, (struct sockaddr *)&sunaddr, len);
	pid = fork();
	pthread_atfork(before, after, child);
	remote = socket(AF_INET, SOCK_STREAM, 0);
	return connect(remote, (struct sockaddr *)&in, len);
}
