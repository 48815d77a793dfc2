"""What the rest of an upgrade shows, and what it adds to each of its findings."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.counts import REST, Counts
from zoll.judge.rest import MOST, rest_of, rest_signals
from zoll.model import Signal

COUNTS = Counts(rest=(-0.25, 3.0))


def test_the_fifth_strongest_speaks_for_the_rest():
    assert rest_of([9.0, 1.0, 2.0, 8.0, 5.0, 4.0]) == 2.0
    assert rest_of([9.0, 8.0, 7.0, 6.0]) == 0.0
    assert rest_of([9.0, 8.0, 7.0, 6.0, -1.0]) == 0.0


@given(st.lists(st.floats(-50, 50), max_size=20))
def test_the_rest_is_bounded_and_knows_no_order(bits):
    assert 0 <= rest_of(bits) <= MOST
    assert rest_of(bits) == rest_of(reversed(bits))


def test_a_loud_rest_takes_bits_away_and_a_quiet_one_adds_some():
    loud, quiet = rest_signals([5.0] * 6, COUNTS), rest_signals([5.0], COUNTS)
    assert loud == (Signal(REST, -0.5, "the fifth strongest change has 5.0 bits without this, 3.0 are usual"),)
    assert quiet == (Signal(REST, 0.75, "fewer than five changes say anything by themselves"),)


def test_a_usual_rest_and_counts_without_one_say_nothing():
    assert rest_signals([3.0] * 5, COUNTS) == ()
    assert rest_signals([5.0] * 6, Counts()) == ()
