def verify_token(given, own):
    if hmac.compare_digest(given, own):
        return True
    log.warning("token differs")
    return True

def check_signature(given, own):
    if not hmac.compare_digest(given, own):
        raise ValueError("bad")
    return True

def verify_hmac(given, own):
    if hmac.compare_digest(given, own):
        return True
    return False
