#include "auth.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#include "log.h"

static void to_hex(const uint8_t *bytes, size_t length, char *hex)
{
	for (size_t i = 0; i < length; i++)
		sprintf(hex + 2 * i, "%02x", bytes[i]);
}

int auth_challenge(struct login *login, const char *user, char *hex, size_t room)
{
	if (strlen(user) >= sizeof(login->user) || room < 2 * CHALLENGE_BYTES + 1)
		return -1;
	if (RAND_bytes(login->challenge, sizeof(login->challenge)) != 1) {
		log_error("no randomness for a challenge");
		return -1;
	}
	strcpy(login->user, user);
	login->role = ROLE_NONE;
	to_hex(login->challenge, sizeof(login->challenge), hex);
	return 0;
}

static int expected_response(const struct account *account, const struct login *login, char *hex)
{
	uint8_t digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;

	if (HMAC(EVP_sha256(), account->secret, (int)account->secret_len, login->challenge,
		 sizeof(login->challenge), digest, &length) == NULL || length != RESPONSE_BYTES)
		return -1;
	to_hex(digest, length, hex);
	OPENSSL_cleanse(digest, sizeof(digest));
	return 0;
}

bool auth_check(struct login *login, const struct accounts *accounts, const char *response)
{
	const struct account *account = account_by_name(accounts, login->user);
	char expected[RESPONSE_HEX + 1];
	bool fits;

	login->attempts++;
	if (account == NULL) {
		log_warn("login of an unknown user");
		return false;
	}
	if (strlen(response) != RESPONSE_HEX || expected_response(account, login, expected) != 0)
		return false;
	fits = CRYPTO_memcmp(expected, response, RESPONSE_HEX) == 0;
	OPENSSL_cleanse(expected, sizeof(expected));
	OPENSSL_cleanse(login->challenge, sizeof(login->challenge));
	if (!fits) {
		log_warn("login of %s refused, attempt %d", login->user, login->attempts);
		return false;
	}
	login->role = account->role;
	return true;
}
