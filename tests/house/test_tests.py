"""Every source file has its test; every plug-in has its DOC and its sample."""

import ast
import tomllib

from zoll.catalogue import plugins
from zoll.cli.screen.listing import commands

# file: why it has no test file of its own
EXEMPT = {
    "__init__.py": "holds the version alone",
    "__main__.py": "calls the command, as the installed program does",
    "parse/code.py": "structs without behaviour; every parser's test is made of them",
    "reports/options.py": "a struct without behaviour",
}
ROOMS = {
    "fetch": ("origin", "fetch"),
    "openers": ("claim", "open"),
    "readers": ("read",),
    "components": ("wants", "find"),
    "reports": ("render",),
}
# an opener without `open`: folders are walked where a release is opened, since they have no bytes
HALF = {("folder", "open")}
SAMPLED = ("openers", "readers")


def behaves(tree):
    """Say whether a file holds more than imports, constants and plain structs: any function or method."""
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


def wanted(house, path):
    """Return the places of which one must be there: a test file named after the file, or a plug-in's samples."""
    inner = path.relative_to(house.source)
    stem = inner.parent.name if inner.name == "__init__.py" else inner.stem
    folder = house.root / "tests" / "unit" / inner.parent
    places = [folder / f"test_{stem}.py", folder / stem / f"test_{stem}.py", *folder.glob(f"test_{stem}_*.py")]
    if inner.parts[0] in SAMPLED and len(inner.parts) == 2:
        places.append(house.root / "tests" / "samples" / inner.parts[0] / stem)
    if inner.parts[:2] == ("parse", "languages"):
        places.append(house.root / "tests" / "samples" / "parse" / "source" / stem)
    return places


def module(house, path):
    """Return a file's dotted name."""
    parts = path.relative_to(house.source).with_suffix("").parts
    return ".".join(("zoll", *(part for part in parts if part != "__init__")))


def inner_works(house, tested):
    """Return the modules that no other room uses and that a tested module of their own stands on."""
    stands_on = {module(house, path): _imports(house.tree(path)) for path in house.files}
    reached, waiting = set(), list(tested)
    while waiting:
        name = waiting.pop()
        room = name.split(".")[1:2]
        further = {other for other in stands_on.get(name, ()) if other in stands_on and other.split(".")[1:2] == room}
        waiting += further - reached
        reached |= further
    outside = {
        other for name, names in stands_on.items() for other in names if other.split(".")[1:2] != name.split(".")[1:2]
    }
    return reached - outside


def _imports(tree):
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def imported(house):
    """Return every module that some unit or property test imports from: what it tests by name."""
    found = set()
    for path in (
        *(house.root / "tests" / "unit").rglob("test_*.py"),
        *(house.root / "tests" / "properties").rglob("*.py"),
    ):
        found |= _imports(house.tree(path))
    return found


def test_every_source_file_has_its_test(house, excused):
    files = [path for path in house.files if path.name != "__init__.py" or behaves(house.tree(path))]
    met = imported(house)
    own = {
        module(house, path)
        for path in files
        if module(house, path) in met or any(place.exists() for place in wanted(house, path))
    }
    reached = own | inner_works(house, own)
    found = [house.name(path) for path in files if module(house, path) not in reached]
    bare = [house.name(path) for path in house.files if house.name(path) in EXEMPT and not behaves(house.tree(path))]
    needed = [name for name in found if name not in EXEMPT] + [name for name in (*found, *bare) if name in EXEMPT]
    excused(needed, EXEMPT, "without a test file (tests/unit/<room>/test_<module>.py) or, for a plug-in, samples:")


def test_every_test_file_is_about_the_room_that_it_stands_in(house):
    unit = house.root / "tests" / "unit"
    stray = []
    for test in sorted(unit.rglob("test_*.py")):
        inner = test.relative_to(unit)
        folder = house.source / inner.parent
        named = {path.stem for path in folder.glob("*")} | {folder.name}
        room = ".".join(("zoll", *inner.parts[:1]))
        if inner.stem.removeprefix("test_") not in named and not any(
            name.startswith(room) for name in _imports(house.tree(test))
        ):
            stray.append(str(inner))
    assert stray == []


def test_every_plugin_says_what_it_is(house):
    silent = []
    for room, contract in ROOMS.items():
        for path in sorted((house.source / room).glob("*.py")):
            defined = {node.name for node in house.tree(path).body if isinstance(node, ast.FunctionDef)}
            if set(contract) <= defined and path.stem not in plugins(f"zoll.{room}"):
                silent.append(f"{house.name(path)} has {', '.join(contract)} but no DOC")
    assert silent == []


def test_every_doc_is_filled_and_every_plugin_keeps_the_contract():
    poor = []
    for room, contract in ROOMS.items():
        for name, module in plugins(f"zoll.{room}").items():
            doc = module.DOC
            if not (doc.title and doc.reads and doc.yields) or doc.title.endswith("."):
                poor.append(f"{room}/{name}: DOC needs a title without a full stop, what it takes and what it gives")
            poor += [
                f"{room}/{name}: has no {function}"
                for function in contract
                if (name, function) not in HALF and not callable(getattr(module, function, None))
            ]
    assert poor == []


def test_every_opener_and_reader_has_a_sample_with_a_golden(house):
    poor = []
    for room in SAMPLED:
        for name in plugins(f"zoll.{room}"):
            folder = house.root / "tests" / "samples" / room / name
            if not any(sample.stat().st_size for sample in folder.rglob("golden*.txt")):
                poor.append(f"tests/samples/{room}/{name}/")
    assert poor == []


def test_every_plugin_is_held_to_know_no_other(house):
    text = (house.root / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    held = {name for contract in contracts if contract["type"] == "independence" for name in contract["modules"]}
    rooms = ("openers", "readers", "components", "reports")
    there = {f"zoll.{room}.{name}" for room in rooms for name in plugins(f"zoll.{room}")}
    there |= {f"zoll.cli.{name}" for name in commands()}
    assert held == there
