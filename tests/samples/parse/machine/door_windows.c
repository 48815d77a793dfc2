/* The library of door.c for PE: imports, an exported function and a pointer in data; no constructor of its own. */
__declspec(dllimport) int system(const char *);
__declspec(dllimport) int strcmp(const char *, const char *);
int (*volatile chosen)(const char *) = system;

static __attribute__((noinline)) int quiet(const char *word) { return strcmp(word, "quiet") + chosen(word); }

__declspec(dllexport) int door(const char *word) {
  if (strcmp(word, "open") == 0)
    return system("echo open");
  return quiet(word);
}
