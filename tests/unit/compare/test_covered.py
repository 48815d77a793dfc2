"""What a digest, signature or tag covers, and what is only said otherwise."""

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

C = "int check(struct m *m, uint8_t *b, size_t len)\n{\n\tif (len != m->len)\n\t\treturn -1;\n%s\treturn same(d);\n}\n"
PYTHON = "def check(self, body, stamp, header):\n%s    return compare_digest(tag, self.tag)\n"
GO = "package a\nfunc open(a A, h H, nonce, body, aad []byte) bool {\n%s\treturn a.done(h, aad)\n}\n"


def said(language, old, new):
    pair = Pair(*(Part(Place(("a",), "check"), f"code/{language}", digest, 1) for digest in "12"), "name")
    gained = compare(pair, side(language, old), side(language, new)).gained
    return [(one.fact.trait("old"), one.fact.trait("new")) for one in gained if one.fact.value == "coverage"]


def side(language, text):
    opened = open_code(text.encode(), language)
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("sha256(b, len, d);", "sha256(b, m->signed_len, d);", [("len", "m->signed_len")]),
        ("sha256(b, len, d);", "sha256(b, len / 2, d);", [("len", "len / 2")]),
        ("sha256(b, 32, d);", "sha256(b, len, d);", []),
        ("sha256(b, len, d);", "sha256(m->data, len, d);", []),
        ("hmac_update(c, b, len);\n\thmac_update(c, m->h, 4);", "hmac_update(c, b, len);", [("m->h", "")]),
        ("hmac_update(c, b, len);\n\thmac_update(c, m->h, 4);", "hmac_parts(c, b, len, m->h, 4);", []),
    ],
)
def test_lengths(old, new, expected):
    assert said("c", C % f"\t{old}\n", C % f"\t{new}\n") == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("stamp + b'.' + body", "stamp + b'.'", [("body", "")]),
        ("stamp + b'.' + body", "b'%s.%s' % (stamp, body)", []),
        ("stamp + b'.' + body", "stamp + b'.' + body + header", []),
        ("stamp + b'.' + body", "stamp + body", []),
    ],
)
def test_messages(old, new, expected):
    text = "    payload = {}\n    tag = hmac.new(self.key, payload, sha256).digest()\n"
    assert said("python", PYTHON % text.format(old), PYTHON % text.format(new)) == expected


def test_part_named_in_the_call():
    old = "    payload = stamp + body\n    tag = hmac.new(self.key, payload, sha256).digest()\n"
    new = "    payload = stamp\n    tag = hmac.new(self.key, payload + body, sha256).digest()\n"
    assert said("python", PYTHON % old, PYTHON % new) == []


def test_additional_data():
    old = "\tout, err := a.Open(nil, nonce, body, aad)\n\tuse(out, err)\n"
    assert said("go", GO % old, GO % old.replace("body, aad", "body, nil")) == [("aad", "nil")]
    assert said("go", GO % old, GO % old.replace("body, aad", "body, h.Bytes()")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "hashlib.sha256(body.encode())",
            "hashlib.sha256(body[:4].encode())",
            [("body.encode()", "body[:4].encode()")],
        ),
        ("hashlib.sha256(body.encode())", "hashlib.sha256(body[:72].encode())", []),
        ("hmac.new(k, stamp + header + body, h)", "hmac.new(k, stamp + body, h)", [("header", "")]),
        ("hmac.new(k, stamp + body, h)", "hmac.new(k, stamp + header + body, h)", []),
        ("hmac.new(k, stamp + now() + body, h)", "hmac.new(k, stamp + body, h)", []),
        ("join(stamp + header + body)", "join(stamp + body)", []),
    ],
)
def test_parts_of_what_is_hashed(old, new, expected):
    form = "    k = self.key\n    tag = {}.digest()\n"
    assert said("python", PYTHON % form.format(old), PYTHON % form.format(new)) == expected
