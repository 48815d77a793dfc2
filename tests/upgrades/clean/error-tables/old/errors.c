#include "errors.h"

static const struct error_name names[] = {
	{ 1, "not permitted" },
	{ 2, "no such subscriber" },
	{ 5, "wrong state" },
};

const char *error_name(int code)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].code == code)
			return names[i].text;
	return "unknown";
}
