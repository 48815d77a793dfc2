"""Reading only what a difference touches gives the same change as reading everything."""

from pathlib import Path

import pytest
from msgspec import structs

from zoll.compare.change import Side, compare, lined_up
from zoll.compare.touched import touched
from zoll.model import Pair, Part, Place
from zoll.parse.kinds import kind_of
from zoll.parse.source import open_code
from zoll.pipeline.sides import File

UPGRADES = Path(__file__).parents[2] / "upgrades"
CHANGED = sorted(
    path
    for path in UPGRADES.glob("*/*/new/**/*")
    if path.is_file() and kind_of(path.name, path.read_bytes()[:4096]).startswith("code/")
)
PLACE = Place(("a.c",), "f")


def opened(path, data):
    part = Part(Place((path.name,)), kind_of(path.name, data[:4096]), str(hash(data)), len(data))
    return File(part, data, "new", [])


def said(change):
    return [(hunk.old, hunk.new, facts(hunk.lost), facts(hunk.gained)) for hunk in change.hunks]


def facts(readings):
    return sorted((reading.fact, reading.at.start) for reading in readings)


@pytest.mark.parametrize("path", CHANGED, ids=lambda path: f"{path.relative_to(UPGRADES).parts[1]}-{path.name}")
def test_the_change_is_the_same(path):
    before = Path(str(path).replace("/new/", "/old/"))
    old, new = (opened(one, one.read_bytes() if one.exists() else b"") for one in (before, path))
    names = {one.name: one for one in old.functions}
    for two in new.functions:
        one = names.get(two.name)
        if one is None:
            continue
        pair = Pair(old.part_of(one), new.part_of(two), "name")
        sides = old.side(one), new.side(two)
        alignment = lined_up(pair, *sides)
        if alignment is None:
            continue
        asked = touched(alignment)
        some = compare(pair, old.read(sides[0], one, asked[0]), new.read(sides[1], two, asked[1]), alignment)
        every = compare(pair, old.read(sides[0], one, None), new.read(sides[1], two, None))
        assert said(some) == said(every)


def lined(old, new):
    sides = []
    for text in (old, new):
        code = open_code(f"int f(char *p) {{\n{text}\n}}".encode(), "c")
        function = code.code.functions[1]
        sides.append(Side(code.statements(function), (), text.split("\n"), (function.line, function.end)))
    pair = Pair(*(Part(PLACE, "code/c", digest, 1) for digest in "12"), "name")
    return lined_up(pair, *sides)


def texts(alignment):
    old, new = touched(alignment)
    return {alignment.old[index].text for index in old}, {alignment.new[index].text for index in new}


SAME = "if (!p)\nreturn -1;\nnote(p);\n"


def test_what_encloses_a_difference_is_touched():
    _, new = texts(lined("if (ok(p)) {\nrun(p);\n}\nend(p);", "if (ok(p)) {\nrun(p);\ngo(p);\n}\nend(p);"))
    assert new == {"go(p)", "if (ok(p))"}


def test_what_leaves_before_it_is_touched():
    old, new = texts(lined(f"{SAME}end(p);", f"{SAME}run(p);\nend(p);"))
    assert (old, new) == ({"if (!p)"}, {"if (!p)", "run(p)"})


def test_tests_of_a_value_given_anew_are_touched():
    old, new = texts(
        lined("s = plain(p);\nt = s;\nif (same(t, p))\nrun(p);", 's = getenv("X");\nt = s;\nif (same(t, p))\nrun(p);')
    )
    assert "if (same(t, p))" in old & new


def test_a_label_touches_all_tests_that_may_jump_there():
    _, new = texts(
        lined("if (bad(p))\ngoto out;\nend(p);\nout:\nreturn -1;", "if (bad(p))\ngoto out;\nend(p);\nout:\nreturn 0;")
    )
    assert {"if (bad(p))", "goto out;", "return 0"} <= new


def test_equal_functions_touch_nothing():
    assert texts(lined(SAME, SAME)) == (set(), set())
    assert structs.asdict(lined(SAME, SAME))["runs"] == ()
