"""Which role is asked for."""

import pytest

from zoll.compare.required import is_given, lower_role
from zoll.parse.code import Statement
from zoll.parse.source import open_code


def told(language, text, old, new):
    sides = []
    for word in (old, new):
        opened = open_code((text % word).encode(), language)
        sides.append([one for one in opened.statements(opened.code.functions[-1]) if one.word != "function"])
    return [(weak.old, weak.new) for one, two in zip(*sides, strict=True) for weak in lower_role(one, two)]


@pytest.mark.parametrize(
    ("language", "text", "old", "new", "lower"),
    [
        ("javascript", "function f() { router.post('/a', requireRole(%s), go); }", "'admin'", "'viewer'", True),
        ("c", "int f(void) { if (cli->priv < %s) return -1; return run(cli); }", "PRIV_ADMIN", "PRIV_USER", True),
        ("python", "def f(user):\n    return user.role == %s\n", "'admin'", "'operator'", True),
        ("javascript", "function f() { router.post('/a', requireRole(%s), go); }", "'viewer'", "'admin'", False),
        ("python", "def f(user):\n    user.role = %s\n", "'admin'", "'viewer'", False),
        ("python", "def f(user):\n    user.add_role(%s)\n", "'admin'", "'viewer'", False),
        ("python", "def f(user):\n    return user.name == %s\n", "'admin'", "'viewer'", False),
    ],
)
def test_a_lower_role_is_asked_for(language, text, old, new, lower):
    assert told(language, text, old, new) == ([(old, new)] if lower else [])


def test_a_role_is_given_or_asked_for():
    assert is_given('"admin"', ["role", "user"], 'user.role = "admin"')
    assert not is_given('"ADMIN"', ["hasRole"], 'hasRole("ADMIN")')
    assert not is_given("owner", ["id"], "return owner")


def test_constants_of_one_family_are_roles():
    old, new = (Statement("declare", f'{{ "/ping", ping, {role} }}', 1, 1) for role in ("ACC_ADMIN", "ACC_ANON"))
    assert [weak.how for weak in lower_role(old, new)] == ["role"]
    assert not list(lower_role(new, old))
