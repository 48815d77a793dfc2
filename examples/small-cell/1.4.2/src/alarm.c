#include "alarm.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "log.h"

#define INSTANCES 8

struct alarm {
	bool raised;
	time_t since;
};

static struct alarm alarms[ALARM_KINDS][INSTANCES];

static const char *const names[] = {
	[ALARM_LINK_DOWN] = "link-down",
	[ALARM_CELL_DOWN] = "cell-down",
	[ALARM_LOGIN_REFUSED] = "login-refused",
};

static struct alarm *find(enum alarm_kind kind, int instance)
{
	return instance >= 0 && instance < INSTANCES ? &alarms[kind][instance] : NULL;
}

void alarm_raise(enum alarm_kind kind, int instance)
{
	struct alarm *alarm = find(kind, instance);

	if (alarm == NULL || alarm->raised)
		return;
	alarm->raised = true;
	alarm->since = time(NULL);
	log_warn("alarm %s %d raised", names[kind], instance);
}

void alarm_clear(enum alarm_kind kind, int instance)
{
	struct alarm *alarm = find(kind, instance);

	if (alarm == NULL || !alarm->raised)
		return;
	alarm->raised = false;
	log_info("alarm %s %d cleared", names[kind], instance);
}

int alarm_describe(char *text, size_t room)
{
	size_t used = 0;

	text[0] = '\0';
	for (int kind = 0; kind < ALARM_KINDS; kind++) {
		for (int i = 0; i < INSTANCES; i++) {
			int more;

			if (!alarms[kind][i].raised)
				continue;
			more = snprintf(text + used, room - used, "alarm %s %d since %lld\n", names[kind], i,
					(long long)alarms[kind][i].since);
			if (more < 0 || (size_t)more >= room - used)
				return -1;
			used += (size_t)more;
		}
	}
	return (int)used;
}
