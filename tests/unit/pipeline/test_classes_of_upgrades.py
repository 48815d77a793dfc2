"""The change class of the small upgrades, as a golden: kind, numbers and evidence."""

from pathlib import Path

import pytest

from zoll.pipeline import Settings, inspect

TESTS = Path(__file__).parents[2]
SAMPLES = TESTS / "samples" / "pipeline" / "classes"
READ = "should be read"  # hangs on bits, which are weighed anew now and then
NAMES = (
    "clean/c-overflow-fixed",
    "clean/java-version-bump",
    "clean/js-new-command",
    "clean/python-runner",
    "planted/c-magic-packet",
    "planted/js-header-role",
    "planted/js-install-script",
    "planted/python-environment-run",
    "planted/shell-key",
    "planted/unit-privilege",
)


def lines(report):
    for one in report.classes:
        step = " ".join(filter(None, (one.old_version, one.new_version, one.suggested)))
        yield f"{one.component or 'the whole'}: {one.kind}" + (f" ({step})" if step else "")
        yield from (
            f"  {words}" + (f" @ {at.path}:{at.start}" if at.hops else "")
            for words, at in one.evidence
            if READ not in words
        )


@pytest.mark.parametrize("name", NAMES)
def test_what_kind_of_change_it_is(name, golden):
    folder = TESTS / "upgrades" / name
    report = inspect(folder / "old", folder / "new", Settings(jobs=1, strict=True))
    (SAMPLES / name).mkdir(parents=True, exist_ok=True)
    golden(SAMPLES / name / "golden.txt", list(lines(report)))
