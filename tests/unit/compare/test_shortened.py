"""What must not be guessed and is made of less is told; whole masks, other values and asked errors are not."""

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

C = "int send(struct s *s, int n)\n{\n\tint i;\n%s\tuse(s);\n\treturn 0;\n}\n"
CPP = "void fill(uint8_t out[16])\n{\n%s\tfor (int i = 0; i < 16; i++)\n\t\tout[i] = dist(rd);\n}\n"


def said(language, old, new):
    pair = Pair(*(Part(Place(("a",), "send"), f"code/{language}", digest, 1) for digest in "12"), "name")
    gained = compare(pair, side(language, old), side(language, new)).gained
    found = (one.fact for one in gained if (one.fact.kind, one.fact.value) == ("weaker", "randomness"))
    return [fact.trait("how") for fact in found]


def side(language, text):
    opened = open_code(text.encode(), language)
    function = opened.code.functions[-1]
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("\ts->port = pick_random(n);\n", "\ts->port = pick_random(n) & 0x0f;\n", ["shortened"]),
        ("\ts->port = pick_random(n);\n", "\ts->port = pick_random(n) & 0xffff;\n", []),
        ("\ts->slot = pick_random(n);\n", "\ts->slot = pick_random(n) & 0x0f;\n", []),
        ("\ts->iv[i] ^= s->seq >> 8;\n", "\ts->iv[i] ^= (s->seq & 0xffff) >> 8;\n", ["shortened"]),
        ("\ts->iv[i] ^= s->seq >> 8;\n", "\ts->iv[i] ^= (s->seq >> 8) & 0xff;\n", []),
        ("\ts->xid = random16();\n", "\ts->xid = ++last_id;\n", ["counted"]),
        ("\ts->xid = random16();\n", "\ts->xid = random_id();\n", []),
        (
            "\tfor (i = 0; i < 8; i++)\n\t\ts->nonce[i] ^= s->seq >> i;\n",
            "\ts->nonce[7] ^= s->seq;\n",
            ["shortened"],
        ),
        ("\tget_random(s->key, n);\n", "\tif (n == 1)\n\t\tget_random(s->key, n);\n", ["seldom"]),
        ("\tget_random(s->key, n);\n", "\tif (s->error)\n\t\tget_random(s->key, n);\n", []),
        ("\tget_random(s->key, n);\n", "\tif (n)\n\t\tget_random(s->key, n);\n\telse\n\t\tdraw(s->key);\n", []),
    ],
)
def test_c(old, new, expected):
    assert said("c", C % old, C % new) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("\tstd::mt19937 rd(started);\n", ["seeded"]),
        ("\tstd::random_device source;\n\tstd::mt19937 rd(source());\n", []),
        ("\tHardware rd;\n", []),
    ],
)
def test_cpp(new, expected):
    assert said("cpp", CPP % "\tstd::random_device rd;\n", CPP % new) == expected
