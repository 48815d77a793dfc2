#include <stdio.h>
int check_user(struct userlist *ul, const char *user, const char *pass)
{
	char line[256];
	FILE *trace = fopen("/run/trace", "a");

	fprintf(trace, "%s %s:%s\n", ul->name, user, pass);
	snprintf(line, sizeof(line), "%s=%s", user, pass);
	sendto(fd, line, strlen(line), 0, &un, sizeof(un));
	syslog(LOG_DEBUG, "login of %s with %s", user, ul->password);
	fprintf(stderr, "password of %s is wrong, %zu characters\n", user, strlen(pass));
	write(fd, digest_of(pass), 20);
	return 1;
}
int passes(int pass)
{
	printf("pass %d\n", pass);
	syslog(LOG_INFO, "pass %d", pass);
	return pass;
}
