"""Traits as facts hold them."""

from zoll.compare.marks import marks


def test_they_are_in_order_on_one_line_and_clipped():
    assert marks({"old": "a\n   b", "about": "", "call": "verify"}, 4) == ("call:veri", "old:a b")
