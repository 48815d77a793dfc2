"""What one's own accepted upgrades teach: a vendor's habits, so that its departures stand out.

Only clean upgrades are at hand then, so nothing is fitted. What the vendor does more often than the counted upgrades is
less telling there, what it never does is more: each word moves by a share of the logarithm of how often it was met
against how often it was to be expected, smoothed by `PRIOR` pretended changes and bounded by `MOST` bits.
"""

from collections.abc import Sequence
from math import log2

from msgspec.structs import replace

from zoll.judge.counts import Counts, Word
from zoll.learn.examples import Example
from zoll.learn.fitting import counted

PRIOR = 200.0
MOST = 1.0
# Words of one change overlap; whole ratios of all of them would count the same thing many times.
SHARE = 0.25


def habits(examples: Sequence[Example], counts: Counts, made_from: str) -> Counts:
    """Return the counts corrected by accepted upgrades; hostile examples are passed over."""
    clean, _ = counted(examples)
    number = sum(len(example.words) for example in examples if not example.hostile)
    words = {word: _moved(one, clean[word], number, counts.changes) for word, one in counts.words.items()}
    return replace(counts, made_from=f"{counts.made_from}; then {made_from}", words=words)


def _moved(word: Word, met: int, number: int, changes: int) -> Word:
    usual = (word.clean + 1) / (changes + 2)
    found = (met + PRIOR * usual) / (number + PRIOR)
    away = max(-MOST, min(MOST, SHARE * log2(found / usual)))
    return replace(word, bits=round(word.bits - away, 2), clean=word.clean + met)
