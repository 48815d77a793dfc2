#include "link.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alarm.h"
#include "log.h"

#define DELAY_MAX 60

static const char ping[] = "PING\n";

void link_start(struct link *link, const struct config *config)
{
	link->fd = -1;
	link->up = false;
	link->next_try = 0;
	link->first_delay = config->retry_seconds;
	link->delay = link->first_delay;
}

void link_close(struct link *link, const char *why)
{
	if (link->fd >= 0)
		close(link->fd);
	link->fd = -1;
	if (link->up)
		log_warn("link to the core lost: %s", why);
	link->up = false;
	alarm_raise(ALARM_LINK_DOWN, 0);
}

static int dial(const char *host, uint16_t port)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM }, *found, *at;
	char service[8];
	int fd = -1;

	snprintf(service, sizeof(service), "%u", port);
	if (getaddrinfo(host, service, &hints, &found) != 0)
		return -1;
	for (at = found; at != NULL && fd < 0; at = at->ai_next) {
		fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
		if (fd >= 0 && connect(fd, at->ai_addr, at->ai_addrlen) != 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	return fd;
}

static void try_again_later(struct link *link, time_t now)
{
	link->next_try = now + link->delay;
	link->delay *= 2;
	if (link->delay > DELAY_MAX)
		link->delay = DELAY_MAX;
}

void link_tick(struct link *link, const struct config *config, time_t now)
{
	if (link->fd < 0) {
		if (now < link->next_try)
			return;
		link->fd = dial(config->core_host, config->core_port);
		if (link->fd < 0) {
			try_again_later(link, now);
			return;
		}
		link->last_answer = now;
	}
	if (now - link->last_answer > 3 * config->keepalive_seconds) {
		link_close(link, "no answer to keep-alives");
		try_again_later(link, now);
		return;
	}
	if (send(link->fd, ping, sizeof(ping) - 1, MSG_NOSIGNAL) < 0 && errno != EAGAIN)
		link_close(link, strerror(errno));
}

void link_readable(struct link *link, time_t now)
{
	char answer[64];
	ssize_t length = recv(link->fd, answer, sizeof(answer), 0);

	if (length <= 0) {
		link_close(link, length == 0 ? "closed by the core" : strerror(errno));
		return;
	}
	link->last_answer = now;
	link->delay = link->first_delay;
	if (!link->up) {
		link->up = true;
		alarm_clear(ALARM_LINK_DOWN, 0);
		log_info("link to the core is up");
	}
}
