"""Shows what declaring does to the small planted upgrades of tests/upgrades: rank and bits, undeclared and declared.

usage: python bench/declaring.py

Each plant is inspected as it is, then with a note that names what it brings, then with one that only hints at it.
Declaring lowers a finding and never hides one.
"""

import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from zoll.declared.lookup import KINDS
from zoll.declared.mention import parts_of
from zoll.declared.words import word_of
from zoll.model import Finding
from zoll.pipeline import Settings, inspect

ROOT = Path(__file__).parents[1]
SLACK = 5
Rank = tuple[int, float, str]


def main() -> None:
    """Print a line per plant and the means."""
    rows: list[tuple[str, list[Rank | None]]] = []
    print(f"{'plant':24}{'word':28}{'undeclared':>16}{'declared':>16}{'hinted':>16}")
    for folder in sorted(path.parent for path in (ROOT / "tests/upgrades/planted").glob("*/truth.toml")):
        truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
        found = findings(folder, "")
        finding = next((one for one in found if hits(one, truth)), None)
        word = name_of(finding) if finding else ""
        notes = ["", f"Adds {word}.", "Now also covers " + ", ".join(reversed(parts_of(word))) + "."]
        ranks = [rank(findings(folder, note), truth) for note in notes]
        rows.append((folder.name, ranks))
        print(f"{folder.name:24}{word[:26]:28}" + "".join(f"{said(one):>16}" for one in ranks), flush=True)
    for place, name in enumerate(("undeclared", "declared", "hinted")):
        bits = [ranks[place][1] for _, ranks in rows if ranks[place]]
        first = sum(1 for _, ranks in rows if ranks[place] and ranks[place][0] == 1)
        print(f"{name}: {len(bits)} of {len(rows)} listed, {first} first, {sum(bits) / len(bits):.2f} bits at the mean")


def findings(folder: Path, note: str) -> Sequence[Finding]:
    """Return the findings of an upgrade, with a note by the user if there is one."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "notes.txt"
        path.write_text(note, encoding="utf-8")
        notes = (str(path),) if note else ()
        return inspect(folder / "old", folder / "new", Settings(jobs=1, notes=notes)).findings


def hits(finding: Finding, truth: dict[str, Any]) -> bool:
    """Say whether a finding is about the plant."""
    first, last = finding.hunk.new
    inside = first > 0 and first - SLACK <= truth["lines"][1] and last + SLACK >= truth["lines"][0]
    symbol = finding.change.pair.place.symbol.rsplit(".", 1)[-1]
    return finding.change.pair.place.path.endswith(truth["path"]) and (inside or symbol == truth.get("symbol"))


def name_of(finding: Finding) -> str:
    """Return the name by which notes would speak of a finding: of a thing it gained, else of its function or file."""
    gained = [word_of(one.fact) for one in finding.hunk.gained if one.fact.kind in KINDS]
    place = finding.change.pair.place
    return next((word for word in gained if word), "") or place.symbol.rsplit(".", 1)[-1] or place.name


def rank(found: Sequence[Finding], truth: dict[str, Any]) -> Rank | None:
    """Return rank, bits and level of the plant."""
    return next(((one.rank, one.bits, one.level) for one in found if hits(one, truth)), None)


def said(one: Rank | None) -> str:
    """Return a rank in a few words."""
    return f"#{one[0]} {one[1]:.1f} {one[2]}" if one else "-"


if __name__ == "__main__":
    main()
