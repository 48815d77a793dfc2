#include <stdint.h>
#include <string.h>

#include "mac.h"

void mac_sign(const struct key *key, const uint8_t *data, size_t length, uint8_t out[MAC_BYTES])
{
	cmac(key->bytes, data, length, out);
}

int mac_verify(const struct key *key, const uint8_t *data, size_t length, const uint8_t *mac)
{
	uint8_t expected[MAC_BYTES];

	mac_sign(key, data, length, expected);
	return constant_time_compare(expected, mac, sizeof(expected)) == 0;
}
