"""Programs that are started through a shell."""

import pytest

from zoll.compare.shelled import shelled
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def told(*texts):
    files = [f"package a\nfunc f() {{\n\t{text}\n}}\n" for text in texts]
    opened = [open_code(file.encode(), "go") for file in files]
    sides = [one.statements(one.code.functions[-1]) for one in opened]
    view = View(aligned(*sides), *(file.split("\n") for file in files), language="go")
    return [weak.how for weak in shelled(view, view.sides[0][1], view.sides[1][1])]


OLD = 'cmd := exec.Command("git", "clone", "--", url)'


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('cmd := exec.Command("sh", "-c", "git clone "+url)', ["shelled"]),
        ('cmd := exec.Command("/bin/bash", "-lc", line)', ["shelled"]),
        ('cmd := exec.Command("sh", "-c", "git gc")', []),
        ('cmd := exec.Command("git", "clone", "--depth=1", "--", url)', []),
    ],
)
def test_a_shell_in_place_of_words(new, said):
    assert told(OLD, new) == said


def test_a_shell_that_was_there_in_another_statement():
    assert not told(f'{OLD}\n\tsh := find("sh")', 'cmd := exec.Command("sh", "-c", "git clone "+url)')
