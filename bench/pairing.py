"""Measures the pairing of functions of executables against the symbols that were stripped from them.

`python bench/pairing.py [--only TEXT] [--write] STORE`: builds in STORE what pairing.toml names, pairs the stripped
executables and prints a table; `--write` puts it into docs/executables.md.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, replace
from pairing_builds import Build, build, recipe, shipped, truth
from pairing_others import radiff

from zoll.pairing.machine import Machine, pair_machine
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.sweep import sweep

PAGE = Path(__file__).parent.parent / "docs" / "executables.md"
REWRITTEN = ("mbedtls",)  # 2.28 to 3.6
PACKAGED = 7  # columns of a row about packages
MARK = "<!-- pairing -->"
HEAD = (
    "| program | processor | old | new | functions | equal code | right | moved | wrong | not at all "
    "| of these not seen | beyond | seconds | told: right | moved | wrong | radiff2: right | wrong | seconds |\n"
    "| --- | --- | --- | --- " + "| ---: " * 15 + "|\n"
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
    """One executable with its symbols: which functions there are, what they are called, whom they call."""

    def __init__(self, path: Path, processor: str) -> None:
        self.truth, self.told = truth(path, processor), machine(path)
        self._at = {start: number for number, start in enumerate(self.told.sweep.starts.tolist())}
        self._starts: dict[str, list[int]] = {}
        for start, name in self.truth.names.items():
            self._starts.setdefault(name, []).append(start)
        self.names = set(self.truth.names.values())

    def identity(self, start: int) -> tuple[int, bytes, bytes] | None:
        """Return all that tells the function at an address from others."""
        if start not in self._at:
            return None
        one, number = self.told, self._at[start]
        calls, named = (
            rows.value[rows.begins[number] : rows.begins[number + 1]].tobytes() for rows in (one.calls, one.references)
        )
        return int(one.sweep.digests[number]), calls, named

    def like(self, name: str, start: int) -> bool:
        """Say whether a function of that name is equal to the one at an address, in code and in all that it names."""
        mine = self.identity(start)
        return mine is not None and any(self.identity(other) == mine for other in self._starts.get(name, ()))

    def calls(self, name: str, start: int) -> bool:
        """Say whether a function of that name calls the one at an address, or is called by it."""
        rows, here = self.told.callees, self._at.get(start, -1)
        others = [self._at[other] for other in self._starts.get(name, ()) if other in self._at]
        ways = [(one, two) for other in others for one, two in ((here, other), (other, here)) if here >= 0]
        return any(two in rows.value[rows.begins[one] : rows.begins[one + 1]] for one, two in ways)


def score(one: Side, two: Side, pairs: Iterable[tuple[int, int]]) -> Score:
    """Hold pairs of addresses against the names that stood there. Of a function in several parts any part counts."""
    both = one.names & two.names
    fates: dict[str, set[str]] = {}
    found: Counter[str] = Counter()
    for old, new in pairs:
        fate = verdict(one, two, old, new, both)
        name = one.truth.name(old)
        code = one.identity(old), two.identity(new)
        found["equal"] += fate == "right" and code[0] is not None and code[1] is not None and code[0][0] == code[1][0]
        if name in both:
            fates.setdefault(name, set()).add(fate)
        else:
            found[fate] += 1
    for name in both:
        found[next((word for word in ("right", "moved", "wrong") if word in fates.get(name, ())), "missed")] += 1
    return Score(len(both), *(found[word] for word in ("right", "moved", "wrong", "missed", "beyond", "equal")), 0)


def verdict(one: Side, two: Side, old: int, new: int, both: set[str]) -> str:
    """Say what a pair is."""
    name, other = one.truth.name(old), two.truth.name(new)
    if name == other:
        return "right" if name else "nameless"
    if two.like(name, new):
        return "right"
    if name not in both and other not in both:
        return "beyond"
    return "moved" if one.calls(other, old) or two.calls(name, new) else "wrong"


def paired(old: Machine, new: Machine) -> list[tuple[int, int]]:
    """Pair two executables; return the addresses of pairs."""
    starts = old.sweep.starts.tolist(), new.sweep.starts.tolist()
    pairs = pair_machine(old, new)
    return [
        (starts[0][pair.old], starts[1][pair.new]) for pair in pairs if pair.old is not None and pair.new is not None
    ]


class Row(Struct, frozen=True):
    """One pair measured: stripped, with the starts of functions told, by radiff2; seconds of pairing and of radiff2."""

    words: list[str]
    stripped: Score
    told: Score
    other: Score | None
    seconds: float
    other_seconds: float


def measured(row: list[str], store: Path, radare: Path | None) -> Row:
    """Build (or fetch), pair and score one row; seconds are those of the processor, the sweep left out."""
    if len(row) == PACKAGED:
        files = [shipped(row, side, store) for side in ("old", "new")]
        built, processor = [(file, file) for file in files], row[5]
        row = [row[0], processor, "Debian 12, gcc 12", "Debian 13, gcc 14"]
    else:
        program, processor, *hows = row
        two_ways = zip(("old", "new"), hows, strict=True)
        built = [build(Build(program, side, processor, how), store) for side, how in two_ways]
    one, two = (Side(whole, processor) for _, whole in built)
    old, new = (machine(stripped) for stripped, _ in built)
    start = time.process_time()
    pairs = paired(old, new)
    seconds = time.process_time() - start
    stripped = replace(score(one, two, pairs), unseen=unseen(one, two, old, new))
    other, other_seconds = radiff(radare, *(side[0] for side in built)) if radare else (None, 0.0)
    compared = score(one, two, other) if other is not None else None
    return Row(row, stripped, score(one, two, paired(one.told, two.told)), compared, seconds, other_seconds)


def summed(rows: list[Row]) -> list[Row]:
    """Add up the rows of one kind: one way of building or two; a rewritten program; packages as shipped."""
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        how = "same build" if row.words[2] == row.words[3] else "another build"
        how = "shipped" if row.words[2].startswith("Debian") else how
        kinds.setdefault(f"**{how}{', a rewrite' if row.words[0] in REWRITTEN else ''}**", []).append(row)
    found = []
    for kind, some in kinds.items():
        stripped, told = (
            Score(*map(sum, zip(*(astuple(part) for part in parts), strict=True)))
            for parts in ([row.stripped for row in some], [row.told for row in some])
        )
        found.append(Row([kind, "", "", ""], stripped, told, None, sum(row.seconds for row in some), 0))
    return found


def unseen(one: Side, two: Side, old: Machine, new: Machine) -> int:
    """Count the functions of both sides that the sweep did not find on one of them."""
    seen = [
        {side.truth.name(start) for start in swept.sweep.starts.tolist()} for side, swept in ((one, old), (two, new))
    ]
    return len((one.names & two.names) - (seen[0] & seen[1]))


def line(row: Row) -> str:
    """Write one row of the table; shares are of the functions that both releases have."""
    one, told, other = row.stripped, row.told, row.other
    cells = [
        *row.words,
        str(one.both),
        *shares(one, one.equal, one.right, one.moved, one.wrong, one.missed, one.unseen),
    ]
    cells += [str(one.beyond), f"{row.seconds:.1f}", *shares(told, told.right, told.moved, told.wrong)]
    cells += (
        [*shares(other, other.right, other.moved + other.wrong), f"{row.other_seconds:.0f}"] if other else ["", "", ""]
    )
    return f"| {' | '.join(cells)} |\n"


def shares(one: Score, *counts: int) -> list[str]:
    """Write counts as shares."""
    return [f"{100 * count / max(one.both, 1):.1f} %" for count in counts]


def main() -> None:
    """Build, measure, print; write the page if asked to."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", default="")
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--radare", type=Path, help="the unpacked wheel r2libr 5.7.4 of PyPI, for its radiff2")
    asked.add_argument("store", type=lambda name: Path(name).resolve())
    given = asked.parse_args()
    rows = [*recipe()["pairs"]["rows"], *recipe()["packages"]["rows"]]
    rows = [row for row in rows if given.only in " ".join(row)]
    table, found = HEAD, []
    print(HEAD, end="", flush=True)
    for row in rows:
        radare = given.radare if row[0] in recipe()["pairs"]["radiff2"] else None
        found.append(measured(row, given.store, radare))
        print(line(found[-1]), end="", flush=True)
    table += "".join(map(line, [*found, *summed(found)]))
    if given.write:
        before, _, after = PAGE.read_text(encoding="utf-8").split(MARK)
        PAGE.write_text(f"{before}{MARK}\n{table}{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
