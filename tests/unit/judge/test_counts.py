"""Counted bits: read, told as signals that add up, and refused when they are not what they should be."""

import pytest

from zoll.errors import BadSetting
from zoll.judge.counts import (
    AGAIN,
    ODDNESS,
    REST,
    SIZE,
    WORDS,
    Counts,
    Told,
    Word,
    explained,
    read_counts,
    shared,
    shipped,
    signals_of,
)
from zoll.model import Signal

COUNTS = Counts(
    judged=0.5,
    size=-0.4,
    odd=(0.5, 0.25),
    usual=(2.0, 4.0, 0.3),
    rest=(-0.25, 3.0),
    again=(-0.7, 0.0),
    words={"+gate": Word(1.0, 10, 5), "=circumstance small": Word(-0.5, 90, 5)},
)


def test_words_oddness_and_size_add_up():
    told = Told(("+gate", "=circumstance small", "unknown"), (3.0, 6.0), 512)
    said = {signal.rule: signal.bits for signal in signals_of(told, COUNTS)}
    assert said == {WORDS: 0.2, ODDNESS: 1.0, SIZE: -0.8}
    why = {signal.rule: signal.why for signal in signals_of(told, COUNTS)}
    assert why[WORDS] == "as counted in other upgrades: `+gate` +1.0, `=circumstance small` -0.5"
    assert why[SIZE] == "one of 512 changes, removals aside"


def test_what_adds_nothing_is_not_told():
    assert signals_of(Told((), (2.0, 4.0), 128), Counts()) == ()


def test_judged_bits_count_by_their_share():
    assert shared(Signal("power/run", 3.0, "runs"), COUNTS).bits == 1.5


def test_the_shipped_counts_say_where_they_come_from():
    counts = shipped()
    assert counts.made_from
    assert counts.words
    assert all(one.bits for one in counts.words.values())


@pytest.mark.parametrize("text", ["", "{", '{"schema": "zoll.counts/9"}', '{"words": 3}'])
def test_what_is_no_file_of_counts_is_refused_in_one_line(text, tmp_path):
    path = tmp_path / "counts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match="zoll learn"):
        read_counts(path)


def test_what_was_counted_is_explained():
    assert explained("+gate", COUNTS).startswith("+gate  (+1.00 bits)\nmet in 10 of 0 clean changes and in 5 planted")
    assert "+1.00  +gate" in explained(WORDS, COUNTS)
    assert "-0.40 bits" in explained(SIZE, COUNTS)
    assert "+0.50" in explained(ODDNESS, COUNTS)
    assert "-0.25 bits" in explained(REST, COUNTS)
    assert "-0.70 bits" in explained(AGAIN, COUNTS)
    assert explained("power/run", COUNTS) == ""
