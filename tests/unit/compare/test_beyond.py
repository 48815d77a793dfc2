"""A refusal of who was not found in a loop, that no longer refuses anybody, is told."""

import pytest

from zoll.compare.beyond import beyond
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

FORM = """int match(gid_t *groups, int n, gid_t wanted)
{
	for (i = 0; i < %s; i++) {
		if (groups[i] == wanted)
			break;
	}
	if (%s)
		return 0;
	return 1;
}
"""


@pytest.mark.parametrize(
    ("bound", "old", "new", "how"),
    [
        ("n", "i == n", "i > n", ["beyond"]),
        ("n", "i >= n", "i > n", ["beyond"]),
        ("n", "i == n", "i >= n", []),
        ("most", "i == n", "i > n", []),
        ("n", "i == n", "j > n", []),
    ],
)
def test_what_a_loop_never_reaches(bound, old, new, how):
    sides = []
    for asked in (old, new):
        opened = open_code((FORM % (bound, asked)).encode(), "c")
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    view = View(aligned(*sides), language="c")
    pairs = [pair for run in view.runs for pair in run.pairs]
    assert [weak.how for one, two in pairs for weak in beyond(view, one, two)] == how
