"""The second page: every plant that is not among the first ten, and every clean upgrade that reaches hold."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import measured as m
import numpy as np
from measured import Measured
from tables import number, plain, section, table

from zoll.judge.rulebook import load
from zoll.learn.figures import FIRSTS, NOWHERE

NOTES = Path(__file__).parent / "misses.toml"  # what was done about some of them, by id of the case
CLASSES = {
    "AC": "fixed secret in authentication",
    "BI": "injected while building",
    "CE": "execution of commands",
    "EX": "exfiltration",
    "HS": "hidden service",
    "IH": "install or start hook",
    "LI": "abuse of lawful interception",
    "MP": "magic input",
    "NA": "new account or key",
    "RC": "check removed or changed",
    "SB": "sabotage",
    "TS": "trust store",
    "UH": "hijacked update channel",
    "WC": "weakened cryptography",
}
SEEN = FIRSTS[-1]
MISSED = [
    "class",
    "rank",
    "of",
    "case",
    "family",
    "language",
    "difficulty",
    "what was planted",
    "what spoke for it",
    "strongest instead",
]
SPOKEN = 4


def misses_page(measured: Measured, header: str) -> str:
    """Return the page."""
    parts = [
        "# Benchmark: what was missed, and what was loud\n",
        f"{header}\n",
        "By counted bits with projects left out. Descriptions and titles are those of cases and findings.\n",
        missed(measured),
        loud(measured),
        absent(measured),
    ]
    return "\n".join(part for part in parts if part)


def missed(measured: Measured) -> str:
    """List the plants that are not among the first ten, by class."""
    ranks = {n: m.rank(measured.examples[n], measured.apart[n]) for n in measured.hostile()}
    away = sorted((n for n, place in ranks.items() if place > SEEN), key=lambda n: order_of(measured, n, ranks[n]))
    told = notes()
    rows = [[*labels(measured, n, ranks[n]), fired(measured, n), plain(strongest_title(measured, n))] for n in away]
    head, rows = with_notes(MISSED, rows, [plain(told.get(str(measured.examples[n].case["id"]), "")) for n in away])
    return section("Plants not among the first ten", by_class(measured, ranks), table(head, rows) if rows else "None.")


def notes() -> dict[str, str]:
    """Return what was done about some cases, by id."""
    return tomllib.loads(NOTES.read_text(encoding="utf-8"))["done"] if NOTES.exists() else {}


def with_notes(head: list[str], rows: list[list[str]], told: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Return a table with what was done as its last column, when anything was."""
    if not any(told):
        return head, rows
    return [*head, "what was done"], [[*row, note] for row, note in zip(rows, told, strict=True)]


def order_of(measured: Measured, n: int, place: int) -> tuple[str, int, str]:
    """Return what misses are ordered by."""
    case = measured.examples[n].case
    return str(case.get("class")), place, str(case["id"])


def labels(measured: Measured, n: int, place: int) -> list[str]:
    """Return a missed case as cells."""
    example = measured.examples[n]
    case = example.case
    words = [str(case.get(key, "")) for key in ("id", "family", "language", "difficulty", "what")]
    where = "not found" if place == NOWHERE else str(place)
    return [str(case.get("class", "")), where, f"{len(example.rules)}", *map(plain, words)]


def fired(measured: Measured, n: int) -> str:
    """Return the strongest rules on the strongest planted finding."""
    example, scores = measured.examples[n], measured.apart[n]
    own = [place for place, planted in enumerate(example.planted) if planted]
    if not own:
        return ""
    weights = {rule.id: rule.bits for rule in load() if rule.bits > 0}
    spoke = [rule for rule in example.rules[max(own, key=lambda place: float(scores[place]))] if rule in weights]
    strongest = sorted(spoke, key=lambda rule: (-weights[rule], rule))[:SPOKEN]
    return ", ".join(f"`{rule}`" for rule in strongest) or "no rule"


def by_class(measured: Measured, ranks: dict[int, int]) -> str:
    """Return a table of the classes: how many planted, how many away, and why."""
    rows = []
    for name, numbers in m.groups(measured, lambda one: str(one.case.get("class", "")), list(ranks)):
        places = [ranks[n] for n in numbers]
        never = places.count(NOWHERE)
        low = sum(place > SEEN for place in places) - never
        rows.append([f"{name}: {CLASSES[name]}" if name in CLASSES else name, str(len(places)), str(low), str(never)])
    return table(["class", "planted", "found below the first ten", "not found"], rows)


def strongest_title(measured: Measured, n: int) -> str:
    """Return the title of the strongest finding by cross-validated bits; empty where there is none."""
    scores, found = measured.apart[n], measured.results[n]["findings"]
    return str(found[int(np.argmax(scores))].get("title") or "") if len(scores) == len(found) and len(found) else ""


def loud(measured: Measured) -> str:
    """List the clean upgrades that reach hold, loudest first."""
    reached = [n for n in measured.clean() if "hold" in m.levels_reached(measured, n)]
    reached.sort(key=lambda n: -float(measured.apart[n].max()))
    told = notes()
    head = ["case", "upgrade", "changes", "bits", "at hold", "where", "strongest finding"]
    done = [plain(told.get(str(measured.examples[n].case["id"]), "")) for n in reached]
    head, rows = with_notes(head, [loud_row(measured, n) for n in reached], done)
    return section("Clean upgrades that reach hold", table(head, rows) if rows else "None.")


def loud_row(measured: Measured, n: int) -> list[str]:
    """Return a loud upgrade as cells."""
    example, scores = measured.examples[n], measured.apart[n]
    holds = m.levels_reached(measured, n).count("hold")
    place = example.places[int(np.argmax(scores))]
    words = [str(example.case["id"]), str(example.case.get("what", ""))]
    told = [str(example.hunks), number(float(scores.max())), str(holds)]
    return [*map(plain, words), *told, plain(place), plain(strongest_title(measured, n))]


def absent(measured: Measured) -> str:
    """List the cases without a result."""
    names = [plain(str(case["id"])) for case in measured.without_result()]
    return section("Cases without a result", listed(names)) if names else ""


def listed(names: Sequence[str]) -> str:
    """Return names as one paragraph."""
    return f"{len(names)}: {', '.join(names)}."
