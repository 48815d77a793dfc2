/* What two functions hand on to another of the file in whose place it comes: all of a length, or the eighth part of it. */
extern int draw(void *to, int length);
__attribute__((visibility("hidden"), noinline, noclone)) int fill(char *to, int length) {
  int made = 0;
  while (length > made) made += draw(to + made, length - made);
  return made;
}
int whole(char *to, int length) { return fill(to, length); }
int part(char *to, int length) { return fill(to, length / 8); }
int other(char *to, int length) { return draw(to, length / 8); }
