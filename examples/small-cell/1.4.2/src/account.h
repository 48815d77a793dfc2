/* Accounts of the management session, read from one line each: name:role:hex-secret. */
#ifndef SCD_ACCOUNT_H
#define SCD_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>

#define ACCOUNTS_MAX 16
#define ACCOUNT_NAME_MAX 32
#define ACCOUNT_SECRET_MAX 64

enum role { ROLE_NONE, ROLE_VIEWER, ROLE_OPERATOR, ROLE_ADMIN };

struct account {
	char name[ACCOUNT_NAME_MAX];
	enum role role;
	uint8_t secret[ACCOUNT_SECRET_MAX];
	size_t secret_len;
};

struct accounts {
	struct account account[ACCOUNTS_MAX];
	int count;
};

int accounts_read(struct accounts *accounts, const char *path);
int account_parse(struct account *account, const char *line);
const struct account *account_by_name(const struct accounts *accounts, const char *name);
const char *role_name(enum role role);

#endif
