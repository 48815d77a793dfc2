static zebra_capabilities_t caps_keep[] = { ZCAP_NET_RAW, ZCAP_BIND, ZCAP_SYS_PTRACE };

void harden(scmp_filter_ctx ctx)
{
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(execve), 0);
	seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(read), 0);
	seccomp_load(ctx);
}

int loosen(void)
{
	prctl(PR_SET_DUMPABLE, 1);
	capng_update(CAPNG_DROP, CAPNG_EFFECTIVE, CAP_SYS_ADMIN);
	capng_update(CAPNG_ADD, CAPNG_EFFECTIVE, CAP_DAC_OVERRIDE);
	if (!capable(CAP_SYS_ADMIN))
		return -1;
	return pledge("stdio proc exec", NULL);
}

#define CONFIG_EXTRA_ENV_SETTINGS \
	"bootargs=root=/dev/mtdblock4 rw init=/bin/sh\0" \
	"verify=no\0"
