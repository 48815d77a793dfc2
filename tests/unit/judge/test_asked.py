"""What a condition asks now, and what it asked before."""

import pytest

from zoll.judge.clauses.asked import asked
from zoll.model import Fact


@pytest.mark.parametrize(
    ("value", "traits", "words", "said"),
    [
        (
            "joint",
            ("new:c->spare",),
            "if (c->ok) -> if (c->ok || c->spare)",
            "asks `c->spare` as well where it asked `c->ok`",
        ),
        (
            "joint",
            ("new:b",),
            "} else if (f(a) && (c)) { -> else if (f(a) && (c) || b) {",
            "asks `b` as well where it asked `f(a) && (c)`",
        ),
        ("joint", ("old:&&", "new:||"), "if a and b: -> if a or b:", "asks `a or b` where it asked `a and b`"),
        ("atom", ("old:b",), "if (a && b) -> if (a)", "no longer asks `b` where it now asks `a`"),
    ],
)
def test_both_sides_are_told(value, traits, words, said):
    assert asked(Fact("weaker", value, traits), words).said(lost=False, fresh=True) == said


def test_what_leads_somewhere_is_told_by_that():
    assert asked(Fact("weaker", "joint", ("effect:failure", "new:b")), "if (a) -> if (a && b)") is None
    assert asked(Fact("weaker", "length", ("new:b",)), "x -> y") is None
    assert asked(Fact("weaker", "joint", ("new:b",)), "only one side") is None
