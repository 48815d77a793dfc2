"""What counted upgrades say: `counts.json`, made by `zoll learn`; the bits of each word of a hunk, and of its number.

The judged bits of rules count by the share that was fitted; each word of a hunk adds what it was counted to add, given
all others. A hunk among few changes says more than one among thousands: a clean upgrade of many changes has more that
look strange. All of it adds up, so that a reviewer can follow the sum.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import log2
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from zoll.errors import BadSetting
from zoll.model import Change, Signal

SCHEMA = "zoll.counts/1"
WORDS, ODDNESS, SIZE, REST = "counted/words", "counted/oddness", "counted/size", "counted/rest"
AGAIN, LEADING = "counted/again", "counted/leading"
USUAL = 128  # changes of an upgrade at which its size says nothing
FEW = 16  # fewer changes say no more than these: of one change alone nobody can tell what is usual
SHOWN = 3
LISTED = 20
LEAST = 0.05


def brought(changes: Iterable[Change]) -> int:
    """Return how large an upgrade is, in hunks: what is gone as a whole function or part makes none larger."""
    return sum(len(change.hunks) for change in changes if change.pair.new is not None)


def doublings(hunks: int) -> float:
    """Return how many times the usual number of changes was doubled."""
    return log2(max(hunks, FEW) / USUAL)


class Word(Struct, frozen=True, array_like=True):
    """The bits of one word, and in how many clean and hostile changes it was met."""

    bits: float
    clean: int = 0
    hostile: int = 0


class Levels(Struct, frozen=True):
    """How the strongest finding of clean upgrades grows: see `judge.expectation`.

    `kinds` holds by how many bits it stands higher or lower than `start` says, by the kind of the upgrade.
    """

    start: float = 0.43
    scale: float = 1.12
    growth: float = 0.71
    kinds: dict[str, float] = {}

    def of(self, kind: str) -> "Levels":
        """Return the levels for upgrades of one kind."""
        return replace(self, start=self.start + self.kinds.get(kind, 0.0), kinds={})


class Counts(Struct, frozen=True):
    """What was learned, and from what.

    `judged` is the share by which the judged bits of rules count, `size` the bits that each doubling of the number of
    changes adds (it takes some away), `odd` what each bit of mean and of greatest surprise adds (`judge.oddness`).
    `usual` are mean surprise, greatest surprise and sum of words of a usual change, which adds nothing. `rest` is
    what each bit of the rest of an upgrade adds (it takes away), and the rest that is usual (`judge.rest`). `again` is
    what each doubling of stronger findings for the same reason adds, and of those in the same function (both take away,
    `judge.again`). `lead` are what each doubling of the clean and of the planted projects in which the reason of a
    change leads adds (`judge.leading`), `common` how many doublings are usual, `met` the numbers of projects of each
    reason. `changes` is the number of clean changes counted.
    """

    schema: str = SCHEMA
    made_from: str = ""
    changes: int = 0
    judged: float = 1.0
    size: float = 0.0
    odd: tuple[float, float] = (0.0, 0.0)
    usual: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rest: tuple[float, float] = (0.0, 0.0)
    again: tuple[float, float] = (0.0, 0.0)
    lead: tuple[float, float] = (0.0, 0.0)
    common: tuple[float, float] = (0.0, 0.0)
    levels: Levels = Levels()
    met: dict[str, tuple[int, int]] = {}
    words: dict[str, Word] = {}


@cache
def shipped() -> Counts:
    """Return the counts that zoll ships."""
    return msgspec.json.decode((files("zoll.judge") / "counts.json").read_bytes(), type=Counts)


def read_counts(path: Path) -> Counts:
    """Return the counts of a file that `zoll learn` made; raises BadSetting when it is none."""
    try:
        counts = msgspec.json.decode(path.read_bytes(), type=Counts)
    except (OSError, msgspec.DecodeError) as error:
        raise BadSetting(f"cannot read counts from {path}: {error}; make them with `zoll learn`") from error
    if counts.schema != SCHEMA:
        raise BadSetting(f"{path} holds {counts.schema}, not {SCHEMA}; make it again with `zoll learn`")
    return counts


class Told(Struct):
    """What is counted of one hunk: its words, how unusual in its upgrade, and how large that is (`brought`)."""

    words: tuple[str, ...]
    odd: tuple[float, float]
    hunks: int


def shared(signal: Signal, counts: Counts) -> Signal:
    """Return a rule's signal with the share that its judged bits have in the sum."""
    return signal if counts.judged == 1 else replace(signal, bits=round(signal.bits * counts.judged, 2))


