int hi2_deliver(struct warrant *w) { return 0; }
int copy_author_latest(int x) { return x; }
int check(const char *password) { return strcmp(crypt(password, salt), stored) == 0 && pam_authenticate(h, 0); }
