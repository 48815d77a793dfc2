"""Trust anchors: certificates, public keys and key files, wherever their text or bytes stand."""

import base64
import binascii
import re
from bisect import bisect_right
from collections.abc import Iterator
from hashlib import sha256

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.bounds import aside, bounded
from zoll.readers.material import Material

PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]{3,40})-----((?:(?!-----)[^\x00]){1,40000})(-----END)?")
SSH = re.compile(
    rb"(?:^|[\s\"'=,])(ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-[a-z0-9-]{4,20}|sk-[a-z0-9@.-]{6,40})[ "
    rb"\t]+(AAAA[A-Za-z0-9+/=]{20,4000})"
)
SHARES = {
    "CERTIFICATE": "certificate",
    "TRUSTED CERTIFICATE": "certificate",
    "X509 CERTIFICATE": "certificate",
    "PKCS7": "certificate",
    "PUBLIC KEY": "public-key",
    "RSA PUBLIC KEY": "public-key",
    "SSH2 PUBLIC KEY": "public-key",
    "X509 CRL": "revocation",
    "CERTIFICATE REQUEST": "request",
    "PGP PUBLIC KEY BLOCK": "pgp-key",
    "DH PARAMETERS": "parameters",
    "EC PARAMETERS": "parameters",
    "OPENSSH CERTIFICATE": "certificate",
}
KEYRING = re.compile(r"(?:trusted\.gpg\.d|keyrings?)/[^/]+\Z|\.(?:gpg|kbx|asc)\Z|(?:^|/)pubring\b|(?:^|/)RPM-GPG-KEY")
STORE = re.compile(
    r"\.(?:der|cer|crt|p12|pfx|jks|keystore|truststore|bks|p7b|p7c|spki|pub|avbpubkey)\Z|(?:^|"
    r"/)(?:cacerts|otacerts\.zip)\Z",
    re.IGNORECASE,
)
BASE64 = re.compile(rb"[A-Za-z0-9+/=]++")
DER = re.compile(rb"\A\x30\x82[\s\S]{2}\x30\x82")
PINNED = re.compile(rb"(?:pin-sha256=\"|sha256/)([A-Za-z0-9+/]{43}=)")
MINISIGN = re.compile(rb"(RW(?<=\bRW)[QRS][A-Za-z0-9+/]{53})(?![A-Za-z0-9+/=])")  # what begins plainly is found fast
DOC = Doc(
    title="Keys: certificates, authorized keys, package signing keys, pins, key stores",
    reads=("*",),
    yields=("key",),
    limitations=(
        "key stores and rings in binary form are given as one digest",
        "a certificate inside an executable's data is found where it is PEM",
    ),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield each trust anchor with the digest of its bytes."""
    if not aside(material) and not material.kind.startswith("container/"):
        yield from bounded(_all(material))


def _all(material: Material) -> Iterator[Reading]:
    data, path = material.data, material.part.place.path
    count = 0
    lines = _Lines(data)
    if b"-----BEGIN " in data:
        for found in PEM.finditer(data):
            count += 1
            yield from _pem(material, found, lines)
    if b" AAAA" in data or b"\tAAAA" in data:
        for found in SSH.finditer(data):
            count += 1
            yield _key(material, _decoded(found[2]), lines.of(found.start(1)), "ssh-key", found[1].decode())
    if b"sha256" in data:
        for found in PINNED.finditer(data):
            yield _key(material, found[1], lines.of(found.start(1)), "pin", "sha256")
    if b"RW" in data and not material.kind.startswith("executable/"):
        for found in MINISIGN.finditer(data):
            yield _key(material, found[1], lines.of(found.start(1)), "minisign-key", "")
    binary = material.kind.startswith("data/")
    if (
        not count
        and data
        and (
            (KEYRING.search(path) and binary) or (STORE.search(path) and (binary or DER.match(data))) or DER.match(data)
        )
    ):
        yield _key(material, data, 0, "certificate" if DER.match(data) else "key-store", path.rsplit(".", 1)[-1][:12])
    if count > 10:
        yield material.say("key", f"bundle of {count}", 1, 0, "", type_="bundle")


def _pem(material: Material, found: re.Match[bytes], lines: "_Lines") -> Iterator[Reading]:
    label = found[1].decode("ascii").strip()
    if "PRIVATE" in label:
        kind = "private-key"
    elif label in SHARES:
        kind = SHARES[label]
    else:
        return
    body = re.sub(rb"\\n|\\r", b"", found[2])
    lines_of = [line.strip(b" \t\"',+\\;.") for line in body.split(b"\n") if b":" not in line]
    body = b"".join(lines_of)
    # Code that stands behind the mark, named in a literal of its own, is no key.
    plain = sum(len(line) for line in lines_of if BASE64.fullmatch(line))
    if plain >= 40 and plain * 2 >= len(body):
        yield _key(material, _decoded(body), lines.of(found.start()), kind, label.lower())


def _decoded(text: bytes) -> bytes:
    try:
        return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/=]", b"", text), validate=False)
    except (binascii.Error, ValueError):
        return text


def _key(material: Material, body: bytes, line: int, kind: str, words: str) -> Reading:
    return material.say("key", sha256(body).hexdigest()[:24], line, 0, words, type_=kind, form=words.replace(" ", "-"))


class _Lines:
    """Line numbers of offsets; computed only when first asked, since most parts hold no key."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.starts: list[int] = []

    def of(self, offset: int) -> int:
        if not self.starts:
            self.starts = [0, *(found.end() for found in re.finditer(b"\n", self.data))]
        return bisect_right(self.starts, offset)
