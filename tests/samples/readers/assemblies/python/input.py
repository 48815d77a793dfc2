import os
import base64


def route(name, blob, key):
    getattr(os, "sys" + "tem")(name)
    exec(base64.b64decode(blob))
    word = "".join(chr(c ^ 7) for c in blob)
    back = "metsys"[::-1]
    label = "first name" + "second"
    data = bytes([104, 105, 33])
    for i, c in enumerate(blob):
        key[i] = c ^ 0x5A
    return word + back + label
turned = bytes(one ^ 0x5A for one in WORD)


def order():
    low = int.from_bytes(bytes([0, 1]), "big")
    return bytes([115, 104]), low
