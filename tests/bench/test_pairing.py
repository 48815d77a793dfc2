"""How the pairing of functions of executables is scored."""

import shutil
import subprocess

import pairing
import pairing_builds
import pytest

SOURCE = """
int helper(int x) { return x * 77 ^ 5; }
__attribute__((noinline)) static int inner(int x) { return x * 31 + 7; }
__attribute__((noinline)) int outer(int x) { return inner(x) - 3; }
int twin1(void) { return 5; }
int twin2(void) { return 5; }
"""
pytestmark = pytest.mark.skipif(not shutil.which("gcc"), reason="needs a compiler")


@pytest.fixture(scope="module")
def side(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pairing")
    (folder / "source.c").write_text(SOURCE, encoding="utf-8")
    words = ["gcc", "-O1", "-shared", "-fPIC", "-nostdlib", "source.c", "-o", "whole"]
    subprocess.run(words, cwd=folder, check=True)
    return pairing.Side(folder / "whole", "x86-64")


def at(side, name):
    return next(start for start, other in side.truth.names.items() if other == name)


def test_an_address_inside_a_function_is_that_function(side):
    start = at(side, "helper")
    assert side.truth.name(start) == side.truth.name(start + 1) == "helper"
    assert side.truth.name(1) == ""


def test_a_pair_is_right_moved_or_wrong(side):
    def fate(one, two):
        return pairing.verdict(side, side, at(side, one), at(side, two), side.names)

    assert fate("helper", "helper") == "right"
    assert fate("twin1", "twin2") == "right"  # nobody can tell them apart
    assert fate("inner", "outer") == "moved"
    assert fate("helper", "twin1") == "wrong"


def test_every_function_of_both_sides_is_counted_once(side):
    start = at(side, "helper")
    score = pairing.score(side, side, [(start, start), (at(side, "outer"), at(side, "twin1"))])
    assert (score.both, score.right, score.wrong, score.missed) == (len(side.names), 1, 1, len(side.names) - 2)


def test_no_program_of_the_recipe_is_reserved():
    reserved = (pairing_builds.RECIPE.parent / "reserved.txt").read_text(encoding="utf-8").split()
    assert not {table["sources"][0] for table in pairing_builds.recipe()["programs"].values()} & set(reserved)
