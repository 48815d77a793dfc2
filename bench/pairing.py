"""Measures the pairing of functions of executables against the symbols that were stripped from them.

`python bench/pairing.py [--only TEXT] [--write] STORE`: builds in STORE what pairing.toml names, pairs the stripped
executables and prints a table; `--write` puts it into docs/executables.md.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from msgspec import Struct
from pairing_builds import Build, Truth, build, recipe, truth

from zoll.pairing.machine import Machine, MachinePair, pair_machine
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.sweep import sweep

PAGE = Path(__file__).parent.parent / "docs" / "executables.md"
MARK = "<!-- pairing -->"
HEAD = (
    "| program | processor | old | new | functions | equal code | right | moved | wrong | not at all "
    "| of these not seen | beyond | seconds | told: right | moved | wrong | not at all |\n"
    "| --- | --- | --- | --- " + "| ---: " * 13 + "|\n"
)


class Score(Struct, frozen=True):
    """What became of the functions that both sides have: how many there are, were paired rightly, wrongly, not at all.

    `moved`: not rightly, but with the function that its code went into or came from: inlined, or split, as the calls of
    the two releases say. `wrong` counts pairs of functions that have no counterpart with such that have one too.
    `beyond`: pairs of two functions whose names the other side does not know, renamed or not. `equal`: rightly paired
    with equal code. `unseen`: of those not paired, how many the sweep did not find on one side or both.
    """

    both: int
    right: int
    moved: int
    wrong: int
    missed: int
    beyond: int
    equal: int
    unseen: int


def machine(path: Path) -> Machine:
    """Open an executable as zoll does, and forget the names of its own functions."""
    image = read_image(path.read_bytes(), "executable/elf")[0]
    swept = sweep(image)
    swept.names.clear()
    return Machine(image, swept)


class Side:
    """One executable with the true names of its functions."""

    def __init__(self, one: Machine, words: Truth) -> None:
        self.one = one
        self.names = [words.name(start) for start in one.sweep.starts.tolist()]
        self.all = set(words.names.values())
        self.numbers: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            self.numbers.setdefault(name, []).append(number)

    def identity(self, function: int) -> tuple[int, bytes, bytes]:
        """Return all that tells a function from others."""
        parts = [
            rows.value[rows.begins[function] : rows.begins[function + 1]].tobytes()
            for rows in (self.one.calls, self.one.references)
        ]
        return int(self.one.sweep.digests[function]), parts[0], parts[1]

    def calls(self, name: str, function: int) -> bool:
        """Say whether a function of that name calls the function, or is called by it."""
        rows = self.one.callees
        return any(
            two in rows.value[rows.begins[one] : rows.begins[one + 1]]
            for number in self.numbers.get(name, ())
            for one, two in ((number, function), (function, number))
        )


def score(old: Machine, new: Machine, pairs: list[MachinePair], mine: Truth, theirs: Truth) -> Score:
    """Hold pairs against the names that the functions had. Of a function in several parts any part counts."""
    one, two = Side(old, mine), Side(new, theirs)
    both = one.all & two.all
    fates: dict[str, set[str]] = {}
    found: Counter[str] = Counter()
    for pair in pairs:
        if pair.old is None or pair.new is None:
            continue
        fate = verdict(one, two, pair.old, pair.new, both)
        found["equal"] += fate == "right" and pair.likeness == 1
        if one.names[pair.old] in both:
            fates.setdefault(one.names[pair.old], set()).add(fate)
        else:
            found[fate] += 1
    for name in both:
        fate = next((word for word in ("right", "moved", "wrong") if word in fates.get(name, ())), "missed")
        found[fate] += 1
    unseen = len(both - (set(one.names) & set(two.names)))
    words = ("right", "moved", "wrong", "missed", "beyond", "equal")
    return Score(len(both), *(found[word] for word in words), unseen)


def verdict(one: Side, two: Side, old: int, new: int, both: set[str]) -> str:
    """Say what a pair is."""
    name, other = one.names[old], two.names[new]
    if name == other:
        return "right" if name else "nameless"
    if any(two.identity(number) == two.identity(new) for number in two.numbers.get(name, ())):
        return "right"  # equal to its true partner, in code and in all that it names
    if name not in both and other not in both:
        return "beyond"
    return "moved" if one.calls(other, old) or two.calls(name, new) else "wrong"


def measured(row: list[str], store: Path) -> tuple[Score, Score, float]:
    """Build, pair and score one row: stripped, and with the starts of functions told; seconds are those of pairing."""
    program, processor, *hows = row
    sides = [build(Build(program, side, processor, how), store) for side, how in zip(("old", "new"), hows, strict=True)]
    mine, theirs = (truth(whole, processor) for _, whole in sides)
    scores = []
    for which in (1, 0):
        old, new = (machine(side[which]) for side in sides)
        start = time.process_time()
        pairs = pair_machine(old, new)
        seconds = time.process_time() - start
        scores.append(score(old, new, pairs, mine, theirs))
    return scores[1], scores[0], seconds


def line(row: list[str], one: Score, told: Score, seconds: float) -> str:
    """Write one row of the table; shares are of the functions that both releases have."""
    cells = [*row, str(one.both)]
    cells += shares(one, one.equal, one.right, one.moved, one.wrong, one.missed, one.unseen)
    cells += [str(one.beyond), f"{seconds:.1f}"]
    cells += shares(told, told.right, told.moved, told.wrong, told.missed)
    return f"| {' | '.join(cells)} |\n"


def shares(one: Score, *counts: int) -> list[str]:
    """Write counts as shares."""
    return [f"{100 * count / max(one.both, 1):.1f} %" for count in counts]


def main() -> None:
    """Build, measure, print; write the page if asked to."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="")
    asked.add_argument("--write", action="store_true")
    asked.add_argument("store", type=Path)
    given = asked.parse_args()
    rows = [row for row in recipe()["pairs"]["rows"] if given.only in " ".join(row)]
    table = HEAD
    print(HEAD, end="", flush=True)
    for row in rows:
        table += line(row, *measured(row, given.store))
        print(table.splitlines()[-1], flush=True)
    if given.write:
        before, _, after = PAGE.read_text(encoding="utf-8").split(MARK)
        PAGE.write_text(f"{before}{MARK}\n{table}{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
