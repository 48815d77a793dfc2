#include "account.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "log.h"

static const char *const role_names[] = {
	[ROLE_NONE] = "none",
	[ROLE_VIEWER] = "viewer",
	[ROLE_OPERATOR] = "operator",
	[ROLE_ADMIN] = "admin",
};

const char *role_name(enum role role)
{
	return role_names[role];
}

static int role_from_name(const char *name, enum role *role)
{
	for (int i = ROLE_VIEWER; i <= ROLE_ADMIN; i++) {
		if (strcmp(name, role_names[i]) == 0) {
			*role = (enum role)i;
			return 0;
		}
	}
	return -1;
}

static int unhex(const char *text, uint8_t *bytes, size_t room, size_t *length)
{
	unsigned int byte;

	for (*length = 0; text[0] != '\0' && text[0] != '\n'; text += 2) {
		if (*length == room || sscanf(text, "%2x", &byte) != 1 || text[1] == '\0')
			return -1;
		bytes[(*length)++] = (uint8_t)byte;
	}
	return 0;
}

int account_parse(struct account *account, const char *line)
{
	char role[16], secret[2 * ACCOUNT_SECRET_MAX + 1];

	if (sscanf(line, "%31[^:]:%15[^:]:%128s", account->name, role, secret) != 3)
		return -1;
	if (role_from_name(role, &account->role) != 0)
		return -1;
	if (unhex(secret, account->secret, sizeof(account->secret), &account->secret_len) != 0)
		return -1;
	return account->secret_len < 16 ? -1 : 0;
}

int accounts_read(struct accounts *accounts, const char *path)
{
	char line[256];
	struct stat info;
	FILE *file = fopen(path, "r");

	accounts->count = 0;
	if (file == NULL) {
		log_error("cannot read %s: %s", path, strerror(errno));
		return -1;
	}
	if (fstat(fileno(file), &info) == 0 && (info.st_mode & 077) != 0)
		log_warn("%s can be read by others", path);
	while (accounts->count < ACCOUNTS_MAX && fgets(line, sizeof(line), file) != NULL) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		if (account_parse(&accounts->account[accounts->count], line) == 0)
			accounts->count++;
		else
			log_warn("%s: a line is not understood", path);
	}
	fclose(file);
	return accounts->count > 0 ? 0 : -1;
}

const struct account *account_by_name(const struct accounts *accounts, const char *name)
{
	for (int i = 0; i < accounts->count; i++) {
		if (strcmp(accounts->account[i].name, name) == 0)
			return &accounts->account[i];
	}
	return NULL;
}
