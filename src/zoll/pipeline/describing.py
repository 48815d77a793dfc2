"""Reads the release's descriptions of interfaces, in workers: those that hold the word which each begins with."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from zoll.declared.descriptions import KINDS, MARKS, Described, Interface, described_in
from zoll.model import Part
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

LARGEST, MOST = 8_000_000, 24_000_000  # bytes of one, and of all


def find_interface(
    parts: Iterable[Part], found: Mapping[str, Sequence[str]], read: Callable[[str], bytes], pool: Pool
) -> Interface:
    """Return what the descriptions among some parts offer; `found` names the words that a digest's bytes hold."""
    by_digest: dict[str, Part] = {}
    for part in sorted(parts, key=lambda part: (part.size, part.place)):
        if part.kind in KINDS and 0 < part.size <= LARGEST and not set(MARKS).isdisjoint(found.get(part.digest, ())):
            by_digest.setdefault(part.digest, part)
    spent = 0
    asked = [part for part in by_digest.values() if (spent := spent + part.size) <= MOST]

    def work(part: Part) -> list[Described]:
        return list(described_in(read(part.digest), part.kind, part.place))

    told = pool.run(work, asked, list[Described], lambda part: part.size) if asked else ()
    answers = {part.place: answer for part, answer in told if not isinstance(answer, Failure)}
    return Interface(one for place in sorted(answers) for one in answers[place])
