"""How long a secret or a check value is, by the name of a number: `SESSION_KEY_LEN`, `tokenBytes`, `tag_length`."""

from collections.abc import Sequence

from zoll.compare.strength import words_of

_SECRET = frozenset(
    {
        "key",
        "token",
        "secret",
        "salt",
        "nonce",
        "iv",
        "tag",
        "mac",
        "hmac",
        "digest",
        "otp",
        "pin",
        "password",
        "passwd",
    }
    | {"passphrase", "challenge", "csrf", "cookie", "ticket", "icv", "verifier", "passcode", "seed", "signature"}
)
_LENGTH = frozenset({"len", "length", "size", "bytes", "bits", "nbytes", "octets", "digits", "sz", "chars"})
# Of tables and buffers, and of how much there may be at most or is shown.
_NO_SECRET = frozenset(
    {"max", "maximum", "buf", "buffer", "block", "table", "file", "name", "names", "num", "count", "list", "prefix"}
    | {"header", "hdr", "offset", "map", "cache", "queue", "display", "column", "label", "field", "batch", "page"}
    | {"public", "pub", "context", "ctx", "struct", "window", "limit", "html", "xml", "string", "str", "line", "value"}
    | {"pool", "chunk", "index", "db", "sort", "primary", "foreign", "preview", "alignment", "padding", "type", "hash"}
)
_LONGEST = 16384


def of_secret(names: Sequence[str], one: int, two: int) -> bool:
    """Tell whether the nearest name says how long a secret or a check value is, and the numbers can be that.

    >>> of_secret(["SESSION_KEY_LEN"], 32, 16), of_secret(["MAX_KEY_LEN"], 32, 16), of_secret(["key"], 32, 16)
    (True, False, False)
    """
    own = frozenset(words_of(names[0])) if names else frozenset[str]()
    named = bool(own & _LENGTH) and (bool(own & _SECRET) or {"session", "id"} <= own) and not own & _NO_SECRET
    return named and 0 < two < one <= _LONGEST
