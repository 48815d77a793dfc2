/* Alarms: raised once, cleared once, listed on the management session (docs/alarms.md). */
#ifndef SCD_ALARM_H
#define SCD_ALARM_H

#include <stddef.h>

enum alarm_kind { ALARM_LINK_DOWN, ALARM_CELL_DOWN, ALARM_LOGIN_REFUSED, ALARM_KINDS };

void alarm_raise(enum alarm_kind kind, int instance);
void alarm_clear(enum alarm_kind kind, int instance);
int alarm_describe(char *text, size_t room);

#endif
