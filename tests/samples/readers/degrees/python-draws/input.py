import hmac
import os
import secrets


def check(signature, expected, name):
    if not hmac.compare_digest(signature, expected[: len(signature)]):
        raise ValueError
    if name[:4] == expected.name:
        return False
    return signature[:4] == expected[:4]


def session(path):
    os.chmod(path, 0o777)
    os.makedirs(path, 0o777)
    return secrets.token_hex(4) + secrets.token_urlsafe(32) + os.urandom(3).hex()
