"""Programs that are started through a shell."""

import pytest

from zoll.compare.shelled import shelled
from zoll.parse.source import open_code


def statement(text):
    opened = open_code(f"package a\nfunc f() {{\n\t{text}\n}}\n".encode(), "go")
    return opened.statements(opened.code.functions[-1])[1]


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
    assert [weak.how for weak in shelled(statement(OLD), statement(new))] == said
