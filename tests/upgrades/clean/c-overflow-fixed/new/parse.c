#include <string.h>

#include "parse.h"

int parse_option(struct options *options, const unsigned char *data, size_t length)
{
	size_t size;

	if (length < 2)
		return -1;
	size = data[1];
	if (size > length - 2)
		return -1;
	switch (data[0]) {
	case OPTION_HOST:
		if (size >= sizeof(options->host))
			return -1;
		memcpy(options->host, data + 2, size);
		options->host[size] = '\0';
		return 0;
	case OPTION_LEASE:
		if (size != 4)
			return -1;
		options->lease = read_be32(data + 2);
		return 0;
	case OPTION_SERVER:
		if (size != 4)
			return -1;
		memcpy(&options->server, data + 2, 4);
		return 0;
	}
	return -1;
}
