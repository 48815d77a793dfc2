#include <stddef.h>
int puts(const char *); int getopt(int, char **, const char *); int rand(void);
extern char *optarg; int g1, g2, g3; char *name, *other;
int options(int argc, char **argv) {
    int c;
    while ((c = getopt(argc, argv, "abcdf:l:m:p:qstu:v")) != -1) {
        switch (c) {
        case 'a': g1 = 1; break;
        case 'b': puts("b"); break;
        case 'c': g2 += 2; break;
        case 'd': g3 = rand(); break;
        case 'f': name = optarg; break;
        case 'l': puts(optarg); break;
        case 'm': other = optarg; break;
        case 'p': g1 = rand() + 1; break;
        case 'q': return 3;
        case 's': g3 ^= 5; break;
        case 't': puts("test"); break;
        case 'u': g2 = 9; break;
        case 'v': puts("version"); return 0;
        default: puts("usage"); return 1;
        }
    }
    return 2;
}
int kinds(int kind, int sort) {
    switch (kind) {
    case 1: puts("one"); break;
    case 2: puts("two"); g1 = 2; break;
    case 3: puts("three"); g2 = 3; break;
    case 4: g3 = rand(); break;
    case 5: puts("five"); g1 = 5; break;
    case 6: return rand() + 6;
    default: puts("none");
    }
    switch (sort) {
    case 0: puts("null"); break;
    case 1: puts("eins"); g1 = 2; break;
    case 2: puts("zwei"); g2 = 3; break;
    case 3: g3 = rand(); break;
    case 4: puts("vier"); g1 = 5; break;
    case 5: return rand() + 7;
    case 6: puts("sechs"); break;
    case 7: g1 = 7; puts("sieben"); break;
    default: g2 = 11;
    }
    return g1;
}
