"""A gate that sets the same by another expression, and a bound that moved, were there before."""

import pytest

from zoll.compare.stood import without_standing
from zoll.model import Fact, Place, Reading

GATE = ("about:environment", "op:prefix", "set:key", "subject:environ")
BOUND = ("about:length", "op:>", "subject:len", "type:number")

AT = Place(("a",), "f", 3)


def kept(gained, lost):
    one, two = (Reading(fact, Place(("a",), "f", 3), "") for fact in (gained, lost))
    return without_standing([one], [two]) == ([one], [two])


@pytest.mark.parametrize(
    ("gained", "lost"),
    [
        (Fact("gate", "environment->state", ("return:k[n:]", *GATE)), Fact("gate", "environment->state", GATE)),
        (Fact("comparison", "128", BOUND), Fact("comparison", "4096", BOUND)),
        (
            Fact("comparison", ":", ("op:contains", "type:string", "via:str_contains")),
            Fact("comparison", ":", ("op:contains", "type:string", "via:strpos")),
        ),
        (
            Fact("gate", "length->failure", ("literal:128", "op:>", "subject:len")),
            Fact("gate", "length->failure", ("literal:4096", "op:>", "subject:len")),
        ),
    ],
)
def test_what_stood_before_is_not_gained(gained, lost):
    assert not kept(gained, lost)


@pytest.mark.parametrize(
    ("gained", "lost"),
    [
        (Fact("gate", "environment->success", GATE), Fact("gate", "environment->success", ("op:==", *GATE))),
        (Fact("comparison", "77", ("op:==", "type:number")), Fact("comparison", "4", ("op:==", "type:number"))),
        (Fact("comparison", "128", BOUND), Fact("comparison", "128", ("op:<", *BOUND[2:]))),
        (
            Fact("gate", "literal->state", ("literal:root", *GATE)),
            Fact("gate", "literal->state", ("literal:user", *GATE)),
        ),
    ],
)
def test_another_question_is(gained, lost):
    assert kept(gained, lost)


def gate(value, subject="Code", target="$auth"):
    marks = ("op:==", f"return:{value}", f"set:{target}", f"subject:{subject}")
    return Reading(Fact("gate", "flag->state", marks), Place(("x.pm",), "f", 3), "")


def test_another_value_under_the_same_condition_is_no_gate():
    assert without_standing([gate("$a->{Raw}")], [gate("$a->{Value}")]) == ([], [])


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (gate("1"), gate("$a->{Value}")),
        (gate("true"), gate("verify(a)")),
        (gate("AUTH_OK"), gate("verify(a)")),
        (gate("verify(b)"), gate("0")),
        (gate("$a->{Raw}", subject="Kind"), gate("$a->{Value}")),
        (gate("$a->{Raw}", target="$user"), gate("$a->{Value}")),
    ],
)
def test_other_gates_stay(new, old):
    assert without_standing([new], [old]) == ([new], [old])


def test_as_many_go_as_stand_on_both_sides():
    assert without_standing([gate("b"), gate("c")], [gate("a")]) == ([gate("c")], [])


def test_nothing_spelled_otherwise_is_no_weaker_value():
    void = ("about:crypto", "value:none")
    assert not kept(Fact("assignment", "VERIFYING_KEY=''", void), Fact("assignment", "VERIFYING_KEY=None", void))
    assert kept(Fact("assignment", "VERIFY=None", void), Fact("assignment", "VERIFY=True", ("value:true",)))


def test_a_guard_of_a_compressed_program():
    assert not kept(Fact("guard", "q.hasOwnProp"), Fact("guard", "Q.hasOwnProp"))
    assert kept(Fact("guard", "user.verify"), Fact("guard", "peer.verify"))


def test_of_machine_code_only_the_bound_of_what_is_known():
    def less(subject, op):
        sides = [
            Reading(Fact("gate", "magic->zero", (f"literal:{n}", op, f"subject:{subject}")), AT, "")
            for n in (1800, 900)
        ]
        return without_standing([sides[0]], [sides[1]], compiled=True) == ([], [])

    assert less("f28", "op:>")
    assert not less("v", "op:>")
    assert not less("f28", "op:==")
    gained, lost = (Reading(Fact("comparison", n, BOUND), AT, "") for n in ("128", "4096"))
    assert without_standing([gained], [lost], compiled=True) == ([gained], [lost])
