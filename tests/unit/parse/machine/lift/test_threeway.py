"""What is neither below nor equal is above."""

import pytest

from zoll.parse.machine.lift.threeway import Line, three_ways


def written(*lines):
    return [one.text for one in three_ways([Line(text, 0) for text in lines])]


def test_unequal_behind_below_is_above():
    said = written("if (a->f4 < b) {", "    return 1;", "}", "if (a->f4 != b) {", "    return -1;", "}")
    assert said[3] == "if (a->f4 > b) {"
    assert written("if (a > b) {", "    return 1;", "}", "if (a != b) {")[3] == "if (a < b) {"


@pytest.mark.parametrize(
    "lines",
    [
        ("if (a < b) {", "    c = 1;", "}", "if (a != b) {"),  # does not leave
        ("if (a < b) {", "    return 1;", "}", "if (a != c) {"),
        ("if (a < b) {", "    return 1;", "}", "    if (a != b) {"),
        ("if (a == b) {", "    return 1;", "}", "if (a != b) {"),
        ("if (f() < b) {", "    return 1;", "}", "if (f() != b) {"),  # asked anew
    ],
)
def test_whatever_else_stays(lines):
    assert written(*lines) == list(lines)
