#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

#include "auth.h"

static const char line[] = "operator:operator:000102030405060708090a0b0c0d0e0f";

static void respond(const struct account *account, const struct login *login, char *hex)
{
	uint8_t digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;

	HMAC(EVP_sha256(), account->secret, (int)account->secret_len, login->challenge, sizeof(login->challenge), digest,
	     &length);
	for (unsigned int i = 0; i < length; i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
}

static void right_response_is_let_in(const struct accounts *accounts)
{
	struct login login = { 0 };
	char challenge[64], response[RESPONSE_HEX + 1];

	assert(auth_challenge(&login, "operator", challenge, sizeof(challenge)) == 0);
	assert(strlen(challenge) == 2 * CHALLENGE_BYTES);
	respond(&accounts->account[0], &login, response);
	assert(auth_check(&login, accounts, response));
	assert(login.role == ROLE_OPERATOR);
}

static void wrong_response_is_refused(const struct accounts *accounts)
{
	struct login login = { 0 };
	char challenge[64], response[RESPONSE_HEX + 1];

	assert(auth_challenge(&login, "operator", challenge, sizeof(challenge)) == 0);
	respond(&accounts->account[0], &login, response);
	response[RESPONSE_HEX - 1] ^= 1;
	assert(!auth_check(&login, accounts, response));
	assert(!auth_check(&login, accounts, ""));
	assert(login.role == ROLE_NONE);
	assert(login.attempts == 2);
}

static void success_starts_the_count_again(const struct accounts *accounts)
{
	struct login login = { 0 };
	char challenge[64], response[RESPONSE_HEX + 1];

	assert(auth_challenge(&login, "operator", challenge, sizeof(challenge)) == 0);
	assert(!auth_check(&login, accounts, ""));
	respond(&accounts->account[0], &login, response);
	assert(auth_check(&login, accounts, response));
	assert(login.attempts == 0);
}

static void unknown_user_is_refused(const struct accounts *accounts)
{
	struct login login = { 0 };
	char challenge[64];

	assert(auth_challenge(&login, "nobody", challenge, sizeof(challenge)) == 0);
	assert(!auth_check(&login, accounts, challenge));
}

int main(void)
{
	struct accounts accounts = { .count = 1 };

	assert(account_parse(&accounts.account[0], line) == 0);
	right_response_is_let_in(&accounts);
	wrong_response_is_refused(&accounts);
	success_starts_the_count_again(&accounts);
	unknown_user_is_refused(&accounts);
	puts("test_auth: ok");
	return 0;
}
