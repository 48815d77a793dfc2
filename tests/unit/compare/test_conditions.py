"""Lengths and constant-time comparisons; the rest is held in test_weakening by whole functions."""

import pytest

from zoll.compare.conditions import named_equal, shorter


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("32", "4", True),
        ("4", "32", False),
        ("", "4", True),
        ("sizeof(a)", "4", True),
        ("n", "n - 1", True),
        ("n", "n", False),
    ],
)
def test_shorter(old, new, expected):
    assert shorter(old, new) is expected


def test_constant_time():
    assert named_equal("hmac.compare_digest")
    assert not named_equal("strcmp")
    assert not named_equal("")
