#include "radio.h"

#include <stdio.h>
#include <string.h>

#include "alarm.h"
#include "log.h"

static const char *const state_names[] = { "off", "starting", "on", "fault" };

void radio_start(struct radio *radio, const struct config *config)
{
	memset(radio, 0, sizeof(*radio));
	radio->cells = config->cells;
	radio->power_limit_dbm = config->power_limit_dbm;
	for (int i = 0; i < radio->cells; i++) {
		radio->cell[i].config = config->cell[i];
		radio->cell[i].state = config->cell[i].enabled ? CELL_STARTING : CELL_OFF;
		radio_set_power(radio, i, config->cell[i].power_dbm);
	}
}

static bool known(const struct radio *radio, int cell)
{
	return cell >= 0 && cell < radio->cells;
}

int radio_set_power(struct radio *radio, int cell, int dbm)
{
	if (!known(radio, cell))
		return -1;
	if (dbm > radio->power_limit_dbm) {
		log_warn("cell %d: %d dBm is above the limit of %d", cell, dbm, radio->power_limit_dbm);
		return -1;
	}
	radio->cell[cell].power_dbm = dbm;
	return 0;
}

int radio_set_enabled(struct radio *radio, int cell, bool enabled)
{
	if (!known(radio, cell))
		return -1;
	radio->cell[cell].config.enabled = enabled;
	radio->cell[cell].state = enabled ? CELL_STARTING : CELL_OFF;
	return 0;
}

int radio_describe(const struct radio *radio, char *text, size_t room)
{
	size_t used = 0;

	for (int i = 0; i < radio->cells; i++) {
		const struct cell *cell = &radio->cell[i];
		int more = snprintf(text + used, room - used, "cell %d pci %u earfcn %u power %d state %s users %u\n", i,
				    cell->config.pci, cell->config.earfcn, cell->power_dbm,
				    state_names[cell->state], cell->users);

		if (more < 0 || (size_t)more >= room - used)
			return -1;
		used += (size_t)more;
	}
	return (int)used;
}

void radio_tick(struct radio *radio)
{
	for (int i = 0; i < radio->cells; i++) {
		struct cell *cell = &radio->cell[i];

		if (cell->state == CELL_STARTING) {
			cell->state = CELL_ON;
			alarm_clear(ALARM_CELL_DOWN, i);
		} else if (cell->state == CELL_FAULT) {
			alarm_raise(ALARM_CELL_DOWN, i);
		}
	}
}
