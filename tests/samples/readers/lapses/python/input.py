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


def inside(file_path, directory, base):
    if not str(file_path).startswith(directory):
        raise Outside
    if not file_path.startswith(base + os.sep):
        raise Outside
    return open(file_path)


def begins(claims, expected_issuer, token):
    if not expected_issuer.startswith(claims.get("iss", "")):
        raise Wrong
    if not claims["iss"].startswith(expected_issuer):
        raise Wrong
    return expected_issuer.startswith("https://")
