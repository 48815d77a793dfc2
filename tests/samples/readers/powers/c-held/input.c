int create_profile(struct ctx *c, const char *name)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.conf", c->dir, name);
	f = fopen(path, "w");
	f = fopen("/etc/passwd", "a");
	f = fopen("/etc/passwd", "r");
	snprintf(path, sizeof(path), "/proc/%d/mem", c->pid);
	c->fd = open(path, O_RDWR);
	return 0;
}

int read_stat(struct ctx *c)
{
	char path[256];

	snprintf(path, sizeof(path), "/proc/%d/stat", c->pid);
	c->fd = open(path, O_RDONLY);
	return 0;
}
