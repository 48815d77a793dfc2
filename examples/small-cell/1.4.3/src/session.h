/* One management session: a peer, its login, its buffer of a line. */
#ifndef SCD_SESSION_H
#define SCD_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "auth.h"

#define SESSION_LINE_MAX 256

enum session_state { SESSION_HELLO, SESSION_CHALLENGED, SESSION_OPEN };

struct session {
	int fd;
	enum session_state state;
	struct login login;
	char line[SESSION_LINE_MAX];
	size_t used;
	time_t last;
};

void session_begin(struct session *session, int fd, time_t now);
void session_end(struct session *session);
int session_say(const struct session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool session_allows(const struct session *session, enum role least);
int session_feed(struct session *session, char *line);

#endif
