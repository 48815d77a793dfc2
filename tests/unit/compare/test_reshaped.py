"""Conditions in another shape ask the same; what asks something else is told."""

import pytest

from zoll.compare.change import Side, compare
from zoll.model import Pair, Part, Place
from zoll.parse.source import open_code

C = "#define MOST 12\nint f(struct s *u, int n)\n{\n%s\treturn use(u, n);\n}\n"
APART = "\tif (bad(u))\n\t\treturn -1;\n\tif (n > u->most)\n\t\treturn -1;\n"
JOINED = "\tif (bad(u) || n > u->most)\n\t\treturn -1;\n"
LEAST = "\tif (n < %d)\n\t\tn = %d;\n"


def said(old, new):
    pair = Pair(*(Part(Place(("a",), "f"), "code/c", digest, 1) for digest in "12"), "name")
    gained = compare(pair, side(C % old), side(C % new)).gained
    return [one.fact.value for one in gained if one.fact.kind in {"weaker", "altered", "dropped"}]


def side(text):
    opened = open_code(text.encode(), "c")
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    return Side(opened.statements(function), (), text.split("\n"), (function.line, function.end))


@pytest.mark.parametrize(("old", "new"), [(APART, JOINED), (JOINED, APART)])
def test_joined_and_parted(old, new):
    assert said(old, new) == []


def test_joined_by_and():
    assert "condition.logic+name" in " ".join(said(APART, JOINED.replace("||", "&&")))


def test_one_of_two_is_gone():
    assert said(APART, JOINED.replace("bad(u) || ", "")) != []


def test_other_answer():
    assert said(APART.replace("u->most)\n\t\treturn -1", "u->most)\n\t\treturn 0"), JOINED) != []


def test_number_that_got_a_name():
    assert said("\tif (draw(u, 12))\n\t\treturn -1;\n", "\tif (draw(u, MOST))\n\t\treturn -1;\n") == []
    assert said("\tif (draw(u, 16))\n\t\treturn -1;\n", "\tif (draw(u, MOST))\n\t\treturn -1;\n") != []


def test_higher_least():
    assert "bound" not in said(LEAST % (2048, 2048), LEAST % (3072, 3072))
