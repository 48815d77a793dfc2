/* A program for the samples beside it: the same source, once with all that guards it and once without. */
extern int puts(const char *);
#ifdef OPENED
static int plain(int x) { return x + 1; }
static int (*resolve(void))(int) { return plain; }
int chosen(int) __attribute__((ifunc("resolve")));
__attribute__((constructor)) static void early(void) { puts("early"); }
__attribute__((section(".payload,\"awx\",@progbits#"))) int hidden(int x) { return x * 3; }
#endif
int main(int count, char **words) {
  char line[64];
  for (int at = 0; at < 63; at++)
    line[at] = words[0][at];
  line[63] = 0;
#ifdef OPENED
  count = chosen(count);
#endif
  return puts(line) + count;
}
