"""What may be a search among cases, and what is a bound."""

import pytest

from zoll.compare.atoms import Atom
from zoll.compare.cases import among_cases, few_more_cases
from zoll.parse import code

REFUSES = (True, True)
LEADS = (False, False)


def atom(left, op, right):
    return Atom(op, left, right, holds=True, test=code.Test(op, left, right))


@pytest.mark.parametrize(
    ("old", "new", "rejecting", "expected"),
    [
        (("v", ">", "35"), ("v", ">", "10"), LEADS, True),
        (("v", ">", "35"), ("v", ">", "10"), REFUSES, False),
        (("v", "<", "64"), ("v", "<", "6400"), LEADS, False),
        (("v", "<", "1"), ("v", "<", "0"), REFUSES, True),
        (("v", "==", "35"), ("v", "==", "10"), LEADS, False),
    ],
)
def test_bounds_among_cases(old, new, rejecting, expected):
    assert among_cases(atom(*old), atom(*new), rejecting) == expected


def test_a_table_that_grew_by_a_few():
    assert few_more_cases(atom("(v + -1)", "<=", "23"), atom("(v + -1)", "<=", "25"))
    assert not few_more_cases(atom("v", "<=", "23"), atom("v", "<=", "25"))
