"""Cases that lead to a guard."""

import pytest

from zoll.compare.handed_over import asks_a_guard, fewer_guarded
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

PYTHON = """def permissions(self):
    if self.action in %s:
        return [IsAdminUser()]
    return []
"""


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ('("create", "destroy")', '("create",)', ["destroy"]),
        ('("create",)', '("create", "destroy")', []),
        ('("create",)', '("destroy",)', []),
    ],
)
def test_fewer_cases(old, new, gone):
    sides = []
    for text in (PYTHON % old, PYTHON % new):
        opened = open_code(text.encode(), "python")
        sides.append(opened.statements(opened.code.functions[-1]))
    view = View(aligned(*sides), language="python")
    assert [weak.old for run in view.runs for pair in run.pairs for weak in fewer_guarded(view, *pair)] == gone
    at = next(index for index, one in enumerate(sides[0]) if one.kind == "condition")
    assert asks_a_guard(sides[0], at)
