"""Lengths that only look shorter, and those that are."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code


def lengths(old, new):
    sides = []
    for text in (old, new):
        opened = open_code(f"int f(char *p, struct s *u)\n{{\n{text}\nreturn 0;\n}}\n".encode(), "c")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [one.fact.trait("new") for one in weakenings(View(aligned(*sides))) if one.fact.value == "length"]


STAR = "n = strlen(u->word);\nif (u->word[n - 1] == '*')\n%sif (!strncasecmp(u->word, p, %s))\nreturn 1;"


@pytest.mark.parametrize("less", ["n--;\n", "--n;\n", "n -= 1;\n", "n = n - 1;\n"])
def test_what_was_taken_off_before_is_taken_off_in_place(less):
    assert lengths(STAR % (less, "n"), STAR % ("", "n - 1")) == []


@pytest.mark.parametrize(("old", "new"), [("m--;\n", ""), ("use(n);\n", ""), ("n--;\n", "n--;\n")])
def test_what_was_not_taken_off_before(old, new):
    assert lengths(STAR % (old, "n"), STAR % (new, "n - 1")) == ["n - 1"]


MAC = "%smake(u, mac);\nif (memcmp(mac, p, %s) != 0)\nreturn -1;"


@pytest.mark.parametrize("value", ["MAC_LEN", "sizeof(mac)", "16"])
def test_a_local_that_holds_something_fixed(value):
    assert lengths(MAC % ("", "MD5_LEN"), MAC % (f"int n = {value};\n", "n")) == []


@pytest.mark.parametrize("given", ["int n = 4;\n", "int n = u->n;\n", "int n = MAC_LEN;\nn = u->n;\n", "int n;\n"])
def test_a_local_that_holds_less_or_anything(given):
    assert lengths(MAC % ("", "MD5_LEN"), MAC % (given, "n")) == ["n"]


HELD = "if (memcmp(u->word, p, %s) != 0%s)\nreturn 1;"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("if (len(u) == have)\nreturn 1;", "if (len(u) == have/entry_size)\nreturn 1;", []),
        ("if (len(u) == have)\nreturn 1;", "if (len(u) == have/2)\nreturn 1;", ["have/2"]),
        ("if (strcmp(u->word, p) != 0)\nreturn 1;", HELD % ("n", " || u->word[n] != 0"), []),
        ("if (strcmp(u->word, p) != 0)\nreturn 1;", HELD % ("n", " || 0 != u->word[n]"), []),
        ("if (strcmp(u->word, p) != 0)\nreturn 1;", HELD % ("n", " || u->word[m] != 0"), ["n"]),
        ("if (strcmp(u->word, p) != 0)\nreturn 1;", HELD % ("n", ""), ["n"]),
    ],
)
def test_what_is_counted_in_pieces_or_has_to_end_there(old, new, told):
    assert lengths(old, new) == told
