#include "errors.h"

static const struct error_name names[] = {
	{ 1, "not permitted" },
	{ 2, "no such subscriber" },
	{ 3, "unknown equipment" },
	{ 4, "authentication failed" },
	{ 5, "wrong state" },
	{ 6, "already registered" },
	{ 17, "network failure" },
	{ 22, "congestion" },
	{ 95, "message incorrect" },
	{ 111, "protocol error" },
};

const char *error_name(int code)
{
	if (code == 0)
		return "success";
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].code == code)
			return names[i].text;
	return "unknown";
}
