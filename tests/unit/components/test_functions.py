"""Copies are known by shares of equal and of alike functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.components.functions import Library, Row, copies_of, hold
from zoll.model import Component, Place


def row(number, change=0, name=""):
    words = tuple(range(number * 100, number * 100 + 20))
    return Row(name or f"f{number}", f"d{number}.{change}", 400, (*words[change * 2 :], *range(-change * 2, 0)))


ROWS = tuple(row(number) for number in range(10))
ZQ = Library(Component("zq", "1.2", Place(("deps/zq",)), "pkg:generic/zq@1.2", "version-string"), "new", ROWS)


def told(files, libraries=(ZQ,), room=None):
    files = {Place((path,)): rows for path, rows in files.items()}
    return [
        (one.at.path, one.name, one.version, one.copy, one.held.share, one.held.unlike)
        for one in copies_of(libraries, files, room or {})
    ]


def test_a_merged_file_is_a_full_copy():
    assert told({"src/all.c": ROWS[::-1]}) == [("src/all.c", "zq", "1.2", "full", 100, ())]


def test_a_split_copy_stands_in_its_folder_or_file_by_file_where_it_lies_among_others():
    split = {"src/x/a.c": ROWS[:5], "src/x/b.c": ROWS[5:]}
    assert told(split, room={("src/x",): 2}) == [("src/x", "zq", "1.2", "full", 100, ())]
    assert [path for path, *_ in told(split, room={("src/x",): 9})] == ["src/x/a.c", "src/x/b.c"]


def test_part_of_a_library_is_a_partial_copy_and_says_which_share():
    own = tuple(row(number) for number in range(50, 80))
    assert told({"src/util.c": (*ROWS[:5], *own)}) == [("src/util.c", "zq", "1.2", "partial", 50, ())]
    assert told({"src/util.c": (*ROWS[:3], *own)}) == []


def test_a_modified_copy_names_the_functions_that_differ():
    changed = (row(0, 3), *ROWS[1:4], row(4, 1, "renamed"), *ROWS[5:])
    assert told({"a/z.c": changed}) == [("a/z.c", "zq", "1.2", "modified", 100, ("f0", "renamed"))]
    [found] = copies_of([ZQ], {Place(("a/z.c",)): (*ROWS, row(70, 0, "zq_more"))}, {})
    assert (found.copy, found.held.more, found.held.equal) == ("modified", 1, 10)


def test_the_nearest_of_several_versions_gives_the_name():
    other = Library(
        Component("zq", "1.3", Place(("third/zq",)), "pkg:generic/zq@1.3", "metadata"),
        "old",
        (*ROWS[:6], *(row(number, 1) for number in range(6, 10))),
    )
    assert [version for _, _, version, *_ in told({"a/z.c": ROWS}, (other, ZQ))] == ["1.2"]
    assert [version for _, _, version, *_ in told({"a/z.c": other.rows}, (other, ZQ))] == ["1.3"]


def test_functions_that_many_libraries_have_name_nobody():
    many = [
        Library(Component(f"lib{number}", "1", Place((f"deps/{number}",)), "", "metadata"), "new", ROWS)
        for number in range(5)
    ]
    assert told({"a/z.c": ROWS}, many) == []


def test_short_functions_are_alike_by_chance():
    short = tuple(Row(f"g{number}", f"s{number}", 40) for number in range(30))
    library = Library(ZQ.component, "new", short)
    assert told({"a/z.c": short}, (library,)) == []


@given(st.permutations(range(10)), st.sets(st.integers(0, 9)))
def test_every_function_is_paired_once_at_most(order, changed):
    there = tuple(row(number, 2 * (number in changed)) for number in order)
    held = hold(ROWS, there)
    known = [one for one, _ in (*held.equal, *held.altered)] + list(held.missing)
    others = [other for _, other in (*held.equal, *held.altered)] + list(held.more)
    assert sorted(known) == sorted(others) == list(range(10))
    assert len(held.altered) == len(changed)


@pytest.mark.parametrize(("known", "there"), [((), ROWS), (ROWS, ()), ((), ())])
def test_nothing_pairs_with_nothing(known, there):
    held = hold(known, there)
    assert (len(held.missing), len(held.more)) == (len(known), len(there))
