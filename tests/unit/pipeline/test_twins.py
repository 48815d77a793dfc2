"""Two copies of one version in one release that are not alike are told apart by their functions."""

from pathlib import Path

import pytest

from zoll.openers.release import open_releases
from zoll.pipeline.components import find_components
from zoll.sandbox.limits import Limits
from zoll.sandbox.pool import Pool
from zoll.store.vault import Vault

CODE = """static int {name}_of(struct box *box, int {name})
{{
    for (int at = 0; at < box->size; at++)
        if (box->words[at] == {name} * {number})
            return at;
    return refuse(box, "{name}", {number});
}}
"""
HEADER = '#define ZLIB_VERSION "1.2.13"\n'
ONE, TWO = (
    "".join(CODE.format(name=name, number=len(name) * 77) for name in names)
    for names in (("crc", "window"), ("tree", "stored"))
)


@pytest.fixture
def held(tmp_path):
    def find(changed):
        for folder, two in (("deps/zlib", TWO), ("third/zlib", changed)):
            path = Path(tmp_path / "new" / folder)
            path.mkdir(parents=True)
            for name, text in (("zlib.h", HEADER), ("one.c", ONE * 3), ("two.c", two * 3)):
                (path / name).write_text(text)
        with Vault() as vault, Pool(1, Limits(), vault.scratch, strict=True) as pool:
            (after,) = open_releases([tmp_path / "new"], pool, vault)
            found = find_components(after, after, vault.bytes, pool).changes
        return [(one.new.at.path, one.new.held.of.path, one.new.held.unlike) for one in found if one.new.held.side]

    return find


def test_the_functions_in_which_they_differ_are_named(held):
    assert held(TWO.replace("at < box->size", "at <= box->size", 1)) == [
        ("third/zlib", "deps/zlib", ("tree_of", "tree_of#2", "tree_of#3"))
    ]


def test_alike_ones_are_not(held):
    assert held(TWO) == []


def test_comments_and_blanks_are_no_difference(held):
    assert held(TWO.replace("    return refuse", "  /* no */  return refuse")) == []
