"""What changed inside a statement, in one word for each class of token."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.compare.alteration import _differences
from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

HEADS = {"c": "int f(struct s *u, char *p, int len)", "javascript": "function f(u, p, len)"}


def _said(old, new, language="c"):
    pair = Pair(*(Part(Place(("a",), "f"), f"code/{language}", digest, 1) for digest in "12"), "name")
    change = compare(pair, _side(old, language), _side(new, language))
    return sorted(
        " ".join([one.fact.value, *(trait for trait in one.fact.traits if not trait.startswith("tokens:"))])
        for one in change.gained
        if one.fact.kind == "altered"
    )


def _side(body, language):
    text = HEADS[language] + " {\n" + body.replace("; ", ";\n").replace("{ ", "{\n") + "\n}\n"
    opened = open_code(text.encode(), language)
    function = opened.code.functions[-1]
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("if (len > 64) return -1; go(u);", "if (len > 65) return -1; go(u);", ["condition.number new:65 old:64"]),
        (
            "if (len > 64) return -1; go(u);",
            "if (len >= 64) return -1; go(u);",
            ["condition.comparison how:stricter new:>= old:>"],
        ),
        ("if (u && p) go(u); end(u);", "if (u || p) go(u); end(u);", ["condition.logic new:|| old:&&"]),
        ("go(u, SIZE); end(u);", "go(u, LENGTH); end(u);", ["call.constant new:LENGTH old:SIZE"]),
        ("len = a + b; end(u);", "len = a - b; end(u);", ["assign.operator new:- old:+"]),
        ("go(u); end(u);", "go(u); log(u, p); end(u);", ["inserted.call"]),
        ("go(u); wipe(p); end(u);", "go(u); end(u);", ["deleted.call"]),
        ("go(u); end(u);", "go(u); end(u);", []),
        ("p = calloc(sizeof *u, 1); end(u);", "p = calloc(1, sizeof(*u)); end(u);", []),
        ("p = calloc(4, len); end(u);", "p = calloc(len, 4); end(u);", []),
        ("p = fill(u, 1, 2); end(u);", "p = fill(u, 2, 1); end(u);", ["assign.number new:2, old:, 2"]),
        ('LASTDATE = "2022-07-18"; end(u);', 'LASTDATE = "2024-12-10"; end(u);', []),
        (
            'p = "2022-07-18"; end(u);',
            'p = "2024-12-10"; end(u);',
            ['assign.literal new:"2024-12-10" old:"2022-07-18"'],
        ),
        ('VERSION = "4.1.0"; end(u);', 'VERSION = "4.1.3"; end(u);', []),
        ('VERSION = "1.2"; end(u);', 'VERSION = "1.0"; end(u);', ['assign.literal new:"1.0" old:"1.2"']),
        ('min_version = "1.0"; end(u);', 'min_version = "1.2"; end(u);', ['assign.literal new:"1.2" old:"1.0"']),
        (
            "if (len & BAD_TRUST) go(u); end(u);",
            "if (len & LIB_X5_BAD_TRUST) go(u); end(u);",
            ["condition.renamed new:LIB_X5_BAD_TRUST old:BAD_TRUST"],
        ),
        (
            "if (len & VERIFY_PEER) go(u); end(u);",
            "if (len & NO_VERIFY_PEER) go(u); end(u);",
            ["condition.constant new:NO_VERIFY_PEER old:VERIFY_PEER"],
        ),
    ],
)
def test_alterations(old, new, said):
    assert _said(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("len = 10000; end(u);", "len = 10_000; end(u);", []),
        ("len = 10000 + p; end(u);", "len = 10_000 - p; end(u);", ["assign.operator new:- old:+"]),
        ("len = 10000; end(u);", "len = 100_000; end(u);", ["assign.number new:100_000 old:10000"]),
        ('p = "1_0"; end(u);', 'p = "10"; end(u);', ['assign.literal new:"10" old:"1_0"']),
    ],
)
def test_digits_in_groups_are_the_same_number(old, new, said):
    assert _said(old, new, "javascript") == said


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("use(u, EVP_sha256());", "use(u, EVP_sha1());", []),
        ("use(u, EVP_sha1());", "use(u, EVP_sha256());", ["how:stronger"]),
        ("PKCS5_PBKDF2_HMAC(p, len, u, 8, 1000, u);", "PKCS5_PBKDF2_HMAC(p, len, u, 8, 600000, u);", ["how:stronger"]),
        ("PKCS5_PBKDF2_HMAC(p, len, u, 16, 1000, u);", "PKCS5_PBKDF2_HMAC(p, len, u, 8, 6000, u);", []),
        ("use(u, 1000);", "use(u, 2000);", []),
    ],
)
def test_what_can_only_protect_better(old, new, how):
    assert [word for said in _said(old, new) for word in said.split(" ") if word.startswith("how:")] == how


def test_what_changed_is_told_as_the_code_has_it():
    assert _said("go(u->a.b(p), 1); end(u);", "go(u->c.d(len), 1); end(u);") == ["call.name new:c.d(len old:a.b(p"]


def test_what_was_put_in_brackets_is_told_whole():
    assert _said("go(u, len); end(u);", "go(u, (len / 8)); end(u);") == ["call.number+operator new:(len / 8) old:len"]


_TOKENS = st.lists(st.sampled_from("abc"), max_size=8)


@given(_TOKENS, st.lists(st.sampled_from("axyz"), max_size=3), st.integers(0, 8), st.integers(0, 3))
def test_the_short_way_finds_what_the_matcher_finds(tokens, more, at, gone):
    old = [("name", token) for token in tokens]
    new = [*old[:at], *(("name", token) for token in more), *old[at + gone :]]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    assert old == new or _differences(old, new) == [tuple(span) for tag, *span in codes if tag != "equal"]
