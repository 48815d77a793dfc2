/* The daemon's configuration: a small subset of YAML, two levels deep. */
#ifndef SCD_CONFIG_H
#define SCD_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "log.h"

#define CONFIG_CELLS_MAX 4
#define CONFIG_TEXT_MAX 128

struct cell_config {
	uint16_t pci;		/* physical cell identity, 0 to 503 */
	uint32_t earfcn;	/* carrier */
	int power_dbm;		/* transmit power asked for */
	bool enabled;
};

struct config {
	char bind_address[CONFIG_TEXT_MAX];
	uint16_t bind_port;
	char core_host[CONFIG_TEXT_MAX];
	uint16_t core_port;
	int keepalive_seconds;
	char accounts_path[CONFIG_TEXT_MAX];
	int login_attempts;
	enum log_level log_level;
	int power_limit_dbm;
	int cells;
	struct cell_config cell[CONFIG_CELLS_MAX];
};

void config_defaults(struct config *config);
int config_read(struct config *config, const char *path);
int config_set(struct config *config, const char *section, const char *key, const char *value);

#endif
