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
    "| program | processor | old | new | functions | unchanged | right | wrong | not at all | beyond | seconds |\n"
    "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
)


class Score(Struct, frozen=True):
    """What became of the functions that both sides have: their number, how many were paired rightly or wrongly.

    `invented`: functions without a counterpart that were paired with one that has; `beyond`: pairs of two functions
    whose names the other side does not know, renamed or invented. `unchanged`: rightly paired with equal code.
    """

    both: int
    right: int
    wrong: int
    invented: int
    beyond: int
    unchanged: int


def machine(path: Path) -> Machine:
    """Open a stripped executable as zoll does."""
    image = read_image(path.read_bytes(), "executable/elf")[0]
    return Machine(image, sweep(image))


def score(old: Machine, new: Machine, pairs: list[MachinePair], mine: Truth, theirs: Truth) -> Score:
    """Hold pairs against the names that the functions had."""
    both = set(mine.names.values()) & set(theirs.names.values())
    found: Counter[str] = Counter()
    for pair in pairs:
        if pair.old is None or pair.new is None:
            continue
        one = mine.names.get(int(old.sweep.starts[pair.old]), "")
        two = theirs.names.get(int(new.sweep.starts[pair.new]), "")
        found[verdict(one, two, both)] += 1
        found["unchanged"] += one == two != "" and pair.likeness == 1
    return Score(len(both), found["right"], found["wrong"], found["invented"], found["beyond"], found["unchanged"])


def verdict(one: str, two: str, both: set[str]) -> str:
    """Say what a pair of named functions is."""
    if one == two:
        return "right" if one else "nameless"
    if one in both:
        return "wrong"
    return "invented" if two in both else "beyond"


def measured(row: list[str], store: Path) -> tuple[Score, float]:
    """Build, pair and score one row; seconds are those of pairing, the sweep left out."""
    program, processor, *hows = row
    sides = [build(Build(program, side, processor, how), store) for side, how in zip(("old", "new"), hows, strict=True)]
    old, new = (machine(stripped) for stripped, _ in sides)
    start = time.process_time()
    pairs = pair_machine(old, new)
    seconds = time.process_time() - start
    return score(old, new, pairs, *(truth(whole, processor) for _, whole in sides)), seconds


def line(row: list[str], one: Score, seconds: float) -> str:
    """Write one row of the table; shares are of the functions that both releases have."""
    total = max(one.both, 1)
    missed = one.both - one.right - one.wrong
    shares = (one.unchanged, one.right, one.wrong + one.invented, missed)
    cells = [*row, str(one.both), *(f"{100 * share / total:.1f} %" for share in shares)]
    return f"| {' | '.join(cells)} | {one.beyond} | {seconds:.1f} |\n"


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
