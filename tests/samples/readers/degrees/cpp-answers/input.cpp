int f(struct c *ctx, const S &secret, const char *a, const char *b, size_t n) {
  ctx->secretlen = static_cast<uint32_t>(secret.empty());
  ctx->saltlen = static_cast<uint32_t>(secret.size());
  if (memcmp(a, b, n == 0)) return -1;
  if (memcmp(a, b, n) == 0) return -1;
  key_len = strlen(a) > 0;
  int len = n > 8 ? 8 : n;
  bool has_len = n > 0;
  same_len = n == m;
  if (CRYPTO_memcmp(a, b, sizeof(digest) != 0)) return 1;
  RAND_bytes(buf, !n);
}
