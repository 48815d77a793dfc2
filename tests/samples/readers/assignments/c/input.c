int setup(CURL *h, SSL_CTX *ctx, struct cred *c)
{
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);
	SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
	c->euid = 0;
	c->latest = 7;
	opts.permit_root_login = 1;
	return -1;
}

void reset(struct opts *o)
{
	o->ssl_verify_pem = NULL;
	o->verify_callback = NULL;
}
