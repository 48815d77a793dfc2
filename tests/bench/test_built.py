"""Programs that are built for plants in executables: recipes, and where a planted line ended up."""

import shutil
import subprocess

import built_cases
import pytest
from built import read_built_plants, read_programs, read_ways
from pairs import read_pairs
from symbols import NoHolder, functions_of, holders, landed, lines_of

PROGRAMS = read_programs()
PLANTS = read_built_plants()
WAYS = read_ways()
SOURCE = """\
static volatile int seen;

static void note(int a) {
    seen = a;
}

int __attribute__((noipa)) other(int a) {
    return a * 3;
}

int main(int argc, char **argv) {
    note(argc);
    return other(argv[0][0]);
}
"""

needs_compiler = pytest.mark.skipif(not shutil.which("gcc"), reason="no gcc here")


@pytest.fixture(scope="module")
def executable(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    (folder / "a.c").write_text(SOURCE, encoding="utf-8")
    subprocess.run(["gcc", "-O2", "-g", "-o", "a", "a.c"], cwd=folder, check=True)
    return folder / "a"


def edit(first, last, symbol=None):
    return {"path": "src/a.c", "lines": [first, last], "symbol": symbol}


def names(found):
    return [one["name"] for one in found]


def test_there_are_enough_plants_in_enough_programs():
    assert len(PLANTS) >= 15
    assert len({plant.pair for plant in PLANTS}) >= 5
    assert {plant.pair for plant in PLANTS} <= {program.pair.id for program in PROGRAMS.values()}
    assert len(built_cases.known() - {plant.id for plant in PLANTS}) == len(built_cases.known())


def test_every_plant_is_built_in_two_ways_that_have_a_clean_build():
    ways = {program.pair.id: set(program.ways) for program in PROGRAMS.values()}
    for plant in PLANTS:
        own = built_cases.ways_of(plant)
        assert "gcc" in own, plant.id
        assert len(own) >= 2, plant.id
        assert set(own) <= ways[plant.pair] <= WAYS.keys(), plant.id


def test_a_program_is_in_the_fold_of_its_project():
    folds = {pair.project: pair.fold for pair in read_pairs().values()}
    for program in PROGRAMS.values():
        assert folds.get(program.pair.project, program.pair.fold) == program.pair.fold, program.id


@needs_compiler
def test_what_was_inlined_is_in_the_function_around_it(executable):
    assert names(holders(executable, [edit(4, 4)], "amd64")) == ["main"]


@needs_compiler
def test_a_function_is_held_by_itself_and_named_by_its_symbol(executable):
    assert names(holders(executable, [edit(8, 8)], "amd64")) == ["other"]
    assert names(holders(executable, [edit(1, 1, "other")], "amd64")) == ["other"]
    [one] = holders(executable, [edit(8, 8)], "amd64")
    assert one["offset"] > 0
    assert one["size"] > 0


@needs_compiler
def test_what_no_function_holds_is_an_error(executable):
    with pytest.raises(NoHolder):
        holders(executable, [edit(900, 901)], "amd64")


def test_symbols_are_read_with_sizes_pieces_and_thumb():
    said = """
    10: 0000000000001201    32 FUNC    LOCAL  DEFAULT   15 check.part.0
    11: 0000000000001300     0 FUNC    GLOBAL DEFAULT  UND exit
    12: 0000000000001240 0x1a4 FUNC    GLOBAL DEFAULT [VARIANT] 15 run
    13: 0000000000002000     8 OBJECT  GLOBAL DEFAULT   20 table
"""
    assert functions_of(said) == [(0x1201, 32, "check.part.0"), (0x1240, 0x1A4, "run")]
    assert functions_of(said, thumb=True)[0] == (0x1200, 32, "check.part.0")


def test_the_line_table_is_read_with_its_files():
    said = """CU: ./src/a.c:
File name                            Line number    Starting address    View    Stmt
a.c                                           10              0x1139               x
a.c                                           11              0x113d       1       x
a.c                                            -              0x1150
"""
    assert lines_of(said) == [("a.c", 10, 0x1139), ("a.c", 11, 0x113D)]


def test_the_last_brace_behind_a_jump_to_another_function_is_not_of_the_next_one():
    functions = [(0x1000, 12, "mk"), (0x100C, 20, "next_one")]
    rows = [("a.c", 50, 0x1000), ("a.c", 58, 0x100C), ("a.c", 60, 0x100C), ("a.c", 61, 0x1010)]
    assert landed(rows, functions) == [rows[0], *rows[2:]]
    assert landed(rows[2:], functions) == rows[2:]
