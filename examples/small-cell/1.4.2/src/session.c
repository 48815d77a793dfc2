#include "session.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "log.h"

void session_begin(struct session *session, int fd, time_t now)
{
	memset(session, 0, sizeof(*session));
	session->fd = fd;
	session->last = now;
}

void session_end(struct session *session)
{
	if (session->state == SESSION_OPEN)
		log_info("session of %s ended", session->login.user);
	close(session->fd);
	memset(session, 0, sizeof(*session));
	session->fd = -1;
}

int session_say(const struct session *session, const char *format, ...)
{
	char text[2048];
	va_list words;
	int length;

	va_start(words, format);
	length = vsnprintf(text, sizeof(text), format, words);
	va_end(words);
	if (length < 0 || (size_t)length >= sizeof(text))
		return -1;
	return send(session->fd, text, (size_t)length, MSG_NOSIGNAL) == length ? 0 : -1;
}

bool session_allows(const struct session *session, enum role least)
{
	return session->state == SESSION_OPEN && session->login.role >= least;
}

/* Reads what is there; gives 1 with a whole line, 0 without, -1 when the peer is gone or speaks too long. */
int session_feed(struct session *session, char *line)
{
	char *end = memchr(session->line, '\n', session->used);
	ssize_t length;
	size_t whole;

	if (end == NULL) {
		if (session->used == sizeof(session->line))
			return -1;
		length = recv(session->fd, session->line + session->used, sizeof(session->line) - session->used,
			      MSG_DONTWAIT);
		if (length <= 0)
			return -1;
		session->used += (size_t)length;
		end = memchr(session->line, '\n', session->used);
		if (end == NULL)
			return 0;
	}
	whole = (size_t)(end - session->line);
	memcpy(line, session->line, whole);
	line[whole] = '\0';
	session->used -= whole + 1;
	memmove(session->line, end + 1, session->used);
	return 1;
}
