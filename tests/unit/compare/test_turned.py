"""Conditions that a compiler turned round, against checks that somebody inverted."""

import pytest

from zoll.compare.alteration import alterations
from zoll.compare.statements import aligned
from zoll.compare.turned import turned_round
from zoll.compare.view import View
from zoll.parse.source import open_code


def view_of(before, after):
    sides = []
    for text in (before, after):
        opened = open_code(f"int f(void) {{\n{text}\n}}\n".encode(), "c")
        (function,) = [one for one in opened.code.functions if one.name]
        sides.append(opened.statements(function))
    return View(aligned(*sides), compiled=True)


def conditions(view):
    return [next(i for i, one in enumerate(side) if one.kind == "condition") for side in view.sides]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'if (!check(arg1)) { puts("no"); } else { puts("yes"); }',
            'if (check(arg1)) { puts("yes"); } else { puts("no"); }',
        ),
        ("if (arg1 > 8) { a(1); } else { b(2); }", "if (arg1 < 9) { b(2); } else { a(1); }"),
        ("if (arg1 != 5) { a(1); return 3; }", "if (arg1 == 5) { b(2); return 4; }"),
        ("if (v) { a(1); }", "if (!v) { b(1); }"),
        ("if (arg1 == 5) { v = 0; a(1); } else { b(2); }", "if (arg1 != 5) { v = 0; b(2); } else { a(1); }"),
    ],
)
def test_sides_that_changed_places_are_no_alteration_of_the_condition(before, after):
    view = view_of(before, after)
    assert turned_round(view, *conditions(view))
    assert not [one for one in alterations(view) if one.fact.value.startswith("condition")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if (!check(arg1)) { return -1; }", "if (check(arg1)) { return -1; }"),
        ("if (arg1 != 5) { deny(); }", "if (arg1 == 5) { deny(); }"),
        ("if (v) { deny(); }", "if (!v) { deny(); }"),
        ("if (arg1 != 5) { v = 0; deny(); } else { pass(); }", "if (arg1 == 5) { v = 0; deny(); } else { pass(); }"),
        ("if (arg1 > 8) { deny(); }", "if (arg1 < 9) { deny(); }"),
        ("if (arg1 > 8) { a(1); } else { b(2); }", "if (arg1 < 8) { b(2); } else { a(1); }"),
        ("if (same(arg1)) { a(1); }", "if (!other(arg1)) { b(1); }"),
    ],
)
def test_a_check_that_was_inverted_or_asks_something_else_is_one(before, after):
    view = view_of(before, after)
    assert not turned_round(view, *conditions(view))
