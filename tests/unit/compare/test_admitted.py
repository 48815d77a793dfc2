"""Who is let in by a list in the statement itself."""

import pytest

from zoll.compare.admitted import admits
from zoll.parse.code import Statement
from zoll.parse.source import open_code


def said(old, new, kind="return", word=""):
    sides = (Statement(kind, text, 1, 1, word=word) for text in (old, new))
    return [(weak.old, weak.new) for weak in admits(*sides)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("matches!(role, Role::Admin)", "matches!(role, Role::Admin | Role::Member)", [("", "Role::Member")]),
        ("matches!(role, Role::Admin)", "matches!(role, _)", [("", "_")]),
        ("matches!(role, Role::Admin | Role::Owner)", "matches!(role, Role::Admin)", []),
        ("matches!(token_kind, A)", "matches!(kind, A | B)", []),
        ("matches!(shape, Shape::Round)", "matches!(shape, Shape::Round | Shape::Square)", []),
        ("return ['admin'].includes(user.role)", "return ['admin', 'guest'].includes(user.role)", [("", "'guest'")]),
        ("return ['red'].includes(colour)", "return ['red', 'blue'].includes(colour)", []),
        ('return List.of("a").contains(user.role())', 'return List.of("a", "b").contains(user.role())', [("", '"b"')]),
    ],
)
def test_one_more_is_let_in(old, new, expected):
    assert said(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("@PreAuthorize(\"hasRole('ADMIN')\")", '@PreAuthorize("isAuthenticated()")', [("ADMIN", "whoever")]),
        (
            "@PreAuthorize(\"hasRole('ADMIN')\")",
            "@PreAuthorize(\"hasAnyRole('ADMIN','USER')\")",
            [("ADMIN", "ADMIN, USER")],
        ),
        ("@PreAuthorize(\"hasAnyRole('ADMIN','USER')\")", "@PreAuthorize(\"hasRole('ADMIN')\")", []),
        ("@PreAuthorize(\"hasRole('ADMIN')\")", "@PreAuthorize(\"hasRole('OWNER')\")", []),
    ],
)
def test_a_mark_lets_more_in(old, new, expected):
    assert said(f"{old} void f()", f"{new} void f()", "declare", "function") == expected


def test_a_condition_may_lead_to_a_refusal():
    assert said("if (['a'].includes(user.role))", "if (['a', 'b'].includes(user.role))", "condition") == []


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("ruby", "def f?\n  user.admin?\nend\n", "def f?\n  user.admin? || record.author\nend\n", [("besides", "")]),
        ("ruby", "def f?\n  user.admin?\nend\n", "def f?\n  user.admin? || false\nend\n", []),
        ("ruby", "def f\n  colour.red\nend\n", "def f\n  colour.red || colour.blue\nend\n", []),
        (
            "python",
            "def f(s):\n    return Middleware(TokenCheck, keys=s.keys)\n",
            "def f(s):\n    return Middleware(TokenCheck, keys=s.keys, exempt=s.open)\n",
            [("sparing", "")],
        ),
        (
            "python",
            "def f(s):\n    return Middleware(TokenCheck, keys=s.keys)\n",
            "def f(s):\n    return Middleware(TokenCheck, keys=s.keys, leeway=3)\n",
            [],
        ),
        (
            "python",
            "def f(s):\n    return Middleware(Compress, least=3)\n",
            "def f(s):\n    return Middleware(Compress, least=3, exclude=s.images)\n",
            [],
        ),
    ],
)
def test_others_are_let_in_besides(language, old, new, expected):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(next(one for one in opened.statements(opened.code.functions[-1]) if one.kind == "return"))
    assert [(weak.how, weak.old) for weak in admits(*sides)] == expected
