#include "tunnel.h"

/* the failure is written to the log, then all goes on */
static int check_binding(struct tunnel *t, const u8 *theirs)
{
    if (memcmp(theirs, t->compound, 20) != 0) {
        error("compound message code does not match");
    }
    return 0;
}

/* the failure stops */
static int check_binding_well(struct tunnel *t, const u8 *theirs)
{
    if (memcmp(theirs, t->compound, 20) != 0) {
        error("compound message code does not match");
        return -1;
    }
    return 0;
}

/* what could not be had counts as right */
static int verify_network(const char *value)
{
    char *copy = strdup(value);
    if (!copy)
        return 0;
    if (strlen(copy) > 6)
        return 1;
    return 0;
}

static void results(EVP_MD_CTX *ctx, struct tunnel *t)
{
    EVP_DigestVerifyFinal(ctx, t->sig, t->len);
    (void)verify_signature(t->key, t->sig);
    verify_init(t);
    SSL_CTX_set_verify(t->ssl, 1, NULL);
    if (verify_signature(t->key, t->sig) != 0)
        fatal("bad signature");
}

static int compares(const char *input, const char *cipher)
{
    int retval = strcmp(input, cipher) & 0xff;
    if ((char)memcmp(input, cipher, 32))
        return retval;
    if (strcmp(input, cipher) != 0 && retval)
        return 1;
    return 0;
}

/* what could not be had counts as wrong: the end gives one of two */
static int verify_stapled(struct tunnel *t, const char *raw)
{
    struct staple *staple;
    if (t->strict)
        return 1;
    if ((staple = staple_of(raw)) == NULL)
        return 0;
    return staple_holds(staple) == 0 ? 1 : 0;
}
