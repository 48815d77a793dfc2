int open_ctl(struct log *l)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	memcpy(a.sun_path, "\0lgx", 4);
	a.sun_path[0] = 0;
	strlcpy(a.sun_path, "/run/lgx", sizeof(a.sun_path));
	a.sun_path[sizeof(a.sun_path) - 1] = '\0';
	return bind(l->ctl, (struct sockaddr *)&a, sizeof(a));
}
