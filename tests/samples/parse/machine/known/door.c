/* A program that asks for a word and runs a command; linked with a C library and stripped, no name is left in it. */
char *getenv(const char *);
int strcmp(const char *, const char *), system(const char *), setuid(unsigned), puts(const char *);
int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--maintenance") == 0) {
        setuid(0);
        return system(getenv("MAINTENANCE"));
    }
    return puts("ready");
}
