#include "oaep.h"

void encode(void *random_ctx, nettle_random_func *random, uint8_t *seed, unsigned n)
{
	random(random_ctx, n, seed);
	seed[0] ^= random() & 0xff;
}

const char *devices[] = { "random", "urandom", "null" };
int first(void) { return createNullProto() + use("enull"); }
