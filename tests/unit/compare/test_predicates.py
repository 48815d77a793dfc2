"""What a sequence is asked for in a function written on the spot."""

import pytest

from zoll.compare.predicates import predicates
from zoll.parse.code import Statement


def told(old, new):
    one, two = (Statement("return", text, 1, 1) for text in (old, new))
    return [(weak.old, weak.new) for weak in predicates(one, two)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "x.filter(k -> matches(p, k)).findFirst()",
            "x.filter(k -> k.legacy() || matches(p, k)).findFirst()",
            "k.legacy()",
        ),
        ("x.any(|k| verify(k))", "x.any(|k| verify(k) || k.id == 0)", "k.id == 0"),
        ("x.some((u) => u.token === t)", "x.some((u) => u.token === t || u.old)", "u.old"),
        ("x.noneMatch(a -> a.denies(s))", "x.noneMatch(a -> a.denies(s) && live)", "live"),
    ],
)
def test_more_passes(old, new, said):
    assert told(old, new) == [("", said)]


def test_less_is_asked():
    new = "x.filter(k -> matches(k)).first()"
    assert told("x.filter(k -> k.live() && matches(k)).first()", new) == [("k.live()", "")]
    assert told("x.filter(k -> !k.revoked()).filter(k -> matches(k)).first()", new) == [("!k.revoked()", "")]
    assert told("x.filter(k -> k.size() > 2).filter(k -> matches(k)).first()", new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x.filter(k -> matches(k))", "x.filter(k -> k.live() && matches(k))"),
        ("x.filter(k -> k.size() > 3)", "x.filter(k -> k.size() > 3 || wide)"),  # says nothing of who may pass
        ("x.noneMatch(a -> a.denies(s))", "x.noneMatch(a -> a.denies(s) || late)"),
        ("x.filter(k -> matches(k))", "x.filter(key -> matches(key))"),
    ],
)
def test_no_more_passes(old, new):
    assert told(old, new) == []
