void a(char *pw) { *pw = 0; memset(pw, 0, strlen(pw)); free(pw); }
void b(struct s *k) { k->len = 0; explicit_bzero(k->data, k->len); }
void c(struct s *k) { explicit_bzero(k->data, k->len); k->len = 0; }
void d(char *pw) { pw[0] = '\0'; strcpy(pw, x); memset(pw, 0, strlen(pw)); }
void e(char *pw, size_t n) { pw[0] = '\0'; memset(pw, 0, n); }
int verify_signature(const unsigned char *m, const unsigned char *s) {
  unsigned char d[32];
  sha256(m, d);
  if (memcmp(d, s, 32) != 0)
    log_warn("digest differs");
  return 0;
}
int check_password(const char *u, const char *p) {
  if (strcmp(p, stored(u)) != 0) { audit(u); return -1; }
  return 0;
}
int check_host_key(const char *u, const char *p) {
  int rc = 0;
  if (strcmp(p, stored(u)) != 0) { rc = -1; }
  return rc;
}
