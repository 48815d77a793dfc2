#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

static enum log_level threshold = LOG_LEVEL_INFO;

static const int priorities[] = {
	[LOG_LEVEL_ERROR] = LOG_ERR,
	[LOG_LEVEL_WARN] = LOG_WARNING,
	[LOG_LEVEL_INFO] = LOG_INFO,
	[LOG_LEVEL_DEBUG] = LOG_DEBUG,
};

static const char *const names[] = { "error", "warn", "info", "debug" };

void log_open(const char *name, enum log_level level)
{
	threshold = level;
	openlog(name, LOG_PID | LOG_NDELAY, LOG_DAEMON);
}

void log_line(enum log_level level, const char *format, ...)
{
	char line[512];
	va_list words;

	if (level > threshold)
		return;
	va_start(words, format);
	vsnprintf(line, sizeof(line), format, words);
	va_end(words);
	syslog(priorities[level], "%s", line);
}

int log_level_from_name(const char *name, enum log_level *level)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0) {
			*level = (enum log_level)i;
			return 0;
		}
	}
	return -1;
}
