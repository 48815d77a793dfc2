"""Small forms of upgrades: a plant must stand among the first, and nothing clean may be held."""

import tomllib
from pathlib import Path

import pytest

from zoll.pipeline import Settings, inspect

HERE = Path(__file__).parent
PLANTED = sorted(path.parent for path in HERE.glob("planted/*/truth.toml"))
CLEAN = sorted(path for path in HERE.glob("clean/*") if path.is_dir())
SLACK = 5  # lines, as in the benchmark's own scoring

NOT_AMONG = """{what}
stands at {path} {lines}, but not among the first {first}. What stands there instead:
{found}"""
HELD = """{name} is an ordinary upgrade, yet something of it is held:
{found}"""


def ids(paths):
    return [path.name for path in paths]


def report_on(folder):
    return inspect(folder / "old", folder / "new", Settings(jobs=1, strict=True))


def symbol_of(finding):
    return finding.change.pair.place.symbol.rsplit(".", 1)[-1].rsplit("::", 1)[-1]


def hits(finding, truth):
    if not finding.change.pair.place.path.endswith(truth["path"]):
        return False
    if truth.get("symbol") and symbol_of(finding) == truth["symbol"]:
        return True
    first, last = finding.hunk.new
    return first > 0 and first - SLACK <= truth["lines"][1] and last + SLACK >= truth["lines"][0]


def shown(findings):
    return "\n".join(
        f"  {f.bits:5.1f} {f.level:6} {f.change.pair.place.path} {symbol_of(f)} {[s.rule for s in f.signals]}"
        for f in findings[:4]
    )


@pytest.mark.parametrize("folder", PLANTED, ids=ids(PLANTED))
def test_a_plant_stands_among_the_first(folder):
    truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
    findings = report_on(folder).findings
    found = any(hits(finding, truth) for finding in findings[: truth["first"]])
    assert found, NOT_AMONG.format(**truth, found=shown(findings))


@pytest.mark.parametrize("folder", CLEAN, ids=ids(CLEAN))
def test_nothing_clean_is_held(folder):
    held = [finding for finding in report_on(folder).findings if finding.level == "hold"]
    assert not held, HELD.format(name=folder.name, found=shown(held))


def test_every_planted_upgrade_says_what_it_is():
    asked = {"path", "lines", "first", "family", "what"}
    for folder in (path for path in HERE.glob("planted/*") if path.is_dir()):
        truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
        assert asked <= truth.keys(), folder.name
        assert (folder / "new" / truth["path"]).is_file(), folder.name
