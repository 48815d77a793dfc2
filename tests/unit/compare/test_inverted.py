"""Conditions that were turned round along with their branches."""

import pytest

from zoll.compare.alteration import alterations
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

C = "int f(struct s *u, int a, int b) {\n%s\n}\n"
JS = "function f(u, a, b) {\n%s\n}\n"
PY = "def f(u, a, b):\n%s\n"


def altered(old, new, language):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    found = alterations(View(aligned(*sides)))
    return [one.fact.value for one in found if one.fact.value.startswith("condition")]


CRC = "  if (a == b) {\n    return u->n;\n  } else {\n    note(u);\n    flush(u);\n    return -1;\n  }"
EARLY = "  if (a && u) {\n    open(u);\n    return go(u);\n  }\n  return 0;"
LATE = "  if (!a || !u) {\n    return 0;\n  }\n  open(u);\n  return go(u);"
PAIRS = [
    (C % CRC, C % "  if (a != b) {\n    note(u);\n    flush(u);\n    return -1;\n  }\n  return u->n;", "c"),
    (JS % EARLY, JS % LATE, "javascript"),
    (
        PY % "    if a == b:\n        keep(u)\n        return go(u)\n    raise Bad(u)",
        PY % "    if a != b:\n        raise Bad(u)\n    keep(u)\n    return go(u)",
        "python",
    ),
]


@pytest.mark.parametrize(("old", "new", "language"), PAIRS)
def test_nothing_is_decided_otherwise(old, new, language):
    assert altered(old, new, language) == []


def test_branches_that_stayed_are_now_the_other_way_round():
    assert altered(C % CRC, C % CRC.replace("a == b", "a != b"), "c") == ["condition.comparison"]
    assert altered(JS % EARLY, JS % EARLY.replace("a && u", "!a || !u"), "javascript") == ["condition.logic"]
    late = C % "  if (a != b) {\n    note(u);\n    flush(u);\n    return -1;\n  }\n  return u->m;"
    assert altered(C % CRC, late, "c") == ["condition.comparison"]


OLD = """def f(methods):
    for client in methods:
        if client and client.allowed(methods):
            client.mark(methods)
            return client
    return None
"""
NEW = """def f(methods):
    for client in methods:
        if not client or not client.allowed(methods):
            %s
        client.mark(methods)
        return client
    return None
"""


def test_the_opposite_that_leaves_at_once_is_no_alteration():
    assert altered(OLD, NEW % "continue", "python") == []


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("client and client", "not client or not client"),  # the same is done in the other case
        OLD.replace("client and client", "client or client"),
        NEW % "client.mark(methods)",  # it does not leave
    ],
)
def test_what_is_more_than_an_early_way_out(new):
    assert "condition.logic" in altered(OLD, new, "python")
