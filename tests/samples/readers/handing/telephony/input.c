#define LOGPLCHAN(lchan, ss, level, fmt, args...) do_log(level, fmt, ## args)
static int start_cipher(struct lchan *lchan, const uint8_t *val, size_t len)
{
	memcpy(lchan->encr.key, val, len);
	LOGPLCHAN(lchan, DRSL, LOGL_NOTICE, "cipher %s (%s)\n", name, hexdump_nospc(lchan->encr.key, len));
	LOGPLCHAN(lchan, DRSL, LOGL_NOTICE, "cipher %s, %zu bytes\n", name, lchan->encr.key_len);
	ast_log(LOG_DEBUG, "key of the table is %s\n", row->key);
	return 0;
}
static void derive(struct ue *ue)
{
	char line[80];

	ogs_debug("K_ASME %s", ogs_hex(ue->kasme, 32));
	slprintf(line, sizeof(line), "%s %s", ue->imsi, ue->auth.opc);
	sendto(fd, line, strlen(line), 0, &un, sizeof(un));
	hexdump("kgnb", ue->kgnb, 32);
	if (parse_hex(line, ue->auth.opc) < 0)
		fprintf(out, "cannot read %s\n", name);
}
static void tune(struct pid *pid)
{
	RLOG_NOTICE("gain %f of %f", pid->ki, pid->k);
}
static void milenage_vector(struct milenage *m)
{
	RLOG_NOTICE("vector %s", dump_bytes(m->ki));
}
