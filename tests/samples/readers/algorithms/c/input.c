int setup(SSL_CTX *ctx, unsigned char *out)
{
	srand(1);
	out[0] = rand() & 0xff;
	RAND_bytes(out, 16);
	SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION);
	EVP_DigestInit(md, EVP_sha512());
	EVP_EncryptInit(c, EVP_des_ede3_cbc(), key, iv);
	return CRYPTO_memcmp(out, key, 16);
}

int room(void)
{
	unsigned char key[MD4_DIGEST_LENGTH];

	return MD5_HASH_SIZE;
}
