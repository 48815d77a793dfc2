#include <string.h>

int check_mac(const unsigned char *given, const unsigned char *key, struct peer *peer)
{
	unsigned char mac[16];
	char *token = peer->token;

	make_mac(key, mac);
	if (memcmp(mac, given, 2) != 0)
		return -1;
	if (memcmp(mac, given, sizeof(mac)) != 0)
		return -1;
	if (CRYPTO_memcmp(token, peer->auth_token, sizeof(token)) != 0)
		return -1;
	if (memcmp(peer->auth_data, given, sizeof(peer->auth_type)) != 0)
		return -1;
	if (strncmp(peer->password, token, strlen(token)))
		return -1;
	if (strncmp(peer->name, "auth", 4) == 0)
		return 1;
	return memcmp(peer->name, given, 4);
}

int same(const unsigned char *a, const unsigned char *b, int n)
{
	int d = 0, i;

	for (i = 0; i < n; i++)
		d = a[i] ^ b[i];
	return d == 0;
}

void set_up(SSL_CTX *ctx, struct state *s, const char *path)
{
	SSL_CTX_set_min_proto_version(ctx, 0);
	SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
	RAND_bytes(s->key, sizeof(s->id));
	RAND_bytes(s->nonce, sizeof(s->nonce));
	memset(s->nonce + 4, 0, 8);
	RAND_bytes(s->salt, len);
	memset(s->salt + len, 0, sizeof(s->salt) - len);
	chmod(path, 0666);
	chmod(path, 01777);
	umask(0);
	umask(027);
}

int sign_it(mp_limb_t *k, unsigned size)
{
	do {
		curve_mod_random(ctx, k, state, k + size);
		k[size - 1] = 0;
		ecc_sign(k);
	} while (again(k));
	fill_random_string(name, 12);
	name[11] = 0;
	table[3] = 0;
	return 0;
}

int token_check(struct session *s, const char *given, size_t n)
{
	struct token *t = token_find(s->tokens, n);

	if (t == NULL || memcmp(t->secret, given, n) != 0)
		return -1;
	return 0;
}

int token_check_whole(struct session *s, const char *given, size_t n)
{
	if (n != s->n || memcmp(s->secret, given, n) != 0)
		return -1;
	return memcmp(s->name, given, n);
}

int compare_secret(const char *secret, const char *given, size_t n)
{
	return memcmp(secret, given, n);
}
