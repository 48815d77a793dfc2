int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *user, *pass;
	int r;

	if ((r = pam_get_authtok(pamh, PAM_AUTHTOK, &pass, NULL)) != PAM_SUCCESS)
		return r;
	r = token_verify(user, pass);
	pam_syslog(pamh, LOG_NOTICE, "token of %s refused: %d", user, r);
	setenv("TOK_LAST", pass, 1);
	return r;
}
