/* The management port: accepts sessions and answers their commands. */
#ifndef SCD_MGMT_H
#define SCD_MGMT_H

#include <time.h>

#include "account.h"
#include "config.h"
#include "radio.h"
#include "session.h"

#define MGMT_SESSIONS_MAX 8

struct mgmt {
	int fd;
	struct session session[MGMT_SESSIONS_MAX];
	const struct config *config;
	const struct accounts *accounts;
	struct radio *radio;
};

int mgmt_listen(struct mgmt *mgmt);
void mgmt_accept(struct mgmt *mgmt, time_t now);
void mgmt_readable(struct mgmt *mgmt, struct session *session, time_t now);
void mgmt_tick(struct mgmt *mgmt, time_t now);

#endif
