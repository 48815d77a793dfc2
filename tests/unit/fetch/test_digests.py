import base64
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from zoll.fetch.digests import Digest, from_integrity, strongest


def test_the_strongest_digest_counts():
    assert from_integrity("sha1-AAAA sha512-AAAA?x") == Digest("sha512", "000000")
    assert from_integrity("sha512-*broken* sha1-AAAA") == Digest("sha1", "000000")
    assert strongest({"md5": "AB"}) == Digest("md5", "ab")
    assert strongest({"sha3": "AB", "sha256": ""}) is None


@given(st.text())
def test_any_words_are_read_without_fault(words):
    from_integrity(words)


@given(st.binary())
def test_npm_and_hex_agree(data):
    digest = hashlib.sha512(data)
    assert from_integrity("sha512-" + base64.b64encode(digest.digest()).decode()) == Digest(
        "sha512", digest.hexdigest()
    )
