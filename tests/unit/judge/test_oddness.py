"""What is met once among many changes is odd; what is met everywhere is not."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.oddness import REMOVED, Oddness


def test_the_rare_word_decides():
    oddness = Oddness([("a", "b")] * 30 + [("a", "c")])
    mean, greatest = oddness.of(("a", "c"))
    assert oddness.of(("a", "b"))[1] < greatest
    assert greatest == oddness.surprise["c"]
    assert mean == (oddness.surprise["a"] + oddness.surprise["c"]) / 2


def test_a_change_without_words_is_not_odd():
    assert Oddness([("x",)]).of(()) == (0.0, 0.0)


def test_what_is_removed_makes_nothing_else_odd():
    changes = [("a", "b")] * 30
    beside = Oddness([*changes, *[("c", REMOVED)] * 900])
    assert beside.of(changes[0]) == Oddness(changes).of(changes[0])
    assert beside.of(("c", REMOVED)) == (beside.greatest, beside.greatest)


@given(st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=40))
def test_surprise_is_never_negative_and_the_mean_not_above_the_greatest(changes):
    oddness = Oddness(changes)
    for words in changes:
        mean, greatest = oddness.of(sorted(words))
        assert 0 <= mean <= greatest + 1e-9
