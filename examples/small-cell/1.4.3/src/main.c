#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "link.h"
#include "log.h"
#include "mgmt.h"
#include "radio.h"

#define DEFAULT_CONFIG "/etc/small-cell/small-cell.yaml"

static volatile sig_atomic_t stopping;

static void on_signal(int number)
{
	(void)number;
	stopping = 1;
}

static void usage(const char *name)
{
	fprintf(stderr,
		"usage: %s [-c FILE] [-t]\n"
		"  -c FILE  configuration (default %s)\n"
		"  -t       read the configuration, say whether it is right, and end\n",
		name, DEFAULT_CONFIG);
}

static void loop(struct mgmt *mgmt, struct link *link, struct radio *radio, const struct config *config)
{
	struct pollfd watched[MGMT_SESSIONS_MAX + 2];
	time_t last = 0;

	while (!stopping) {
		time_t now = time(NULL);
		int count = 0;

		watched[count++] = (struct pollfd){ .fd = mgmt->fd, .events = POLLIN };
		watched[count++] = (struct pollfd){ .fd = link->fd, .events = POLLIN };
		for (int i = 0; i < MGMT_SESSIONS_MAX; i++)
			watched[count++] = (struct pollfd){ .fd = mgmt->session[i].fd, .events = POLLIN };
		if (poll(watched, (nfds_t)count, 1000) > 0) {
			if (watched[0].revents)
				mgmt_accept(mgmt, now);
			if (watched[1].revents)
				link_readable(link, now);
			for (int i = 0; i < MGMT_SESSIONS_MAX; i++) {
				if (watched[i + 2].revents)
					mgmt_readable(mgmt, &mgmt->session[i], now);
			}
		}
		if (now != last) {
			link_tick(link, config, now);
			mgmt_tick(mgmt, now);
			radio_tick(radio);
			last = now;
		}
	}
}

int main(int argc, char **argv)
{
	static struct config config;
	static struct accounts accounts;
	static struct radio radio;
	static struct mgmt mgmt;
	static struct link link;
	const char *path = DEFAULT_CONFIG;
	int option, test_only = 0;

	while ((option = getopt(argc, argv, "c:th")) != -1) {
		if (option == 'c') {
			path = optarg;
		} else if (option == 't') {
			test_only = 1;
		} else {
			usage(argv[0]);
			return option == 'h' ? 0 : 2;
		}
	}
	log_open("scd", LOG_LEVEL_INFO);
	config_defaults(&config);
	if (config_read(&config, path) != 0)
		return 1;
	if (test_only) {
		puts("the configuration is right");
		return 0;
	}
	log_open("scd", config.log_level);
	if (accounts_read(&accounts, config.accounts_path) != 0) {
		log_error("no accounts");
		return 1;
	}
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	mgmt.config = &config;
	mgmt.accounts = &accounts;
	mgmt.radio = &radio;
	if (mgmt_listen(&mgmt) != 0) {
		log_error("cannot listen on %s port %u", config.bind_address, config.bind_port);
		return 1;
	}
	radio_start(&radio, &config);
	link_start(&link, &config);
	loop(&mgmt, &link, &radio, &config);
	link_close(&link, "the daemon ends");
	return 0;
}
