"""Shows for real upgrades what was gained and how much of it the release declares, and what it declares nowhere.

usage: python bench/gained.py [--list N] OLD NEW [OLD NEW ...]

OLD and NEW are folders, files or package URLs. Prints a table of options, environment values, addresses and compared
texts, then up to N of the undeclared ones of all upgrades, a line each, to be judged by hand.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from zoll.fetch import fetch
from zoll.model import Declaring, Report
from zoll.pipeline import Settings, inspect

KINDS = ("option", "environment", "endpoint", "comparison")
HOW = ("fresh", "standing", "vague", "undeclared")


def main() -> None:
    """Print the table and the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=int, default=50, metavar="N")
    parser.add_argument("releases", nargs="+")
    asked = parser.parse_args()
    missing: list[tuple[str, Declaring]] = []
    whole: Counter[tuple[str, str]] = Counter()
    print(f"{'upgrade':44}{'new notes':>10}  " + "".join(f"{kind:>22}" for kind in KINDS))
    for old, new in zip(asked.releases[::2], asked.releases[1::2], strict=True):
        report = inspect(fetch(old), fetch(new), Settings())
        counts = Counter((one.fact.kind, one.how) for one in report.declared)
        whole += counts
        name = label(report)
        print(f"{name:44}{sum(note.fresh for note in report.notes):>10}  {cells(counts)}", flush=True)
        missing += [(name, one) for one in report.declared if one.how == "undeclared" and one.fact.kind in KINDS]
    print(f"{'all':44}{'':>10}  {cells(whole)}")
    print(f"\neach cell: {' / '.join(HOW)}\n")
    for number, (name, one) in enumerate(missing[: asked.list], 1):
        where = f"{one.at.path[-60:]}:{one.at.start}"
        print(f"{number:3} {one.fact.kind:12} {one.fact.value[:48]!r:52} {name[:24]:24} {where}")


def label(report: Report) -> str:
    """Return a release's name; a folder called `pkg` says less than the one that holds it."""
    return report.new.name[:42]


def cells(counts: Counter[tuple[str, str]]) -> str:
    """Return the numbers of each kind."""
    return "".join(f"{'/'.join(str(counts[kind, how]) for how in HOW):>22}" for kind in KINDS)


if __name__ == "__main__":
    main()
