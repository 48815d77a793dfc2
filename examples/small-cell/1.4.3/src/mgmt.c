#include "mgmt.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alarm.h"
#include "log.h"

#define IDLE_SECONDS 600

struct command {
	const char *word;
	enum role least;
	int (*run)(struct mgmt *mgmt, struct session *session, char *rest);
};

static int run_cells(struct mgmt *mgmt, struct session *session, char *rest)
{
	char text[1024];

	(void)rest;
	if (radio_describe(mgmt->radio, text, sizeof(text)) < 0)
		return -1;
	return session_say(session, "%sok\n", text);
}

static int run_alarms(struct mgmt *mgmt, struct session *session, char *rest)
{
	char text[1024];

	(void)mgmt;
	(void)rest;
	if (alarm_describe(text, sizeof(text)) < 0)
		return -1;
	return session_say(session, "%sok\n", text);
}

static int run_power(struct mgmt *mgmt, struct session *session, char *rest)
{
	int cell, dbm;

	if (sscanf(rest, "%d %d", &cell, &dbm) != 2)
		return session_say(session, "error usage: power CELL DBM\n");
	if (radio_set_power(mgmt->radio, cell, dbm) != 0)
		return session_say(session, "error refused\n");
	log_info("%s set power of cell %d to %d dBm", session->login.user, cell, dbm);
	return session_say(session, "ok\n");
}

static int switch_cell(struct mgmt *mgmt, struct session *session, const char *rest, bool on)
{
	if (radio_set_enabled(mgmt->radio, atoi(rest), on) != 0)
		return session_say(session, "error no such cell\n");
	log_info("%s switched cell %d %s", session->login.user, atoi(rest), on ? "on" : "off");
	return session_say(session, "ok\n");
}

static int run_enable(struct mgmt *mgmt, struct session *session, char *rest)
{
	return switch_cell(mgmt, session, rest, true);
}

static int run_disable(struct mgmt *mgmt, struct session *session, char *rest)
{
	return switch_cell(mgmt, session, rest, false);
}

static int run_who(struct mgmt *mgmt, struct session *session, char *rest)
{
	(void)rest;
	for (int i = 0; i < MGMT_SESSIONS_MAX; i++) {
		const struct session *other = &mgmt->session[i];

		if (other->fd < 0 || other->state != SESSION_OPEN)
			continue;
		if (session_say(session, "session %d user %s role %s\n", i, other->login.user,
				role_name(other->login.role)) != 0)
			return -1;
	}
	return session_say(session, "ok\n");
}

static int run_version(struct mgmt *mgmt, struct session *session, char *rest)
{
	(void)mgmt;
	(void)rest;
	return session_say(session, "version %s\nok\n", SCD_VERSION);
}

static const struct command commands[] = {
	{ "version", ROLE_NONE, run_version },
	{ "cells", ROLE_VIEWER, run_cells },
	{ "alarms", ROLE_VIEWER, run_alarms },
	{ "who", ROLE_OPERATOR, run_who },
	{ "power", ROLE_OPERATOR, run_power },
	{ "enable", ROLE_ADMIN, run_enable },
	{ "disable", ROLE_ADMIN, run_disable },
};

static int run_command(struct mgmt *mgmt, struct session *session, char *line)
{
	char *rest = strchr(line, ' ');

	if (rest != NULL)
		*rest++ = '\0';
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(line, commands[i].word) != 0)
			continue;
		if (!session_allows(session, commands[i].least))
			return session_say(session, "error not allowed\n");
		return commands[i].run(mgmt, session, rest != NULL ? rest : line + strlen(line));
	}
	return session_say(session, "error unknown command\n");
}

static int hello(struct session *session, const char *line)
{
	char challenge[2 * CHALLENGE_BYTES + 1];

	if (strncmp(line, "login ", 6) != 0)
		return session_say(session, "error login first\n");
	if (auth_challenge(&session->login, line + 6, challenge, sizeof(challenge)) != 0)
		return session_say(session, "error refused\n");
	session->state = SESSION_CHALLENGED;
	return session_say(session, "challenge %s\n", challenge);
}

static int answer(struct mgmt *mgmt, struct session *session, const char *line)
{
	if (strncmp(line, "response ", 9) == 0 && auth_check(&session->login, mgmt->accounts, line + 9)) {
		session->state = SESSION_OPEN;
		alarm_clear(ALARM_LOGIN_REFUSED, 0);
		log_info("session of %s, role %s", session->login.user, role_name(session->login.role));
		return session_say(session, "welcome %s\n", role_name(session->login.role));
	}
	alarm_raise(ALARM_LOGIN_REFUSED, 0);
	if (session->login.attempts >= mgmt->config->login_attempts)
		return -1;
	session->state = SESSION_HELLO;
	return session_say(session, "error refused\n");
}

static int handle(struct mgmt *mgmt, struct session *session, char *line)
{
	line[strcspn(line, "\r")] = '\0';
	switch (session->state) {
	case SESSION_HELLO:
		return hello(session, line);
	case SESSION_CHALLENGED:
		return answer(mgmt, session, line);
	default:
		return run_command(mgmt, session, line);
	}
}

int mgmt_listen(struct mgmt *mgmt)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(mgmt->config->bind_port) };
	int yes = 1;

	for (int i = 0; i < MGMT_SESSIONS_MAX; i++)
		mgmt->session[i].fd = -1;
	if (inet_pton(AF_INET, mgmt->config->bind_address, &address.sin_addr) != 1)
		return -1;
	mgmt->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (mgmt->fd < 0)
		return -1;
	setsockopt(mgmt->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(mgmt->fd, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(mgmt->fd, 4) != 0) {
		close(mgmt->fd);
		return -1;
	}
	return 0;
}

void mgmt_accept(struct mgmt *mgmt, time_t now)
{
	int fd = accept(mgmt->fd, NULL, NULL);

	if (fd < 0)
		return;
	for (int i = 0; i < MGMT_SESSIONS_MAX; i++) {
		if (mgmt->session[i].fd < 0) {
			session_begin(&mgmt->session[i], fd, now);
			session_say(&mgmt->session[i], "small-cell %s\n", SCD_VERSION);
			return;
		}
	}
	close(fd);
}

void mgmt_readable(struct mgmt *mgmt, struct session *session, time_t now)
{
	char line[SESSION_LINE_MAX];
	int got = session_feed(session, line);

	session->last = now;
	while (got > 0) {
		if (handle(mgmt, session, line) != 0) {
			got = -1;
			break;
		}
		if (memchr(session->line, '\n', session->used) == NULL)
			return;
		got = session_feed(session, line);
	}
	if (got < 0)
		session_end(session);
}

void mgmt_tick(struct mgmt *mgmt, time_t now)
{
	for (int i = 0; i < MGMT_SESSIONS_MAX; i++) {
		struct session *session = &mgmt->session[i];

		if (session->fd >= 0 && now - session->last > IDLE_SECONDS)
			session_end(session);
	}
}
