"""Learn from counted upgrades how many bits each sign of a plant deserves."""

from collections.abc import Sequence
from pathlib import Path

import click

from zoll.catalogue import plugins
from zoll.cli.screen import output
from zoll.cli.screen.progress import Screen
from zoll.errors import BadInput
from zoll.judge.counts import Counts, shipped
from zoll.learn.counting import learn, levels_of, matrix, written
from zoll.learn.examples import Case, Example, has_report, read_cases, read_examples
from zoll.learn.figures import figures
from zoll.learn.habits import habits
from zoll.learn.validation import without_families, without_projects
from zoll.pipeline import Settings, inspect, seldom_collected
from zoll.reports.options import Options


@click.command(epilog="Learning from hostile cases needs SciPy: pip install 'zoll[learn]'.")
@click.argument("cases", type=click.Path(path_type=Path))
@click.option(
    "--reports",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of JSON reports, <id>.json or <id>.json.gz; those that are missing are made.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the counts to this file instead of stdout.")
@click.option("--made-from", default="", help="Words that say in the file where the counts come from.")
@click.option("--validate", is_flag=True, help="Only print figures with projects, then families, left out in turn.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def command(cases: Path, reports: Path, out: Path | None, made_from: str, validate: bool, quiet: bool) -> None:
    """Learn from CASES, one upgrade a line, as JSON: {"id": ..., "old": PATH, "new": PATH}.

    With "set": "attack" and "truth": [{"path": ..., "lines": [first, last], "symbol": ...}] a case is hostile, else
    clean. From clean and hostile cases together all bits are fitted anew. From clean cases alone, your own accepted
    upgrades, the shipped counts are corrected: a vendor's habits count less, its departures more.

    \b
    zoll learn accepted.jsonl --reports reports/ --out vendor.json
    zoll inspect old/ new/ --counts vendor.json
    """
    told = read_cases(cases)
    with Screen(quiet=quiet, verbose=False) as screen, seldom_collected():
        _make_missing(told, reports, screen)
        screen.stage("reading reports", 0)
        examples = [example for example in read_examples(told, reports) if example.words]
        screen.stage("counting", 0)
        source = made_from or _source(cases, examples)
        text = _validated(examples) if validate else written(_learned(examples, source))
    output.put(text, out)


def _learned(examples: Sequence[Example], made_from: str) -> Counts:
    if not examples:
        raise BadInput("nothing to learn from: no case has a finding")
    if any(example.hostile for example in examples):
        return learn(examples, made_from)
    return habits(examples, shipped(), made_from)


def _validated(examples: Sequence[Example]) -> str:
    if not any(example.hostile for example in examples):
        raise BadInput('nothing to validate: no case says "set": "attack"')
    whole = matrix(examples)
    apart = without_projects(whole, examples)
    clean = [score for example, score in zip(examples, apart, strict=True) if not example.hostile]
    judged = [whole.dense[start:end, 0] for start, end in zip(whole.bounds[:-1], whole.bounds[1:], strict=True)]
    lines = [
        f"judged alone:      {figures(examples, judged).line()}",
        f"projects left out: {figures(examples, apart).line()}",
        f"families left out: {figures(examples, without_families(whole, examples), clean).line()}",
        f"levels: {levels_of(examples, apart)}",
    ]
    return "\n".join(lines)


def _source(cases: Path, examples: Sequence[Example]) -> str:
    hostile = sum(example.hostile for example in examples)
    projects = len({example.project for example in examples})
    return f"{len(examples) - hostile} clean and {hostile} hostile upgrades of {projects} projects in {cases.name}"


def _make_missing(cases: Sequence[Case], reports: Path, screen: Screen) -> None:
    missing = [case for case in cases if not has_report(reports, str(case["id"]))]
    if not missing:
        return
    reports.mkdir(parents=True, exist_ok=True)
    screen.stage("inspecting", len(missing))
    for case in missing:
        report = inspect(Path(case["old"]), Path(case["new"]), Settings())
        text: str = plugins("zoll.reports")["json"].render(report, Options())
        (reports / f"{case['id']}.json").write_text(text, encoding="utf-8")
        screen.step()
