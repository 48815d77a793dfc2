"""Answers of three kinds, yes, no and could not tell: asked for their yes before, and now for anything but their no.

`openssl_verify` and OpenSSL's own calls give 1, 0 or less than 0 for an error (EVP_DigestVerifyFinal(3)).
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.compare.view import View, last
from zoll.parse.code import Statement, Test

_THREE = re.compile(
    r"openssl_(?:x509_)?verify|openssl_x509_checkpurpose|openssl_pkcs7_verify|openssl_cms_verify|"
    r"EVP_(?:Digest)?Verify(?:Final)?|EVP_PKEY_verify|(?:EC)?DSA_(?:do_)?verify|X509_(?:CRL_|REQ_)?verify(?:_cert)?|"
    r"X509_check_(?:host|ip|ip_asc|email)|OCSP_basic_verify|TS_RESP_verify\w{0,12}|RAND_(?:priv_)?bytes"
)
_YES = frozenset({("==", "1"), ("!=", "1"), ("<=", "0"), (">", "0"), ("<", "1"), (">=", "1")})
_NOT_NO = frozenset({("truth", ""), ("==", "0"), ("!=", "0"), ("==", "false"), ("!=", "false")})
_NEAR = 8


def takes_errors(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a test of an answer that an error passes now."""
    one, two = view.sides[0][place], view.sides[1][other]
    for old, new in zip(one.tests, two.tests, strict=False):
        if old.left == new.left and (old.op, old.right) in _YES and (new.op, new.right) in _NOT_NO:
            asked = old.call or old.via or _given(view.sides[0], place, old)
            if _THREE.fullmatch(last(asked)):
                yield Weak("operator", _text(old), _text(new), how="failing")


def _given(side: Sequence[Statement], place: int, test: Test) -> str:
    """Return the call that a name was last set from, shortly before it is asked."""
    for one in reversed(side[max(0, place - _NEAR) : place]):
        if one.target == test.left and one.calls:
            return one.calls[0].name
    return ""


def _text(test: Test) -> str:
    if test.op == "truth":
        return f"!{test.left}" if test.negated else test.left
    return f"{test.left} {test.op} {test.right}"
