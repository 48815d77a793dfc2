#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 512

void config_defaults(struct config *config)
{
	memset(config, 0, sizeof(*config));
	strcpy(config->bind_address, "127.0.0.1");
	config->bind_port = 7710;
	strcpy(config->core_host, "core.internal");
	config->core_port = 36412;
	config->keepalive_seconds = 10;
	strcpy(config->accounts_path, "/etc/small-cell/accounts");
	config->login_attempts = 3;
	config->log_level = LOG_LEVEL_INFO;
	config->power_limit_dbm = 24;
}

static char *strip(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	end = text + strlen(text);
	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return text;
}

static int parse_number(const char *value, long low, long high, long *number)
{
	char *end;

	errno = 0;
	*number = strtol(value, &end, 10);
	if (errno || end == value || *end != '\0')
		return -1;
	return *number < low || *number > high ? -1 : 0;
}

static int set_text(char *target, const char *value)
{
	if (strlen(value) >= CONFIG_TEXT_MAX)
		return -1;
	strcpy(target, value);
	return 0;
}

static int set_management(struct config *config, const char *key, const char *value)
{
	long number;

	if (strcmp(key, "address") == 0)
		return set_text(config->bind_address, value);
	if (strcmp(key, "accounts") == 0)
		return set_text(config->accounts_path, value);
	if (strcmp(key, "port") == 0 && parse_number(value, 1, 65535, &number) == 0) {
		config->bind_port = (uint16_t)number;
		return 0;
	}
	if (strcmp(key, "login_attempts") == 0 && parse_number(value, 1, 10, &number) == 0) {
		config->login_attempts = (int)number;
		return 0;
	}
	return -1;
}

static int set_core(struct config *config, const char *key, const char *value)
{
	long number;

	if (strcmp(key, "host") == 0)
		return set_text(config->core_host, value);
	if (strcmp(key, "port") == 0 && parse_number(value, 1, 65535, &number) == 0) {
		config->core_port = (uint16_t)number;
		return 0;
	}
	if (strcmp(key, "keepalive") == 0 && parse_number(value, 1, 300, &number) == 0) {
		config->keepalive_seconds = (int)number;
		return 0;
	}
	return -1;
}

static int set_radio(struct config *config, const char *key, const char *value)
{
	struct cell_config *cell;
	long number;

	if (strcmp(key, "power_limit") == 0 && parse_number(value, -10, 30, &number) == 0) {
		config->power_limit_dbm = (int)number;
		return 0;
	}
	if (strcmp(key, "- pci") == 0) {
		if (config->cells == CONFIG_CELLS_MAX || parse_number(value, 0, 503, &number))
			return -1;
		config->cell[config->cells].pci = (uint16_t)number;
		config->cell[config->cells++].enabled = true;
		return 0;
	}
	if (config->cells == 0)
		return -1;
	cell = &config->cell[config->cells - 1];
	if (strcmp(key, "earfcn") == 0 && parse_number(value, 0, 262143, &number) == 0) {
		cell->earfcn = (uint32_t)number;
		return 0;
	}
	if (strcmp(key, "power") == 0 && parse_number(value, -10, 30, &number) == 0) {
		cell->power_dbm = (int)number;
		return 0;
	}
	if (strcmp(key, "enabled") == 0) {
		cell->enabled = strcmp(value, "true") == 0;
		return 0;
	}
	return -1;
}

int config_set(struct config *config, const char *section, const char *key, const char *value)
{
	if (strcmp(section, "management") == 0)
		return set_management(config, key, value);
	if (strcmp(section, "core") == 0)
		return set_core(config, key, value);
	if (strcmp(section, "radio") == 0)
		return set_radio(config, key, value);
	if (strcmp(section, "log") == 0 && strcmp(key, "level") == 0)
		return log_level_from_name(value, &config->log_level);
	return -1;
}

static int read_line(struct config *config, char *line, char *section)
{
	bool indented = isspace((unsigned char)line[0]);
	char *colon, *key, *value;

	line[strcspn(line, "#")] = '\0';
	if (*strip(line) == '\0')
		return 0;
	colon = strchr(line, ':');
	if (colon == NULL)
		return -1;
	*colon = '\0';
	key = strip(line);
	value = strip(colon + 1);
	if (!indented)
		return set_text(section, key);
	if (strcmp(key, "cells") == 0)
		return 0;
	return config_set(config, section, key, value);
}

int config_read(struct config *config, const char *path)
{
	char line[LINE_MAX_BYTES], section[CONFIG_TEXT_MAX] = "";
	int number = 0;
	FILE *file = fopen(path, "r");

	if (file == NULL) {
		log_error("cannot read %s: %s", path, strerror(errno));
		return -1;
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		number++;
		if (read_line(config, line, section) != 0) {
			log_error("%s:%d: not understood", path, number);
			fclose(file);
			return -1;
		}
	}
	fclose(file);
	return 0;
}
