"""Text differs line by line, long lines piece by piece."""

from zoll.compare.lines import TextRun, pieces, text_runs


def runs(old, new):
    return text_runs(pieces(old), pieces(new))


def test_one_line():
    assert runs(["a", "b", "c"], ["a", "x", "c"]) == [TextRun((1, 2), (1, 2))]


def test_white_space_at_the_end_does_not_count():
    assert runs(["a  ", "b"], ["a", "b"]) == []


def test_pieces_put_together_are_the_line():
    line = "".join(f"f{n}(a,b);" for n in range(200)) + "x" * 900
    assert "".join(piece.text for piece in pieces([line])) == line


def test_a_blank_line_does_not_part():
    assert len(runs(["a", "", "b", "k"], ["x", "", "y", "k"])) == 1


def test_long_runs_are_cut():
    assert len(runs([], [f"line {n}" for n in range(100)])) == 3
