"""Classes, compiled Python and assemblies compared function by function."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from zoll.model import Pair, Part, Place
from zoll.parse.bytecode import LANGUAGES
from zoll.pipeline import Settings, inspect
from zoll.pipeline.bytecode import translated
from zoll.pipeline.reading import read_pair
from zoll.pipeline.sides import File

UPGRADES = Path(__file__).parents[2] / "upgrades" / "planted"
CLASS, PYC, DOTNET = (UPGRADES / f"{name}-fixed-user-exec" for name in ("class", "pyc", "dotnet"))


@pytest.fixture(scope="module")
def jars(tmp_path_factory):
    """Return a report on a jar whose class gains a plant."""
    folder = tmp_path_factory.mktemp("jars")
    for side in ("old", "new"):
        with ZipFile(folder / f"{side}.jar", "w") as jar:
            jar.write(CLASS / side / "Login.class", "demo/Login.class")
    return inspect(folder / "old.jar", folder / "new.jar", Settings(jobs=1, strict=True))


def test_a_class_in_a_jar_is_read_method_by_method(jars):
    first = jars.findings[0]
    place = first.change.pair.place
    assert (place.path, place.symbol) == ("demo/Login.class", "Login.check")
    assert '.equals("svc-maint")' in first.hunk.after


def test_findings_stand_at_lines_of_the_true_source(jars):
    place, hunk = jars.findings[0].change.pair.place, jars.findings[0].hunk
    assert (place.start, place.address) == (5, 0)
    assert 5 <= hunk.new[0] <= hunk.new[1] <= 7
    assert {reading.at.start for reading in hunk.gained} <= {0, 5, 6, 7}


def test_texts_that_a_method_names_are_said_once(jars):
    said = [
        reading.at.symbol for one in jars.findings for reading in one.hunk.gained if reading.fact.value == "svc-maint"
    ]
    assert set(said) == {"Login.check"}


def test_compiled_python_stands_at_its_lines():
    first = inspect(PYC / "old", PYC / "new", Settings(jobs=1, strict=True)).findings[0]
    assert (first.change.pair.place.symbol, first.hunk.new[0]) == ("Login.check", 15)


def test_an_assembly_without_lines_stands_at_an_offset():
    first = inspect(DOTNET / "old", DOTNET / "new", Settings(jobs=1, strict=True)).findings[0]
    assert first.change.pair.place.symbol == "Login.Check"
    assert first.change.pair.place.address > 0


@pytest.mark.parametrize("kind", sorted(LANGUAGES))
def test_what_cannot_be_read_leaves_a_gap_or_goes_another_way(kind):
    gaps = []
    file = File(Part(Place(("x",)), kind, "d", 4), b"\xca\xfe\xba\xbe", "new", gaps)
    assert translated(None, file, gaps) is None
    assert [gap.side for gap in gaps] == ([] if kind == "executable/pe" else ["new"])


def test_a_broken_assembly_is_a_gap_and_never_taken_for_machine_code():
    old = (DOTNET / "old" / "Login.dll").read_bytes()
    for new in (old[:67], old[:0x3C] + b"\xff" + old[0x3D:], old[: len(old) // 2]):
        sides = {"old": old, "new": new}
        parts = [Part(Place(("Login.dll",)), "executable/pe", name, len(data)) for name, data in sides.items()]
        answer = read_pair(Pair(parts[0], parts[1], "place"), sides.__getitem__)
        assert answer.gaps or answer.changes
        assert not answer.functions
