"""What protected in every case and does so in one, and a no that holds what the call before left, are told."""

import pytest

from zoll.compare.sometimes import remembered, sometimes
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

FORM = """int run(struct passwd *pw, int argc)
{
	%s
	%s
	found = look(pw);
	return found;
}
"""


def view_of(old, new):
    sides = []
    for given in (old, new):
        opened = open_code((FORM % given).encode(), "c")
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    return View(aligned(*sides), language="c")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("clean_environment(pw);", "if (argc < 3)\n\t\tclean_environment(pw);", [("clean_environment", "(argc < 3)")]),
        ("restore_uid();", "if (found)\n\t\trestore_uid();", [("restore_uid", "(found)")]),
        ("clean_environment(pw);", "if (pw != NULL)\n\t\tclean_environment(pw);", []),
        ("clean_environment(pw);", "if (clean_environment(pw) < 0)\n\t\treturn -1;", []),
        ("show(pw);", "if (argc < 3)\n\t\tshow(pw);", []),
    ],
)
def test_a_call_that_protects_under_a_new_condition(old, new, told):
    view = view_of(("int found = 0;", old), ("int found = 0;", new))
    assert [(weak.old, weak.new) for _, weak, _, _ in sometimes(view)] == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("int found = 0;", "static int found;", True),
        ("int found = 0;", "static int found = 0;", True),
        ("int found = 0;", "bool found = 0;", False),
        ("int n = 0;", "static int n;", False),
        ("static int found;", "int found = 0;", False),
    ],
)
def test_a_verdict_that_outlasts_its_call(old, new, told):
    view = view_of((old, "show(pw);"), (new, "show(pw);"))
    pairs = [pair for run in view.runs for pair in run.pairs]
    assert any(weak.how == "remembered" for one, two in pairs for weak in remembered(view, one, two)) == told
