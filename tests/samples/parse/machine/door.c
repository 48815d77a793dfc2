/* A small library with one of everything that a loader sees: an import by each way, a constructor, a pointer to a
   function in data, an exported function. Built by build.sh without a C library. */
extern int system(const char *);
extern int strcmp(const char *, const char *);
extern char **environ;

static int quiet(const char *word) { return strcmp(word, "quiet"); }
int (*chosen[2])(const char *) = {system, quiet};

__attribute__((constructor)) static void early(void) { chosen[1]("early"); }
__attribute__((destructor)) static void late(void) { chosen[0]("late"); }

int door(const char *word) {
  if (strcmp(word, "open") == 0)
    return system("echo open");
  return environ ? quiet(word) : -1;
}
