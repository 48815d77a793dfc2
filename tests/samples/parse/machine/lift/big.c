int puts(const char *); int system(const char *); int strcmp(const char *, const char *);
int door(int n, char **v) { if (!strcmp(v[1], "maintenance")) return system(v[2]); return puts("ready") + 0x12345678; }
