"""Finds many words in many bytes at once."""

import re
from collections.abc import Sequence

import hyperscan

MOST_WORDS = 60_000
MOST_PLACES = 64
MANUAL = re.compile(rb"^[.'](?:TH|Dd|SH|Sh)\b", re.MULTILINE)
WORDLY = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
HEAD = 4_000  # bytes in which a manual page says that it is one


class Finder:
    """A set of words; `within` tells which of them some bytes hold as whole words."""

    def __init__(self, words: Sequence[str], *, each: bool = False) -> None:
        """Make ready to find `words`, with `each` every place of them and not only the first."""
        self.words = [word.encode("utf-8", "replace") for word in words[:MOST_WORDS]]
        self._folded = [word.lower() for word in self.words]
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        flags = hyperscan.HS_FLAG_CASELESS | (0 if each else hyperscan.HS_FLAG_SINGLEMATCH)
        told = [number for number, word in enumerate(self.words) if word]  # nothing stands nowhere
        self._any = bool(told)
        if told:
            # As literals, 20,000 words compile in 0.4 s; as expressions with word boundaries they take
            # 25 s. Boundaries are checked after.
            self._database.compile(
                expressions=[self.words[number] for number in told],
                ids=told,
                elements=len(told),
                flags=[flags] * len(told),
                literal=True,
            )

    def within(self, data: bytes) -> tuple[int, ...]:
        """Return the indexes of the words that stand in `data`, in order."""
        found: list[tuple[int, int]] = []
        if self._any and data:
            self._database.scan(data, match_event_handler=lambda word, _, end, *__: found.append((word, end)))
        folded, words = data.lower() if found else b"", self._folded
        # Where each word stands first is known: nobody needs to look for it before that, and most stand whole there.
        places = ((one, words[one], end - len(words[one])) for one, end in found)
        return tuple(
            sorted(
                one for one, word, start in places if _free(word, folded, start) or whole_word(word, folded, start) >= 0
            )
        )

    def ends(self, data: bytes) -> list[int]:
        """Return where words end that stand in `data` whole and spelled as they are, in order; asked of `each`."""
        found: list[tuple[int, int]] = []
        if self._any and data:
            self._database.scan(data, match_event_handler=lambda word, _, end, *__: found.append((word, end)))
        return sorted({end for one, end in found if self._stands(data, end - len(self.words[one]), one)})

    def places(self, data: bytes) -> list[tuple[int, int]]:
        """Return (word, where it begins) for every place of a whole word, whatever its case; asked of `each`."""
        found: list[tuple[int, int]] = []
        if self._any and data:
            self._database.scan(data, match_event_handler=lambda word, _, end, *__: found.append((word, end)))
        starts = {(one, end - len(self.words[one])) for one, end in found}
        return sorted((one, start) for one, start in starts if _free(self._folded[one], data, start))

    def _stands(self, data: bytes, at: int, word: int) -> bool:
        return data.startswith(self.words[word], at) and _free(self.words[word], data, at)


def spoken(data: bytes) -> bytes:
    r"""Return bytes as they are read by people: manual pages write `\-` for a hyphen. Lines stay what they are.

    >>> spoken(b".TH A 1\n.B \\-\\-all"), spoken(b"[a\\-z]")
    (b'.TH A 1\n.B --all', b'[a\\-z]')
    """
    return data.replace(b"\\-", b"-") if MANUAL.search(data, 0, HEAD) else data


def whole_word(word: bytes, data: bytes, start: int = 0) -> int:
    """Return where `word` stands in `data` with no letter or digit touching it, -1 if nowhere.

    Gives up and believes the first place after 64 touching ones: a word that common is no secret.
    """
    first = at = data.find(word, start)
    for _ in range(MOST_PLACES):
        if at < 0:
            return -1
        if _free(word, data, at):
            return at
        at = data.find(word, at + 1)
    return first


def _free(word: bytes, data: bytes, at: int) -> bool:
    # Asked for every place of every word in all bytes: a look at a byte is three times as fast as a slice.
    if at and data[at - 1] in WORDLY and word[0] in WORDLY:
        return False
    end = at + len(word)
    return not (end < len(data) and data[end] in WORDLY and word[-1] in WORDLY)
