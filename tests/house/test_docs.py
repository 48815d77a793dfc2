"""The documentation says what the program does: made pages are current, stated facts agree."""

import json
import re
import tomllib
from importlib.resources import files
from itertools import pairwise

import msgspec

from zoll.catalogue import plugins
from zoll.cli.docs_pages import pages, with_help
from zoll.cli.screen.bounds import OpeningLimits, WorkerLimits
from zoll.judge.rulebook import load
from zoll.pipeline import inspect
from zoll.reports.declaring import HOW
from zoll.reports.options import Options

ANEW = "{name} is not what the program says now; run `make docs` and read the diff"
CELL = re.compile(r"`([^`]+)`")
# What containers say of their members and judges of a place; not for readers' DOC.yields.
STANDING = re.compile(r"^`(role|place|circumstance)`", re.MULTILINE)


def page(house, name):
    return (house.root / "docs" / name).read_text(encoding="utf-8")


def table(text, heading):
    """Return the first column's words in backquotes of the table that follows a heading."""
    lines = text.split(heading, 1)[1].split("\n## ", 1)[0].splitlines()
    rows = [line.split("|")[1] for line in lines if line.startswith("|") and "---" not in line]
    cells = [row for row in rows if row.strip() not in ("field", "status")]
    return [word for row in cells for word in CELL.findall(row) or [row.strip()]]


def test_made_pages_are_current(house):
    for name, text in pages().items():
        assert page(house, name) == text, ANEW.format(name=f"docs/{name}")


def test_the_readme_shows_the_programs_own_help(house):
    readme = (house.root / "README.md").read_text(encoding="utf-8")
    assert with_help(readme) == readme, ANEW.format(name="README.md")


def test_the_readmes_picture_is_what_the_program_shows(house):
    example = house.root / "examples" / "small-cell"
    report = inspect(example / "1.4.2", example / "1.4.3")
    shown = plugins("zoll.reports")["svg"].render(report, Options(top=1))
    assert page(house, "small-cell.svg") == shown, ANEW.format(name="docs/small-cell.svg")


def test_every_link_leads_somewhere(house):
    broken = [
        f"{path.name}: {target}"
        for path in [house.root / "README.md", *sorted((house.root / "docs").glob("*.md"))]
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_on_the_index(house):
    index = page(house, "index.md")
    assert [path.name for path in sorted((house.root / "docs").glob("*.md")) if f"({path.name})" not in index] == [
        "index.md"
    ]


def kinds(house):
    """Return the kinds that docs/facts.md defines: the first column of its tables, and the standing facts."""
    text = page(house, "facts.md")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {word for cell in cells for word in CELL.findall(cell)} | set(STANDING.findall(text))


def test_every_kind_that_readers_yield_is_in_the_vocabulary(house):
    known = kinds(house)
    strange = {
        f"{name}: {kind}"
        for name, module in plugins("zoll.readers").items()
        for kind in module.DOC.yields
        if kind not in known
    }
    assert strange == set()


def test_every_kind_that_rules_ask_for_is_in_the_vocabulary(house):
    known = kinds(house)
    strange = set()
    for rule in load():
        for pattern in (*rule.gained, *rule.lost, *rule.standing, *rule.without):
            alternatives = re.split(r"[|()^$]+", pattern.kind)
            strange |= {
                f"{rule.id}: {word}"
                for word in alternatives
                if word and not any(re.fullmatch(word, kind) for kind in known)
            }
    assert strange == set()


def test_the_limits_and_their_defaults_are_the_programs(house):
    rows = [line.split("|")[1:3] for line in page(house, "limits.md").splitlines() if line.startswith("| `")]
    written = {name.strip().strip("`"): default.strip() for name, default in rows}
    real = {**msgspec.structs.asdict(OpeningLimits()), **msgspec.structs.asdict(WorkerLimits())}
    assert written == {name: str(default) for name, default in real.items()}


def test_the_json_fields_are_those_of_the_schema(house):
    schema = json.loads((files("zoll.reports") / "report.schema.json").read_text(encoding="utf-8"))
    text = page(house, "scripts.md")
    assert set(table(text, "## JSON")) >= {"schema", "old", "new", "account", "gaps", "findings"}
    for name in table(text, "## JSON"):
        assert f'"{name}"' in json.dumps(schema), f"docs/scripts.md speaks of {name}, the schema does not"


def test_the_exit_statuses_are_those_that_tests_show(house):
    assert table(page(house, "scripts.md"), "## Exit status") == ["0", "1", "2", "130", "143"]


def test_the_floors_are_those_that_are_checked(house):
    contracts = tomllib.loads((house.root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    block = page(house, "architecture.md").split("```text\n", 1)[1].split("```", 1)[0]
    assert block.splitlines() == layers
    rooms = [path.name for path in sorted(house.source.iterdir()) if path.is_dir() and not path.name.startswith("__")]
    assert [room for room in rooms if f"`{room}`" not in page(house, "architecture.md")] == []


def test_each_way_to_add_something_names_a_room_that_is_there(house):
    for place in re.findall(r"`(src/zoll/[a-z_/.]+)", page(house, "adding.md")):
        assert (house.root / place.rsplit("/", 1)[0]).exists(), place


def test_commands_and_rules_named_in_the_pages_exist(house):
    ids = {rule.id for rule in load()}
    for first, name in pairwise(page(house, "first-upgrade.md").split()):
        assert first != "explain" or name.strip("`") in ids | {"RULE"}


def test_the_ways_of_declaring_are_those_of_reports(house):
    rows = [line.split("|")[1].strip() for line in page(house, "declaring.md").splitlines() if line.startswith("|")]
    assert [row for row in rows if row in HOW] == list(HOW)
