"""Which components there are, what their numbers suggest, and the class of real small upgrades."""

import pytest

from zoll.model import Pair, Part, Place
from zoll.pipeline import Settings, inspect
from zoll.pipeline.classes import Homes, component_numbers


def parts(*paths):
    return [Part(Place(tuple(path.split("!/"))), "text/plain", path, 9) for path in paths]


def homes(*paths):
    them = parts(*paths)
    found = Homes(them, [Pair(part, part, "place") for part in them])
    return {path: found(part.place.hops) for path, part in zip(paths, them, strict=True)}


def test_top_folders_are_components_below_what_holds_all():
    assert homes("pkg-1.2/src/a.c", "pkg-1.2/tool/b.c", "pkg-1.2/README") == {
        "pkg-1.2/src/a.c": "pkg/src",
        "pkg-1.2/tool/b.c": "pkg/tool",
        "pkg-1.2/README": "",
    }


def test_folders_that_hold_packages_are_looked_into():
    found = homes("node_modules/a/index.js", "node_modules/b/lib/x.js", "usr/lib/d/x", "usr/share/e/y", "main.js")
    assert list(found.values()) == ["node_modules/a", "node_modules/b", "usr/lib/d", "usr/share/e", ""]


def test_packages_inside_are_components_whatever_their_version():
    old, new = parts("i/a_1.0_all.deb!/usr/bin/a", "i/b.c"), parts("i/a_1.1_all.deb!/usr/bin/a", "i/b.c")
    found = Homes([*old, *new, *parts("j/x")], [Pair(old[0], new[0], "version")])
    assert found(old[0].place.hops) == found(new[0].place.hops) != ""


def test_what_a_component_says_of_itself_is_none():
    assert set(homes("x-1.0.dist-info/METADATA", "x/a.py", "tests/t.py", ".github/w.yml").values()) == {"", "x"}


def test_components_state_their_versions():
    texts = {"old": '{"version": "1.0.0"}', "new": '{"version": "1.0.1"}'}
    old, new = (
        [
            Part(Place(("node_modules/a/package.json",)), "config/json", side, 20),
            Part(Place((f"lib/z-{number}/z.c",)), "code/c", "x", 20),
        ]
        for side, number in (("old", "1.2"), ("new", "1.3"))
    )
    found = Homes([*old, *new], [Pair(*both, "place") for both in zip(old, new, strict=True)])
    numbers = component_numbers(old, new, found, lambda digest: texts.get(digest, "").encode())
    assert {name: (one.old, one.new, one.suggested) for name, one in numbers.items()} == {
        "node_modules/a": ("1.0.0", "1.0.1", "maintenance"),
        "lib/z": ("1.2", "1.3", "function"),
    }


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


BEFORE = {
    "VERSION": "1.4.2\n",
    "tool/run.py": "import os\n\n\ndef start(name):\n    return os.path.join('/srv', name)\n",
    "lib/size.py": "def size(data):\n    return len(data)\n",
}


@pytest.mark.parametrize(
    ("files", "kind", "holds"),
    [
        ({}, "rebuild", True),
        ({"lib/size.py": "def size(data):\n    return len(data or b'')\n"}, "maintenance", True),
        ({"tool/run.py": BEFORE["tool/run.py"] + "\n\ndef stop(name):\n    return name\n"}, "function", False),
        (
            {"tool/run.py": BEFORE["tool/run.py"].replace("'/srv'", "os.environ['RUN_ROOT']")},
            "function",
            False,
        ),
    ],
)
def test_small_upgrades(tmp_path, files, kind, holds):
    write(tmp_path / "old", BEFORE)
    write(tmp_path / "new", {**BEFORE, "VERSION": "1.4.3\n", **files})
    report = inspect(tmp_path / "old", tmp_path / "new", Settings(jobs=1, strict=True))
    whole = report.classes[0]
    assert (whole.kind, whole.old_version, whole.new_version, whole.suggested) == (
        kind,
        "1.4.2",
        "1.4.3",
        "maintenance",
    )
    spoken = {signal.rule for finding in report.findings for signal in finding.signals}
    assert "undeclared/numbered-maintenance" not in spoken or not holds
