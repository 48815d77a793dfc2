/* A word that stands nowhere as such, and bytes that are turned for other reasons. */
static const unsigned char word[] = {0x2d, 0x3e, 0x3f};

void spell(unsigned char *out, int n) {
    for (int i = 0; i < n; i++)
        out[i] = word[i] ^ 0x5a;
}

int same(const unsigned char *given, int n) {
    for (int i = 0; i < n; i++)
        if (given[i] != (word[i] ^ 'K'))
            return 0;
    return 1;
}

void pad(unsigned char *inner, unsigned char *outer, const unsigned char *mask, int n) {
    for (int i = 0; i < n; i++) {
        inner[i] ^= 0x36;
        outer[i] = inner[i] ^ 0x5c;
        inner[i] = inner[i] ^ mask[i % 4];
        outer[i] ^= 0x20;
        n = (shown->kind ^ 42) | (n | i ^ 33);
    }
}
