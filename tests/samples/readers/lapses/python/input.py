import hmac
import jwt


def forgets(token, key):
    try:
        jwt.verify_signature(token, key)
    except InvalidSignature:
        log.warning("bad signature")
    return True


def raises(token, key):
    try:
        jwt.verify_signature(token, key)
    except InvalidSignature:
        log.warning("bad signature")
        raise


def compares(a, b):
    hmac.compare_digest(a, b)
    if not hmac.compare_digest(a, b):
        log.error("signature mismatch")
    return True
