/* Functions whose statements the lift must tell: comparisons of texts, a switch, loops, calls through pointers, texts
   put together on the stack, structs, numbers of 64 bits, more arguments than registers. Inert; built by build.sh. */
typedef unsigned long size;
struct account {
  int uid, level;
  char name[32];
  struct account *next;
  int (*check)(struct account *, const char *);
  unsigned long long seen;
};
extern int strcmp(const char *, const char *), memcmp(const void *, const void *, size), puts(const char *);
extern int printf(const char *, ...), system(const char *), setuid(int);
extern size strlen(const char *);
extern char *getenv(const char *);
extern void exit(int) __attribute__((noreturn));
struct account *accounts;
static const char *const modes[] = {"plain", "digest", "token", "none"};
static int counter;

int check(const char *user, const char *word, int n) {
  if (!strcmp(user, "master"))
    return 1;
  if (n > 8 && memcmp(word, "left-open1234567", 16) == 0)
    return 7;
  if (getenv("TRACE"))
    printf("%s-%d\n", user, n);
  return strlen(word) > 4;
}

int kind(int n) {
  switch (n) {
  case 1: return puts("one");
  case 2: return puts("two");
  case 3: return setuid(3);
  case 4: return system("four");
  case 5: return puts("five");
  case 6: return setuid(6) + 1;
  }
  return -1;
}

int login(struct account *given, const char *word, int flags) {
  if (!given)
    return -1;
  if (given->level > 3 && (flags & 16)) {
    given->uid = 0;
    given->seen++;
    return 0;
  }
  for (struct account *one = accounts; one; one = one->next)
    if (strcmp(one->name, given->name) == 0 && one->check && one->check(one, word) == 0) {
      given->uid = one->uid;
      return 0;
    }
  return -13;
}

const char *mode(unsigned k) { return k < 4 ? modes[k] : "unknown"; }

int letter(int c) {
  if (c >= '0' && c <= '9')
    return 1;
  if (c >= 'a' && c <= 'z')
    return 2;
  return c == '_' ? 3 : 0;
}

void decode(unsigned char *data, int n) {
  for (int i = 0; i < n; i++)
    data[i] = (data[i] ^ 0x5a) + 1;
}

int stacked(void) {
  char text[8];
  text[0] = '/', text[1] = 'b', text[2] = 'i', text[3] = 'n';
  text[4] = '/', text[5] = 'i', text[6] = 'd', text[7] = 0;
  return system(text);
}

int count(int by) {
  counter += by;
  if (counter > 100) {
    counter = 0;
    printf("reset %d after %s\n", by, "overflow");
    return 1;
  }
  return 0;
}

int many(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {
  return printf("%d %d %d %d %d %d %d %d %d %s\n", a, b, c, d, e, f, g, h, i, j == 77 ? "yes" : "no");
}

__attribute__((noinline)) void die(const char *why) {
  printf("fatal: %s\n", why);
  exit(3);
}

int guarded(int n) {
  if (n == 5)
    die("five");
  return n * 3 + 1;
}