def signals_of(told: Told, counts: Counts) -> tuple[Signal, ...]:
    """Return what was counted about a hunk as signals."""
    weighed = [(known.bits, word) for word in told.words if (known := counts.words.get(word)) is not None]
    bits = sum(bits for bits, _ in weighed) - counts.usual[2]
    words, odd, size = (round(one, 2) for one in (bits, _odd(told, counts), _size(told, counts)))
    number = "the only change" if told.hunks == 1 else f"one of {told.hunks:,} changes, removals aside"
    unusual = "unusual" if odd > 0 else "usual"
    said = (
        Signal(WORDS, words, f"as counted in other upgrades: {_reasons(weighed)}"),
        Signal(ODDNESS, odd, f"{unusual} among the changes of this upgrade"),
        Signal(SIZE, size, number),
    )
    return tuple(signal for signal in said if signal.bits)


def _reasons(weighed: Iterable[tuple[float, str]]) -> str:
    strongest = sorted(weighed, key=lambda one: (-abs(one[0]), one[1]))[:SHOWN]
    return ", ".join(f"`{word}` {bits:+.1f}" for bits, word in strongest if abs(bits) >= LEAST)


def _odd(told: Told, counts: Counts) -> float:
    return sum(each * (seen - usual) for each, seen, usual in zip(counts.odd, told.odd, counts.usual[:2], strict=True))


def _size(told: Told, counts: Counts) -> float:
    return counts.size * doublings(told.hunks)


def explained(name: str, counts: Counts) -> str:
    """Return what a counted signal, or one word as signals quote it, stands on; "" for any other name."""
    if name in counts.words:
        one = counts.words[name]
        met = f"met in {one.clean:,} of {counts.changes:,} clean changes and in {one.hostile:,} planted ones"
        return f"{name}  ({one.bits:+.2f} bits)\n{met}; its bits are what it adds beside all other words"
    made = f"Counted from {counts.made_from}."
    texts = {
        WORDS: f"What a change says, word by word (see docs/facts.md). {made}\n\n{_strongest(counts)}",
        ODDNESS: "How seldom the words of a change are met among the other changes of the same upgrade: each bit of"
        f" mean surprise adds {counts.odd[0]:+.2f}, each of the greatest {counts.odd[1]:+.2f}. {made}",
        SIZE: f"Each doubling of the number of changes beyond {USUAL} adds {counts.size:+.2f} bits: a clean upgrade of"
        f" many changes has more that look strange. {made}",
        REST: f"Each bit of the fifth strongest change of an upgrade beyond {counts.rest[1]:.1f} adds"
        f" {counts.rest[0]:+.2f} bits to all its changes: where much looks strange, one strange change more says less."
        f" {made}",
        LEADING: "In how many projects the strongest reason of a change leads one: each doubling of those with clean"
        f" upgrades adds {counts.lead[0]:+.2f} bits, of those with planted ones {counts.lead[1]:+.2f}. {made}",
        AGAIN: "Each doubling of the number of stronger changes of the upgrade whose first reason is the same adds"
        f" {counts.again[0]:+.2f} bits: what one piece of work does, it does in many places. Each doubling of stronger"
        f" ones in the same function adds {counts.again[1]:+.2f}: who reads one reads the others with it. {made}",
    }
    return f"{name}\n{texts[name]}" if name in texts else ""


def _strongest(counts: Counts) -> str:
    ordered = sorted(counts.words.items(), key=lambda one: (-one[1].bits, one[0]))
    lines = [
        f"{one.bits:+6.2f}  {word:44}  clean {one.clean:>7,}  planted {one.hostile:>4,}"
        for word, one in (*ordered[:LISTED], *ordered[-LISTED:])
    ]
    return "\n".join((*lines[:LISTED], "   ...", *lines[LISTED:]))
