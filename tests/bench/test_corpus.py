"""The recipes of the corpus: complete, inert, and apart from the projects of the held-out benchmark."""

import ipaddress
import json
import re
from pathlib import Path

import make
import plant
import pytest
from built import read_built_plants, read_programs
from pairs import RealPair, executables_of, pairs_of, read_pairs

BENCH = Path(__file__).parents[2] / "bench"
PAIRS = read_pairs()
PLANTS = plant.read_plants()
BUILT = read_built_plants()
FAMILIES = {"power", "trigger", "lost-safeguard", "runs-by-itself", "concealment", "reach", "trust", "privilege"}
# Tried by hand in reserved projects, as the milestone asks; exempt from the ban since nothing is learned or tuned from
# it: `make.py` and `run.py` never read this folder.
TRIED = plant.read_plants(BENCH / "tried")
RESERVED = set((BENCH / "reserved.txt").read_text(encoding="utf-8").split())
DOCUMENTATION = [ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
URL_HOST = re.compile(r"(?:https?|git\+https)://([\w.-]+)")


def test_there_are_enough_of_both():
    assert len(PAIRS) >= 300
    assert len({pair.name for pair in PAIRS.values()}) >= 120
    assert len(PLANTS) >= 90


def test_no_project_of_the_held_out_benchmark():
    names = {name for pair in PAIRS.values() for name in (pair.project, pair.name.partition(":")[0])}
    names |= {program.pair.name for program in read_programs().values()}
    assert not {name.lower() for name in names} & RESERVED


def test_every_project_is_in_one_fold():
    folds = {}
    for pair in PAIRS.values():
        assert pair.fold in ("dev", "held")
        assert folds.setdefault(pair.project, pair.fold) == pair.fold


def test_a_row_of_executables_is_a_pair_for_each_processor():
    row = ("liblldpctl4", "lldpd", "dev", "amd64 arm64", "1.0 1.1", "armhf", "1.0 1.1+b1")
    found = [(pair.id, pair.name, pair.new, pair.processor, pair.project) for pair in executables_of(*row)]
    assert found == [
        ("exe-liblldpctl4-amd64", "liblldpctl4:amd64", "1.1", "amd64", "lldpd"),
        ("exe-liblldpctl4-arm64", "liblldpctl4:arm64", "1.1", "arm64", "lldpd"),
        ("exe-liblldpctl4-armhf", "liblldpctl4:armhf", "1.1+b1", "armhf", "lldpd"),
    ]


def test_there_are_executables_of_several_processors():
    processors = [pair.processor for pair in PAIRS.values() if pair.form == "binary"]
    assert len(processors) >= 50
    assert len(set(processors)) >= 4


def test_neighbours_in_a_list_of_versions_are_pairs():
    row = ("pypi", "a.b", "dev", "package", "python", "1.0 1.1 2.0, 1:3~rc1-1 1:3-1+b2")
    found = {pair.id: (pair.old, pair.new) for pair in pairs_of("key", *row)}
    assert found == {"key": ("1.0", "1.1"), "key-2.0": ("1.1", "2.0"), "key-1-3-1-b2": ("1:3~rc1-1", "1:3-1+b2")}


def test_the_digests_are_those_of_releases_in_the_table():
    lines = (BENCH / "digests.txt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    recorded = {line.split()[0] for line in lines}
    pairs = [*PAIRS.values(), *(program.pair for program in read_programs().values())]
    releases = {f"{pair.kind}/{pair.name}@{version}" for pair in pairs for version in (pair.old, pair.new)}
    assert recorded <= releases


def test_a_case_stays_while_its_recipe_does(tmp_path):
    cases = tmp_path / "cases.jsonl"
    clean = [f"clean-{key}" for key in list(PAIRS)[:2]]
    cases.write_text(
        "".join(json.dumps({"id": key, "set": "benign", "new": "before"}) + "\n" for key in [*clean, "gone"])
    )
    make.write_cases([{"id": clean[0], "set": "benign", "new": "now"}], {PLANTS[0].id}, cases)
    assert [(case["id"], case["new"]) for case in make.read_cases(cases)] == sorted(
        zip(clean, ["now", "before"], strict=True)
    )


def test_a_plant_is_made_once_for_the_same_recipe(tmp_path):
    trees = {side: tmp_path / side for side in ("old", "new")}
    for tree in trees.values():
        tree.mkdir()
        (tree / "f.sh").write_text("one\ntwo\n")
    pair = RealPair("p", "deb", "p", "1", "2", "dev", "source", "shell")
    recipe = plant.Plant("x", "p", "power", "CE", 1, "w", "", [{"file": "f.sh", "find": "two\n", "replace": "2\n"}])
    first = make.planted_case(pair, recipe, {}, trees, tmp_path)
    planted = Path(first["new"]) / "f.sh"
    assert planted.read_text() == "one\n2\n"
    written = planted.stat().st_mtime_ns
    assert first["project"] == "p"
    assert make.planted_case(pair, recipe, {}, trees, tmp_path) == first
    assert planted.stat().st_mtime_ns == written
    assert (trees["new"] / "f.sh").read_text() == "one\ntwo\n"


def test_every_family_is_planted_in_source_and_in_executables():
    assert {p.family for p in PLANTS} == FAMILIES | {"undeclared"}  # which every rule about mentions speaks of
    assert {p.family for p in BUILT} == FAMILIES


def test_what_is_tried_stays_out_of_the_corpus():
    assert {p.family for p in TRIED} == FAMILIES
    assert not {p.pair for p in TRIED} & {pair.name.lower() for pair in PAIRS.values()}
    assert not {p.id for p in TRIED} & {p.id for p in PLANTS}


@pytest.mark.parametrize("recipe", PLANTS, ids=[p.id for p in PLANTS])
def test_a_recipe_names_its_pair(recipe):
    assert recipe.pair in PAIRS


@pytest.mark.parametrize("recipe", [*PLANTS, *TRIED, *BUILT], ids=lambda recipe: recipe.id)
def test_a_recipe_is_complete_and_inert(recipe):
    assert 1 <= recipe.difficulty <= 5
    assert recipe.what
    for edit in recipe.edits:
        new, old = edit.get("replace", edit.get("text", "")), edit.get("find", "")
        assert new != old
        for address in set(ADDRESS.findall(new)) - set(ADDRESS.findall(old)):
            place = ipaddress.ip_address(address)
            assert place.is_unspecified or any(place in net for net in DOCUMENTATION), address
        for host in set(URL_HOST.findall(new)) - set(URL_HOST.findall(old)):
            assert host.endswith(".example") or ADDRESS.fullmatch(host), host


def test_changed_lines_are_found_in_the_new_text():
    old = ["a", "b", "c", "d"]
    assert plant.changed_lines(old, ["a", "b", "x", "y", "c", "d"]) == [3, 4]
    assert plant.changed_lines(old, ["a", "x", "c", "d"]) == [2, 2]
    assert plant.changed_lines(old, ["a", "b", "d"]) == [3, 3]


def test_edits_of_one_file_shift_each_other(tmp_path):
    (tmp_path / "f.c").write_text("one\ntwo\nthree\n")
    edits = [
        {"file": "f.c", "find": "three\n", "replace": "three\nfour\n"},
        {"file": "f.c", "find": "one\n", "replace": "zero\none\n"},
    ]
    recipe = plant.Plant("x", "p", "power", "CE", 1, "w", "", edits)
    assert [truth["lines"] for truth in plant.apply(recipe, tmp_path)] == [[5, 5], [1, 1]]


@pytest.mark.parametrize("named", ["link/f.c", "file.c"])
def test_a_plant_is_named_by_where_its_file_lies(tmp_path, named):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "f.c").write_text("one\n")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "file.c").symlink_to("real/f.c")
    recipe = plant.Plant("x", "p", "power", "CE", 1, "w", "", [{"file": named, "find": "one", "replace": "two"}])
    with pytest.raises(plant.PlantError, match="a link, or below one"):
        plant.apply(recipe, tmp_path)
