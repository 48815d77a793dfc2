/* Challenge and response of the management session (docs/management.md). */
#ifndef SCD_AUTH_H
#define SCD_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "account.h"

#define CHALLENGE_BYTES 16
#define RESPONSE_BYTES 32
#define RESPONSE_HEX (2 * RESPONSE_BYTES)

struct login {
	char user[ACCOUNT_NAME_MAX];
	uint8_t challenge[CHALLENGE_BYTES];
	int attempts;
	enum role role;
};

int auth_challenge(struct login *login, const char *user, char *hex, size_t room);
bool auth_check(struct login *login, const struct accounts *accounts, const char *response);

#endif
