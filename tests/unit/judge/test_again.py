"""Changes that stand out for the same reason as stronger ones."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.again import again_bits, again_signals, places_of, reason_of
from zoll.judge.counts import AGAIN, Counts
from zoll.model import Signal

COUNTS = Counts(again=(-0.5, -2.0))


def test_the_reason_is_what_a_change_does():
    assert reason_of(["shape/small", "counted/words", "reach/endpoint", "power/run"]) == "reach/endpoint"
    assert reason_of(["shape/small", "counted/size"]) == ""


def test_each_further_one_says_less():
    assert [again_bits(alike, 0, COUNTS) for alike in (0, 1, 3, 7)] == [0.0, -0.5, -1.0, -1.5]
    assert again_bits(1, 3, COUNTS) == -4.5
    assert again_signals("reach/endpoint", 0, 0, COUNTS) == ()
    (one,) = again_signals("reach/endpoint", 1, 0, COUNTS)
    assert one == Signal(AGAIN, -0.5, "1 stronger change stands out for the same reason, reach/endpoint")


def test_further_ones_of_a_function_are_read_with_its_strongest():
    (one,) = again_signals("", 0, 1, COUNTS)
    assert one == Signal(AGAIN, -2.0, "1 stronger change stands in the same function")
    (both,) = again_signals("power/run", 3, 3, COUNTS)
    assert both.why == (
        "3 stronger changes stand out for the same reason, power/run; 3 stronger changes stand in the same function"
    )


@given(st.lists(st.sampled_from(["", "a/b", "c/d"])))
def test_only_stronger_ones_of_the_same_reason_count(reasons):
    for at, before in enumerate(places_of(reasons)):
        assert before == (reasons[:at].count(reasons[at]) if reasons[at] else 0)
