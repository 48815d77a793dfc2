"""A reading goes to the hunk of its line, else the nearest; on one long line to the hunk that says it."""

from zoll.compare.places import Locator
from zoll.model import Fact, Place, Reading


def at(line, value="x"):
    return Reading(Fact("call", value), Place(("a",)).at(line) if line else Place(("a",)))


def test_inside_then_nearest():
    locator = Locator([(1, 3), (10, 12)], [False, False], ["", ""])
    assert [locator.find(at(line)) for line in (2, 4, 9, 50, 0)] == [0, 0, 1, 1, -1]


def test_lines_win_over_an_empty_side():
    assert Locator([(5, 5), (5, 6)], [True, False], ["", ""]).find(at(5)) == 1


def test_one_long_line_goes_by_words():
    texts = [f"call_{n}(a)" for n in range(50)]
    assert Locator([(1, 1)] * 50, [False] * 50, texts).find(at(1, "call_31")) == 31


def test_no_hunks():
    assert Locator([], [], []).find(at(3)) == -1
