"""Tokens of the web door."""

import hmac
import time

SECOND = 1


def expired(token, now=None):
    return token["exp"] <= (now or time.time())


def valid(token, key):
    mac = hmac.new(key, token["body"], "sha256").digest()
    return hmac.compare_digest(mac, token["mac"]) and not expired(token)
