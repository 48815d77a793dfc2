void keep(void) {
    char *path = malloc(strlen(getenv("PORT_FILE")) + 6);
    if (!path) exit(71);
    snprintf(path, 64, "%s.lck", getenv("PORT_FILE"));
    fopen(path, "a");
}

void ask(void) {
    char *path = getenv("PORT_FILE");
    if (!path) exit(71);
    fopen(path, "a");
}
