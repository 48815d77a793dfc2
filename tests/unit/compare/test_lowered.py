"""Conditions that a compiler asks in its own way, against checks that somebody weakened."""

import pytest

from zoll.compare.lowered import lowered
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code

LADDER = "if (arg1 == 4) { a(); } if (arg1 == 9) { b(); } if (arg1 == 12) { d(); }"


def view_of(before, after, *, compiled=True):
    sides = []
    for text in (before, after):
        opened = open_code(f"int f(int arg1) {{\n{text}\n}}\n".encode(), "c")
        (function,) = [one for one in opened.code.functions if one.name]
        sides.append(opened.statements(function))
    return View(aligned(*sides), compiled=compiled)


def first(view):
    return [next(i for i, one in enumerate(side) if one.kind == "condition") for side in view.sides]


ITS_OWN = [
    (f"if (arg1 == 15) {{ e(1); }} {LADDER}", f"if (arg1 > 8) {{ e(1); }} {LADDER}"),
    (f"if (arg1 == 129) {{ e(1); }} {LADDER}", f"if (arg1 != 128) {{ e(1); }} {LADDER}"),
    ("if (v > 0) { e(1); }", "if (v >= 0) { e(1); }"),
    ("if (g[arg1] == v) { e(1); }", "if ((v >> 32) == g[arg1]) { e(1); }"),
    ("if (v == 7) { e(1); }", "if (v >> 32 == 7) { e(1); }"),
]
WEAKENED = [
    ("if (arg1 == 15) { e(1); }", "if (arg1 > 8) { e(1); }"),
    (f"if (arg1 > 15) {{ e(1); }} {LADDER}", f"if (arg1 > 17) {{ e(1); }} {LADDER}"),
    ("if (check(arg1) > 0) { e(1); }", "if (check(arg1) >= 0) { e(1); }"),
    ("if (arg1 > 0) { e(1); }", "if (arg1 >= 0) { e(1); }"),
    ("if (v == w) { e(1); }", "if (v >> 32 == w >> 32) { e(1); }"),
    ("if (arg1->n == v) { e(1); }", "if (arg1->n == v >> 3) { e(1); }"),
]


@pytest.mark.parametrize(("before", "after"), ITS_OWN)
def test_what_a_compiler_asks_in_its_own_way(before, after):
    view = view_of(before, after)
    assert lowered(view, *first(view))
    assert not [one for one in weakenings(view) if one.fact.kind == "weaker"]


@pytest.mark.parametrize(("before", "after"), WEAKENED)
def test_a_weaker_check_is_none_of_it(before, after):
    view = view_of(before, after)
    assert not lowered(view, *first(view))


def test_source_is_taken_at_its_word():
    assert [one for one in weakenings(view_of(*ITS_OWN[0], compiled=False)) if one.fact.kind == "weaker"]
