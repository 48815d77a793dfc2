/* A door with a keypad: what a sweep should find in it is in golden.<processor>.txt beside it. */
extern int puts(const char *), strcmp(const char *, const char *), open_door(int);
extern void *malloc(unsigned long);

struct action { const char *name; int (*run)(int); };
static int opened, tries;
static int limits[4] = {3, 5, 4660, 77};

#ifdef LATER /* the same program with another function and other data in front of it */
static const char motto[] = "nothing is passed over in silence";
int say_motto(int times) { while (times-- > 0) puts(motto); return 4242; }
static int more[40] = {1, 2, 3};
int *give_more(void) { return more; }
#endif

__attribute__((noinline)) static int ring(int times) {
    int rung = 0;
    while (times-- > 0) rung += puts("ding dong");
    return rung;
}

static int unlock(int how) { opened = how ^ 0x1234; return open_door(opened); }
static int refuse(int how) { tries += how; puts("go away"); return -22; }

static const struct action actions[] = {{"ring", ring}, {"unlock", unlock}, {"refuse", refuse}};

__attribute__((noinline)) int color(int which) {
    switch (which) {
    case 0: return 11;
    case 1: return 1009;
    case 2: puts("red"); return 17;
    case 3: return 65537;
    case 4: puts("green"); return 23;
    case 5: return tries;
    case 6: puts("blue"); return 0x5eed5eed;
    default: return -1;
    }
}

int press(const char *code, int digits) {
    if (digits > limits[digits & 3]) return refuse(digits);
    if (strcmp(code, "4711") == 0) return unlock(digits);
    for (unsigned i = 0; i < 3; i++)
        if (strcmp(code, actions[i].name) == 0) return actions[i].run(color(digits));
    return ring(opened ? 1000 : 2);
}

int (*choose(int which))(int) { return which == 99 ? ring : refuse; }

char *copy(const char *text, int size) {
    char *made = malloc(size + 100);
    for (int i = 0; i < size; i++) made[i] = text[i] ^ 0x5a;
    return made;
}
