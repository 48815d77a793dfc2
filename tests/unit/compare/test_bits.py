"""Masks that look at less are told where that lets more pass, and not where it lets less."""

import pytest

from zoll.compare.bits import fewer_bits
from zoll.parse.code import Statement


@pytest.mark.parametrize(
    ("old", "new", "rejecting", "told"),
    [
        (
            "return (p[0] & 0xf0) == 0x10",
            "return (p[0] & 0x10) == 0x10",
            False,
            ("p[0] & 0xf0 == 0x10", "p[0] & 0x10 == 0x10"),
        ),
        ("return a&0x10 == 16", "return a&0xf0 == 16", False, None),
        ("if flags & 0o077:", "if flags & 0o007:", True, ("flags & 0o077", "flags & 0o007")),
        ("if st.st_mode & 0o077:", "if st.st_mode & 0o007:", True, None),  # told as what is tested of a file's rights
        ("if ((m & (A | B)) != 0)", "if ((m & A) != 0)", True, ("m & (A | B)) != 0", "m & A != 0")),
        ("if ((m & (A | B)) != 0)", "if ((m & C) != 0)", True, None),
        ("if ((m & (A | B)) != 0)", "if ((m & A) != 0)", False, None),
        ("if ((m & 0xf0) == 0x10)", "if ((m & 0x30) == 0x10)", True, None),
        ("if (!(m & 0x3))", "if (!(m & 0x1))", True, None),
        ("if ((m & 0xf0) != 0x10)", "if ((m & 0x30) != 0x10)", True, ("m & 0xf0 != 0x10", "m & 0x30 != 0x10")),
        ("if (a && b)", "if (a && c)", True, None),
        ("f(&a, 0xf0)", "f(&a, 0x10)", True, None),
        ("x &= 0xf0", "x &= 0x10", True, None),
        ("y = (a >> 4) & 0xff", "y = (a >> 4) & 0x0f", False, None),
    ],
)
def test_fewer_bits(old, new, rejecting, told):
    found = [*fewer_bits(*(Statement("condition", text, 1, 1) for text in (old, new)), rejecting=rejecting)]
    assert [(weak.old, weak.new) for weak in found] == ([told] if told else [])
