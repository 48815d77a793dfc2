#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats.h"

int stats_packet(struct stats *stats, const unsigned char *packet, size_t length)
{
	if (length < STATS_HEADER)
		return -1;
	stats->packets++;
	stats->bytes += length;
	return 0;
}

void stats_print(const struct stats *stats)
{
	printf("packets %lu bytes %lu\n", stats->packets, stats->bytes);
}
