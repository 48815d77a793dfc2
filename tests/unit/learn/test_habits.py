"""What a vendor does all the time tells less there; what it never does tells more."""

from zoll.judge.counts import Counts, Word
from zoll.learn.habits import MOST, habits

BASE = Counts(made_from="a corpus", changes=1000, words={"+call": Word(0.4, 500, 5), "+power run": Word(1.0, 100, 20)})


def test_habits_and_departures(corpus):
    clean = [one for one in corpus if not one.hostile]
    told = habits(clean, BASE, "forty accepted upgrades")
    assert told.words["+call"].bits < BASE.words["+call"].bits
    assert told.words["+power run"].bits > BASE.words["+power run"].bits
    assert all(abs(told.words[word].bits - one.bits) <= MOST for word, one in BASE.words.items())
    assert told.made_from == "a corpus; then forty accepted upgrades"


def test_nothing_accepted_changes_nothing():
    assert habits([], BASE, "nothing").words == BASE.words
