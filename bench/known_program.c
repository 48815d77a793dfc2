#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>
#include <time.h>
#include <signal.h>
#include <syslog.h>
#include <dirent.h>
#include <netdb.h>
#include <pwd.h>
#include <grp.h>
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/ptrace.h>
#include <sys/prctl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
static char buffer[512];
static int by(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
int main(int argc, char **argv) {
    struct sockaddr_in to = {0}; struct stat st; fd_set set; struct timeval tv = {1, 0};
    if (argc < 2) { fprintf(stderr, "usage: %s what\n", argv[0]); exit(2); }
    if (strcmp(argv[1], "one") == 0) return system(getenv("CMD"));
    if (strncmp(argv[1], "two", 3) == 0) { FILE *f = popen(argv[2], "r"); fgets(buffer, 512, f); pclose(f); puts(buffer); }
    if (strcasecmp(argv[1], "three") == 0) { int fd = socket(AF_INET, SOCK_STREAM, 0); to.sin_port = htons(atoi(argv[2]));
        inet_pton(AF_INET, argv[3], &to.sin_addr); connect(fd, (void *)&to, sizeof to); dup2(fd, 0); dup2(fd, 1); execve(argv[4], argv, 0);
        send(fd, buffer, 12, 0); recv(fd, buffer, 12, 0); bind(fd, (void *)&to, sizeof to); listen(fd, 5); accept(fd, 0, 0); setsockopt(fd, 1, 2, argv, 4);
        sendto(fd, buffer, 3, 0, 0, 0); recvfrom(fd, buffer, 3, 0, 0, 0); getaddrinfo(argv[2], 0, 0, (void *)buffer); shutdown(fd, 2); close(fd); }
    if (memcmp(argv[1], "four", 4) == 0) { setuid(0); setgid(0); seteuid(0); chmod(argv[2], 04755); chown(argv[2], 0, 0); unlink(argv[3]); rename(argv[2], argv[3]); mkdir("x", 0700); rmdir("x"); symlink("a", "b"); link("c", "d"); }
    int fd = open(argv[2], O_RDONLY); read(fd, buffer, 512); write(1, buffer, 512); lseek(fd, 0, 0); ftruncate(fd, 0); fstat(fd, &st); stat("x", &st); access("y", 1); fcntl(fd, 1); ioctl(fd, 2, 3);
    FILE *o = fopen(argv[3], "w"); fwrite(buffer, 1, 12, o); fread(buffer, 1, 12, o); fputs("x", o); fseek(o, 0, 0); ftell(o); fflush(o); fclose(o); fgetc(o); getline((char **)buffer, (size_t *)buffer, o);
    snprintf(buffer, 512, "%s%d", argv[1], argc); sprintf(buffer, "%s", argv[2]); sscanf(buffer, "%d", &argc); syslog(3, "%s", buffer); openlog("x", 0, 0); perror("x"); printf("%s\n", buffer); vprintf("x", (void *)argv ? *(va_list *)argv : *(va_list *)buffer);
    char *p = malloc(strlen(buffer)); p = realloc(p, 30); free(p); p = calloc(3, 4); p = strdup(p); strcpy(p, buffer); strncpy(p, buffer, 4); strcat(p, "x"); strncat(p, "y", 1); memcpy(p, buffer, argc); memmove(p, buffer, argc + 1); memset(p, 0, argc); strchr(p, 'c'); strrchr(p, 'd'); strstr(p, "e"); strtok(p, "f"); memchr(p, 1, argc);
    if (strtol(p, 0, 10) > strtoul(p, 0, 16)) abort();
    pid_t c = fork(); if (!c) { execl("/bin/x", "x", NULL); execvp(argv[1], argv); _exit(1); } waitpid(c, &argc, 0); kill(c, 9); setsid(); chdir("/"); umask(0); getpid(); getppid(); getuid(); geteuid(); pipe((int *)buffer);
    signal(2, SIG_IGN); struct sigaction sa; sigaction(3, &sa, 0); alarm(3); sleep(2); usleep(3); time(0); srand(time(0)); rand(); random(); gettimeofday(&tv, 0); nanosleep((void *)&tv, 0); clock_gettime(0, (void *)&tv); localtime((time_t *)buffer); strftime(buffer, 3, "%d", (void *)buffer); mktime((void *)buffer);
    mmap(0, 4, 5, 6, 7, 8); mprotect(buffer, 4, 7); munmap(buffer, 3); ptrace(0, 0, 0, 0); prctl(1, 2, 3, 4, 5); select(1, &set, 0, 0, &tv); FD_ZERO(&set);
    DIR *d = opendir("/"); readdir(d); closedir(d); setenv("A", "B", 1); unsetenv("A"); putenv("A=C"); qsort(argv, argc, sizeof *argv, by); readlink("a", buffer, 5); realpath("x", buffer); gethostbyname("x.example"); getpwnam("root"); getpwuid(0); getgrnam("wheel"); gethostname(buffer, 3); inet_ntoa(to.sin_addr); inet_addr("192.0.2.1"); strerror(errno); isatty(0); getcwd(buffer, 3); atol(buffer); atexit((void *)main); mkstemp(buffer); remove("x"); syscall(3, 4, 5); getrandom_(buffer);
    return 0;
}
int getrandom_(char *b) { extern long getrandom(void *, size_t, unsigned); return getrandom(b, 4, 0); }
