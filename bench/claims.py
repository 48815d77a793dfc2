"""Hold real upgrades against their own notes, and against the false ones of `claims.toml`.

usage: python bench/claims.py --into DIR [--only UPGRADE ...] [--every]

True notes must accuse nobody, false ones must all be called missing; else the exit status is 1. `--every` prints each
claim, to be judged by hand.
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from zoll.fetch import fetch
from zoll.model import Claim
from zoll.pipeline import Settings, inspect

RECIPES = Path(__file__).parent / "claims.toml"
OUTCOMES = ("found", "open", "missing")


def main() -> int:
    """Print a line per upgrade and one per wrong answer."""
    asked = arguments()
    recipes = tomllib.loads(RECIPES.read_text(encoding="utf-8"))
    wrong = 0
    counts: Counter[str] = Counter()
    print(f"{'upgrade':16}{'notes':>8}{'claims':>8}" + "".join(f"{word:>9}" for word in OUTCOMES) + f"{'false':>10}")
    for name, (old, new) in recipes["true"].items():
        if not asked.only or name in asked.only:
            lies = recipes["false"].get(name, [])
            fresh, claims = claims_of(old, new, lies, asked.into / f"{name}.md")
            own = [claim for claim in claims if claim.note.by == "release"]
            caught = {claim.note.words for claim in claims if claim.note.by == "user" and claim.outcome == "missing"}
            tell(name, fresh - len(lies), own, f"{len(caught)} of {len(lies)}")
            accused = [claim for claim in own if claim.outcome == "missing"]
            wrong += len(accused) + len(lies) - len(caught)
            counts.update(claim.outcome for claim in own)
            show(claims if asked.every else accused)
    print(f"true claims: {dict(sorted(counts.items()))}; wrong answers: {wrong}")
    return 1 if wrong else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True, help="folder for the false notes, outside the repository")
    parser.add_argument("--only", nargs="*", default=[], help="names of upgrades")
    parser.add_argument("--every", action="store_true", help="print every claim")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    return asked


def claims_of(old: str, new: str, lies: Sequence[str], notes: Path) -> tuple[int, tuple[Claim, ...]]:
    """Inspect one upgrade with false notes beside its own; return the number of fresh notes, and all claims."""
    notes.write_text("".join(f"- {lie}\n" for lie in lies), encoding="utf-8")
    report = inspect(fetch(old), fetch(new), Settings(strict=True, notes=(str(notes),) if lies else ()))
    return sum(note.fresh for note in report.notes), report.claims


def tell(name: str, fresh: int, claims: Sequence[Claim], caught: str) -> None:
    """Print the line of one upgrade."""
    counts = Counter(claim.outcome for claim in claims)
    row = "".join(f"{counts[word]:>9}" for word in OUTCOMES)
    print(f"{name:16}{fresh:>8}{len(claims):>8}{row}{caught:>10}", flush=True)


def show(claims: Sequence[Claim]) -> None:
    """Print claims, one line each."""
    for claim in claims:
        looked = "; ".join(claim.looked)
        print(
            f"    {claim.outcome:8}{claim.kind:8}{claim.subject} {claim.version}: {claim.note.words[:90]!r}  {looked}"
        )


if __name__ == "__main__":
    sys.exit(main())
