"""A gate that only sets another value is no new one; one that sets a constant, or hangs on something else, is."""

import pytest

from zoll.compare.regated import without_regated
from zoll.model import Fact, Place, Reading


def gate(value, subject="Code", target="$auth"):
    marks = ("op:==", f"return:{value}", f"set:{target}", f"subject:{subject}")
    return Reading(Fact("gate", "flag->state", marks), Place(("x.pm",), "f", 3), "")


def test_another_value_under_the_same_condition_is_no_gate():
    assert without_regated([gate("$a->{Raw}")], [gate("$a->{Value}")]) == ([], [])


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
    assert without_regated([new], [old]) == ([new], [old])


def test_as_many_go_as_stand_on_both_sides():
    assert without_regated([gate("b"), gate("c")], [gate("a")]) == ([gate("c")], [])
