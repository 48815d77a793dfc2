"""Verdicts that start as what nobody checked."""

import pytest

from zoll.compare.presumed import presumed
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

C = """int f(struct conn *c)
{
	int %s;
	while (!authenticated && next(c))
		authenticated = check(c);
	return authenticated ? serve(c) : -1;
}
"""


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("authenticated = c->flags & LOCAL", ["presumed"]),
        ("authenticated = check(c)", []),
        ("authenticated = NONE", []),
        ("authenticated = 0, tries", []),
    ],
)
def test_a_verdict_starts(new, expected):
    sides = []
    for text in (C % "authenticated = 0", C % new):
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
    view = View(aligned(*sides), language="c")
    assert [weak.how for run in view.runs for pair in run.pairs for weak in presumed(view, *pair)] == expected
