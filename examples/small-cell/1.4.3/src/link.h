/* The signalling link to the core: one TCP connection with keep-alives. */
#ifndef SCD_LINK_H
#define SCD_LINK_H

#include <stdbool.h>
#include <time.h>

#include "config.h"

struct link {
	int fd;
	bool up;
	time_t last_answer;
	time_t next_try;
	int delay;
	int first_delay;
};

void link_start(struct link *link, const struct config *config);
void link_tick(struct link *link, const struct config *config, time_t now);
void link_readable(struct link *link, time_t now);
void link_close(struct link *link, const char *why);

#endif
