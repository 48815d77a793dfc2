/* The radio cells: what is asked of them and what they do. */
#ifndef SCD_RADIO_H
#define SCD_RADIO_H

#include <stdbool.h>
#include <stddef.h>

#include "config.h"

enum cell_state { CELL_OFF, CELL_STARTING, CELL_ON, CELL_FAULT };

struct cell {
	struct cell_config config;
	enum cell_state state;
	int power_dbm;
	unsigned int users;
};

struct radio {
	struct cell cell[CONFIG_CELLS_MAX];
	int cells;
	int power_limit_dbm;
};

void radio_start(struct radio *radio, const struct config *config);
int radio_set_power(struct radio *radio, int cell, int dbm);
int radio_set_enabled(struct radio *radio, int cell, bool enabled);
int radio_describe(const struct radio *radio, char *text, size_t room);
void radio_tick(struct radio *radio);

#endif
