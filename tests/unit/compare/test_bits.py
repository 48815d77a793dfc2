"""Masks that look at less are told where that lets more pass, and not where it lets less."""

import pytest

from zoll.compare.bits import other_bits
from zoll.parse.code import Statement
from zoll.parse.source import open_code


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
    found = [
        *other_bits(*(Statement("condition", text, 1, 1) for text in (old, new)), rejecting=rejecting, granting=False)
    ]
    assert [(weak.old, weak.new) for weak in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("old", "new", "rejecting", "granting", "told"),
    [
        ("if (!(c->flags & PRE))", "if (!(c->flags & (PRE | ARGS)))", True, False, True),
        ("if (s->flags & AUTH)", "if (s->flags & (AUTH | EHLO))", False, True, True),
        ("if (s->flags & BAD)", "if (s->flags & (BAD | WORSE))", True, False, False),
        ("if (n > MOST)", "if ((int8_t)n > MOST)", True, False, True),
        ("if (isdigit(*p) && n > MOST)", "if (isdigit((unsigned char)*p) && n > MOST)", True, False, False),
        ("if (code(k, c) == code)", "if (code(k, c) % 1000 == code % 1000)", False, True, True),
        ("if (t->flags & INVALID)", "if (t->flags == INVALID)", True, False, True),
        ("if (t->flags & VALID)", "if (t->flags == VALID)", False, True, False),
    ],
)
def test_what_is_cut_before_it_is_compared_and_any_of_more_bits(old, new, rejecting, granting, told):
    sides = []
    for text in (old, new):
        opened = open_code(f"int f(void) {{ {text} return 0; return 1; }}".encode(), "c")
        function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
        sides.append(next(one for one in opened.statements(function) if one.kind == "condition"))
    assert bool(list(other_bits(*sides, rejecting=rejecting, granting=granting))) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("size_t n = count(p);", "uint8_t n = count(p);", True),
        ("uint8_t n = count(p);", "size_t n = count(p);", False),
        ("uint8_t n = count(p);", "uint8_t n = tally(p);", False),
    ],
)
def test_a_local_of_fewer_bits(old, new, told):
    sides = []
    for text in (old, new):
        opened = open_code(f"int f(void) {{ {text} return n; }}".encode(), "c")
        function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
        sides.append(opened.statements(function)[1])
    assert bool(list(other_bits(*sides, rejecting=False, granting=False))) == told
