#include <string.h>

#include "parse.h"

int parse_option(struct options *options, const unsigned char *data, size_t length)
{
	size_t size = data[1];

	switch (data[0]) {
	case OPTION_HOST:
		memcpy(options->host, data + 2, size);
		options->host[size] = '\0';
		return 0;
	case OPTION_LEASE:
		options->lease = read_be32(data + 2);
		return 0;
	}
	return -1;
}
