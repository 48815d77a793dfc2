import hashlib
import hmac
import random
import secrets
import ssl
from Crypto.Cipher import AES, DES


def keys(data, key):
    a = hashlib.md5(data).hexdigest()
    b = hashlib.sha256(data).hexdigest()
    c = AES.new(key, AES.MODE_ECB)
    d = DES.new(key)
    random.seed(1234)
    e = random.randint(0, 9)
    f = secrets.token_hex(16)
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
    ctx.set_ciphers("RC4:NULL-MD5")
    return hmac.compare_digest(a, b)


def describe(order, shadow, crowd):
    return order.describe(shadow, crowd)
