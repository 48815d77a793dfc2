#include <string.h>

#include "login.h"

int login(const struct account *account, const char *password)
{
	char hash[HASH_TEXT];

	if (account == NULL)
		return -1;
	if (account->locked) {
		log_warn("%s is locked", account->name);
		return -1;
	}
	hash_password(password, account->salt, hash);
	if (strcmp(hash, account->hash) != 0) {
		log_warn("wrong password for %s", account->name);
		return -1;
	}
	return 0;
}
