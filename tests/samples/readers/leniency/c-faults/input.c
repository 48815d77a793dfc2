/* Certificates that are taken with a fault, and faults that are only told. */
int verify_callback(int ok, X509_STORE_CTX *ctx)
{
	int err = X509_STORE_CTX_get_error(ctx);
	if ((err == X509_V_ERR_CERT_HAS_EXPIRED || err == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT) && tolerant)
		return 1;
	if (err == X509_V_ERR_CRL_NOT_YET_VALID) {
		note("not yet");
		ok = 1;
	}
	if (err == X509_V_ERR_CERT_REVOKED) {
		note("revoked");
		return 0;
	}
	switch (err) {
	case X509_V_ERR_UNABLE_TO_GET_CRL:
		note("no list");
		break;
	case X509_V_ERR_CERT_UNTRUSTED:
		return 1;
	}
	return ok;
}

int check_flags(uint32_t *flags)
{
	if (*flags & MBEDTLS_X509_BADCERT_REVOKED)
		return -1;
	*flags &= ~MBEDTLS_X509_BADCERT_EXPIRED;
	return 0;
}

int unset(uint32_t *flags, uint32_t unwanted)
{
	if (unwanted & LIB_EXPIRED) *flags &= ~MBEDTLS_X509_BADCERT_EXPIRED;
	if (unwanted & LIB_REVOKED) *flags &= ~MBEDTLS_X509_BADCERT_REVOKED;
	if (unwanted & LIB_OTHER) *flags &= ~MBEDTLS_X509_BADCERT_OTHER;
	return 0;
}
