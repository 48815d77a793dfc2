"""Comparisons of a part."""

import pytest

from zoll.compare.slices import sliced
from zoll.parse.code import Call, Statement


def told(old, new):
    one, two = (
        Statement("condition", text, 1, 1, calls=(Call("bytes.Equal"),) if "Equal" in text else ())
        for text in (old, new)
    )
    return [weak.new for weak in sliced(one, two)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("if bytes.Equal(sum, want)", "if bytes.Equal(sum[:len(want)], want)", "sum[:len(want)]"),
        ("if sum == want", "if sum[:8] == want[:8]", "sum[:8]"),
        ("if (sum === want)", "if (sum.slice(0, 8) === want.slice(0, 8))", "sum.slice(0, 8)"),
        ("if bytes.Equal(of(k), of(own))", "if of(k)[:12] == of(own)[:12]", "of(k)[:12]"),
    ],
)
def test_a_part_is_compared(old, new, said):
    assert told(old, new) == [said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("if sum[:8] == want", "if sum[:4] == want"),  # told as a length elsewhere
        ("if hasPrefix(sum, want)", "if sum[:4] == want"),
        ("if n == 2", "if rest[:4] == want"),  # another question
        ("if bytes.Equal(sum[:], want)", "if bytes.Equal(sum[:], own)"),
    ],
)
def test_nothing_is_cut(old, new):
    assert told(old, new) == []
