"""A flag that was set in every case and now is not in one is told from flags that mean nothing, and from more cases."""

import pytest

from zoll.compare.excepted import excepted
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

SHELLS = {
    "c": "int f(struct s *c) {{\n    start(c);\n    {}\n    return go(c);\n}}\n",
    "javascript": "function f(c) {{\n  start(c);\n  {}\n  return go(c);\n}}\n",
    "python": "def f(c):\n    start(c)\n    {}\n    return go(c)\n",
}


def told(language, old, new):
    sides = []
    for line in (old, new):
        opened = open_code(SHELLS[language].format(line).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [(weak.old, weak.new) for _, weak, _, _ in excepted(View(aligned(*sides)))]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", "c->mismatch = 1;", "c->mismatch = c->known ? 0 : 1;"),
        ("c", "c->mismatch = 1;", "if (c->known) { c->mismatch = 0; } else { c->mismatch = 1; }"),
        ("javascript", "c.mustVerify = true;", "c.mustVerify = c.local ? false : true;"),
        ("javascript", "c.authenticated = false;", "c.authenticated = c.id === 7 ? true : false;"),
        ("python", "c.require_auth = True", "c.require_auth = False if c.local else True"),
    ],
)
def test_one_case_let_out(language, old, new):
    assert len(told(language, old, new)) == 1


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", "c->mismatch = 0;", "c->mismatch = c->known ? 0 : 1;"),
        ("c", "c->colour = 1;", "c->colour = c->known ? 0 : 1;"),
        ("c", "c->mismatch = 1;", "if (c->known) { c->mismatch = 1; } else { c->mismatch = 1; }"),
        ("javascript", "c.authenticated = true;", "c.authenticated = c.id === 7 ? true : false;"),
        ("python", "c.require_auth = True", "c.require_auth = c.settings.require_auth"),
    ],
)
def test_stricter_or_other_things_are_none(language, old, new):
    assert told(language, old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "if (!same(c)) return KEY_REJECT;",
            "if (!same(c)) return c->batch ? KEY_ACCEPT : KEY_REJECT;",
            [("KEY_REJECT", "c->batch: KEY_ACCEPT")],
        ),
        ("int rc = AUTH_ERROR;", "int rc = c->name ? AUTH_OK : AUTH_ERROR;", [("AUTH_ERROR", "c->name: AUTH_OK")]),
        ("if (!same(c)) return KEY_REJECT;", "if (!same(c)) return c->batch ? KEY_INVALID : KEY_REJECT;", []),
    ],
)
def test_a_failure_that_is_a_success_in_one_case(old, new, expected):
    assert told("c", old, new) == expected
