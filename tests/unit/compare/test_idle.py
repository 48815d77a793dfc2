"""What was done about something wrong and is only logged now is told; another deed, or none before, is not."""

import pytest

from zoll.compare.idle import idle
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

SHELL = "void f(struct wd *w)\n{{\n\tif (!alive(w)) {{\n{}\n\t}}\n\tkeep(w);\n}}\n"
LOG, RESET = '\t\tlog_crit("task hung");', "\t\tboard_reset(w);"


def found(old, new):
    sides, texts = [], [SHELL.format(text) for text in (old, new)]
    for text in texts:
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
    return [lost.call for lost in idle(View(aligned(*sides), *(text.splitlines() for text in texts), language="c"))]


def test_nothing_is_done_any_more():
    assert found(f"{LOG}\n{RESET}", LOG) == ["board_reset"]
    assert found(RESET, LOG) == ["board_reset"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{LOG}\n{RESET}", f"{LOG}\n\t\tboard_halt(w);"),
        (f"{LOG}\n{RESET}", RESET),
        (f"{LOG}\n\t\tcount(w);", LOG),
        (LOG, f"{LOG}\n{RESET}"),
    ],
)
def test_something_is_done_or_never_was(old, new):
    assert found(old, new) == []
