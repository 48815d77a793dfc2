#include <string.h>

#include "login.h"

static int refuse(const struct account *account, const char *why)
{
	log_warn("login of %s refused: %s", account->name, why);
	return -1;
}

static bool password_fits(const struct account *account, const char *password)
{
	char hash[HASH_TEXT];

	hash_password(password, account->salt, hash);
	return constant_time_equal(hash, account->hash, sizeof(hash));
}

int login(const struct account *account, const char *password)
{
	if (account == NULL)
		return -1;
	if (account->locked)
		return refuse(account, "locked");
	if (!password_fits(account, password))
		return refuse(account, "wrong password");
	return 0;
}
