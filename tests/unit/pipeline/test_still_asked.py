"""What a rebuilt function decides by what it asked for before is no gate that came in."""

import pytest

from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading
from zoll.pipeline.still_asked import asked, without_still_asked, without_still_compared

OLD = """
    if (arg1 < 20) {
        return 0;
    }
    return (strlen_result == strlen(arg2));
    if (v == 0x1e240 && !strcmp(arg1, "admin")) {
"""
AT = Place(("d",), "f", 1, 9)


def kept(fact, words="if (x) => return 0"):
    part = Part(AT, "executable/elf", "x", 9)
    change = Change(Pair(part, part, "symbol"), (Hunk(gained=(Reading(fact, AT, words),)),))
    return any(without_still_asked(change, asked(OLD)).gained)


@pytest.mark.parametrize(
    ("literal", "stays"), [("admin", 0), ("19", 0), ("0x1e240", 0), ("123456", 0), ("other", 1), ("900", 1)]
)
def test_gates_by_what_was_asked_for_are_left_out(literal, stays):
    assert kept(Fact("gate", "literal->zero", (f"literal:{literal}",))) == bool(stays)


def test_other_facts_stay_and_gates_of_the_same_condition_go():
    assert kept(Fact("comparison", "19", ("literal:19",)))
    gate = Fact("gate", "length->success", ("return:condition",))
    assert not kept(gate, "return strlen_result == strlen(arg2)")
    assert kept(gate, "return strlen_result == arg2")


def test_a_text_that_is_compared_as_often_as_before_is_no_news():
    part = Part(AT, "executable/elf", "x", 9)
    readings = tuple(Reading(Fact("comparison", text, ("type:string",)), AT, "") for text in ("::1", "root", "ops"))
    change = Change(Pair(part, part, "symbol"), (Hunk(gained=readings),))
    old, new = 'strcmp(a, "::1"); strcmp(a, "root")', 'strcmp(a, "::1"); f("root"); strcmp(a, "root"); "ops"'
    assert [one.fact.value for one in without_still_compared(change, old, new).gained] == ["root", "ops"]
