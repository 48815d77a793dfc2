"""Inspected cases as examples: of each finding the rules that spoke, its words, and whether it was planted."""

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from zoll.errors import BadInput
from zoll.judge.expectation import kind_of
from zoll.judge.names import named
from zoll.judge.rulebook import Book, load
from zoll.judge.weighing import weigh
from zoll.judge.words import spelled
from zoll.learn.beside import beside
from zoll.learn.truth import Row, hits
from zoll.model import Fact

Case = dict[str, Any]
_PLACE = re.compile(r"(.*?):\d* (.+)", re.DOTALL)  # of a finding in a function: path, line, symbol
CROWD = 12  # findings that meet one truth


class _Fact(Struct):
    kind: str
    value: str
    traits: tuple[str, ...]
    new: str = ""
    mentions: int | None = None

    def fact(self) -> Fact:
        return Fact(self.kind, self.value, self.traits)


class _Signal(Struct):
    rule: str


class _Found(Struct):
    path: str
    line: int | None
    line_end: int | None
    symbol: str | None
    signals: list[_Signal]
    standing: list[str]
    gained: list[_Fact]
    lost: list[_Fact]
    offset: int | str | None = None  # virtual, of a function in an executable

    def place(self) -> dict[str, Any]:
        lines = {"line": self.line, "line_end": self.line_end}
        return lines | {"path": self.path, "symbol": self.symbol, "offset": self.offset}


class _Account(Struct):
    brought: int


class Inspected(Struct):
    """What is needed of a report, `zoll.report/1`."""

    account: _Account
    findings: list[_Found]


class Example(Struct):
    """One inspected upgrade: `rules` to `lines` stand side by side, one for each finding.

    `lines` holds how many changed lines each finding puts before a reader, 1 where that is unknown; `names` the parts
    of names in it (`judge.names`), which is empty where nothing is known of them; `kind` is the kind of the upgrade.
    """

    case: Case
    hunks: int
    rules: list[tuple[str, ...]]
    words: list[tuple[str, ...]]
    planted: list[bool]
    places: list[str]
    lines: list[int] = []
    names: list[tuple[str, ...]] = []
    kind: str = ""

    @property
    def hostile(self) -> bool:
        """Whether something was planted in it."""
        return self.case.get("set") == "attack"

    def said(self) -> Iterator[tuple[str, ...]]:
        """Yield what is counted of each finding: its words and the parts of its names."""
        names = self.names or [()] * len(self.words)
        return (words + parts for words, parts in zip(self.words, names, strict=True))

    def functions(self) -> list[str]:
        """Return the path and symbol of each finding, "" for those outside functions."""
        met = map(_PLACE.fullmatch, self.places)
        return [f"{one[1]} {one[2]}" if one else "" for one in met]

    @property
    def project(self) -> str:
        """What must stay together when cases are left out: all upgrades of one project."""
        return str(self.case.get("project") or self.case.get("pair") or self.case["id"])


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a `cases.jsonl`; raises BadInput where it is none."""
    try:
        lines = path.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=Case) for line in lines if line.strip()]
    except (OSError, msgspec.DecodeError) as error:
        raise BadInput(f"cannot read cases from {path}: {error}") from error


def has_report(reports: Path, name: str) -> bool:
    """Say whether a folder holds a case's report."""
    return any((reports / f"{name}.json{packed}").exists() for packed in ("", ".gz"))


def read_examples(cases: Iterable[Case], reports: Path) -> Iterator[Example]:
    """Yield the cases of which `reports` holds a JSON report, `<id>.json` or `<id>.json.gz`, in order."""
    told = [case for case in cases if has_report(reports, str(case["id"]))]
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for answer in beside(len(told), lambda piece: msgspec.msgpack.encode(_example(told[piece], reports))):
        example = msgspec.msgpack.decode(answer, type=Example)
        for side in (example.rules, example.words, example.names):
            side[:] = [known.setdefault(said, said) for said in side]  # upgrades say the same again and again
        yield example


def _example(case: Case, reports: Path) -> Example:
    return example_of(case, _report(reports, str(case["id"])))


def example_of(case: Case, report: Inspected) -> Example:
    """Return a case with what its report found."""
    truth = case.get("truth") or []
    hostile = case.get("set") == "attack"
    return Example(
        case,
        report.account.brought,
        [tuple(signal.rule for signal in found.signals) for found in report.findings],
        [_words(found) for found in report.findings],
        _planted(report.findings, truth) if hostile else [False] * len(report.findings),
        [f"{found.path}:{found.line or ''} {found.symbol or ''}".strip() for found in report.findings],
        [_lines(found) for found in report.findings],
        [_names(found) for found in report.findings],
        kind_of(found.standing for found in report.findings),
    )


def judged_bits(example: Example, book: Book) -> list[float]:
    """Return what the judged bits of the rules alone come to, for each finding."""
    rules = {rule.id: rule for rule in load()}
    spoken = [[rules[name] for name in names if name in rules] for names in example.rules]
    counts = Counter(rule.id for fired in spoken for rule in fired)
    size = max(example.hunks, len(spoken))  # removals are findings too
    return [weigh([(rule, ()) for rule in fired], counts, size, book.caps)[0] for fired in spoken]


def _lines(found: _Found) -> int:
    return found.line_end - found.line + 1 if found.line and found.line_end and found.line_end >= found.line else 1


def _planted(findings: Sequence[_Found], truth: Sequence[Row]) -> list[bool]:
    """Return which findings meet the truth; where very many do (one line of a minified file), those that name it."""
    met = [hits(found.place(), truth) for found in findings]
    if sum(met) <= CROWD:
        return met
    symbols = [{**one, "lines": None} for one in truth if one.get("symbol")]
    named = [hits(found.place(), symbols) for found in findings]
    return named if any(named) else met


def _words(found: _Found) -> tuple[str, ...]:
    gained = [(one.fact(), one.new, -1 if one.mentions is None else one.mentions) for one in found.gained]
    return spelled(gained, [one.fact() for one in found.lost], found.standing)


def _names(found: _Found) -> tuple[str, ...]:
    gained, lost = ([one.fact() for one in side] for side in (found.gained, found.lost))
    return named(found.symbol or "", gained, lost)


def _report(folder: Path, name: str) -> Inspected:
    plain, packed = folder / f"{name}.json", folder / f"{name}.json.gz"
    try:
        if packed.exists():
            return msgspec.json.decode(gzip.decompress(packed.read_bytes()), type=Inspected)
        return msgspec.json.decode(plain.read_bytes(), type=Inspected)
    except (OSError, EOFError, msgspec.DecodeError) as error:
        raise BadInput(f"cannot read the report of {name} in {folder}: {error}; inspect it again") from error
