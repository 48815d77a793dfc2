struct user {
	char name[32];
	char password[64];
	int level;
};

int login_check(const struct user *user, const char *name, const char *password);
int login_failures(void);
void login_reset(void);
