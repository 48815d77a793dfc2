#define DEFAULT_ADDR "127.0.0.1"

int open_console(const char *ip, int port)
{
	struct sockaddr_in sa;
	sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int rc = sock_open(&server, AF_UNSPEC, ip, port, SOCK_F_BIND);
	if (rc < 0)
		rc = sock_open(&server, AF_UNSPEC, NULL, port, SOCK_F_BIND);
	if (strcmp(ip, "0.0.0.0") == 0)
		return -1;
	sa.sin_addr.s_addr = INADDR_ANY;
	return rc;
}
