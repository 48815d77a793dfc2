"""Lines made to fit."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zoll.reports.crop import fit, focus, fold


def test_a_line_that_fits_is_left_alone():
    assert fit("x = 1", 5) == "x = 1"


def test_a_long_line_says_how_much_is_hidden():
    assert fit("a" * 500, 20) == "aaaaaaaaa…⟨491 more⟩"


def test_words_in_the_middle_of_a_long_line_stay_in_sight():
    line = "a" * 400 + "run(x)" + "b" * 40
    assert "run(x)" in fit(line, 30, focus(line, ["", "run(x)"]))


def test_code_far_to_the_right_comes_near():
    assert fold("a;" + " " * 200 + "b;") == "a; ⟨200 blanks⟩ b;"
    assert fold(" " * 200 + "b;") == " " * 200 + "b;"


def test_focus_without_words_is_the_start():
    assert focus("abc", ["", "zz"]) == 0


@given(line=st.text(max_size=300), width=st.integers(20, 120), start=st.integers(0, 300))
def test_a_line_made_to_fit_fits(line, width, start):
    assert cell_len(fit(line, width, min(start, len(line)))) <= width
