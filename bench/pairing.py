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
    "| program | processor | old | new | functions | equal code | right | wrong | not at all | of these not seen "
    "| beyond | seconds | told: right | wrong | not at all |\n"
    "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
)


class Score(Struct, frozen=True):
    """What became of the functions that both sides have: their number, how many were paired rightly or wrongly.

    `invented`: functions without a counterpart that were paired with one that has; `beyond`: pairs of two functions
    whose names the other side does not know, renamed or invented. `equal`: rightly paired with equal code. `unseen`: of
    those not paired, how many the sweep did not find on one side or both.
    """

    both: int
    right: int
    wrong: int
    invented: int
    beyond: int
    equal: int
    unseen: int


def machine(path: Path) -> Machine:
    """Open an executable as zoll does, and forget the names of its own functions."""
    image = read_image(path.read_bytes(), "executable/elf")[0]
    swept = sweep(image)
    swept.names.clear()
    return Machine(image, swept)


def score(old: Machine, new: Machine, pairs: list[MachinePair], mine: Truth, theirs: Truth) -> Score:
    """Hold pairs against the names that the functions had."""
    both = set(mine.names.values()) & set(theirs.names.values())
    sides = ((old, mine), (new, theirs))
    found: Counter[str] = Counter()
    for pair in pairs:
        if pair.old is None or pair.new is None:
            continue
        one = mine.names.get(int(old.sweep.starts[pair.old]), "")
        two = theirs.names.get(int(new.sweep.starts[pair.new]), "")
        if one != two and twin(new, theirs, one, pair.new):
            two = one
        found[verdict(one, two, both)] += 1
        found["equal"] += one == two != "" and pair.likeness == 1
    seen = [{words.names.get(start) for start in one.sweep.starts.tolist()} for one, words in sides]
    unseen = len(both - (seen[0] & seen[1]))
    return Score(len(both), found["right"], found["wrong"], found["invented"], found["beyond"], found["equal"], unseen)


def twin(new: Machine, theirs: Truth, name: str, paired: int) -> bool:
    """Say whether the true partner is equal to the one that was found, in code and in all that it names."""
    numbers = [at for at, start in enumerate(new.sweep.starts.tolist()) if theirs.names.get(start) == name]
    return bool(numbers) and identity(new, numbers[0]) == identity(new, paired)


def identity(one: Machine, function: int) -> tuple[int, bytes, bytes]:
    """Return all that tells a function from others."""
    parts = []
    for rows in (one.calls, one.references):
        values = rows.value[rows.begins[function] : rows.begins[function + 1]]
        parts.append(values.tobytes())
    return int(one.sweep.digests[function]), parts[0], parts[1]


def verdict(one: str, two: str, both: set[str]) -> str:
    """Say what a pair of named functions is."""
    if one == two:
        return "right" if one else "nameless"
    if one in both:
        return "wrong"
    return "invented" if two in both else "beyond"


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
    cells += shares(one, one.equal, one.right, one.wrong + one.invented, one.both - one.right - one.wrong, one.unseen)
    cells += [str(one.beyond), f"{seconds:.1f}"]
    cells += shares(told, told.right, told.wrong + told.invented, told.both - told.right - told.wrong)
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
