"""Runs of statements, and the blocks that a wholly new function is cut into."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.compare.statements import BLOCK, aligned, blocks, pair_statements
from zoll.parse.code import Statement


def call(text, within=-1, kind="call"):
    return Statement(kind, text, 1, 1, within)


@given(st.lists(st.tuples(st.sampled_from(["call", "condition"]), st.integers(0, 5)), max_size=80))
def test_blocks_cover_everything_once(shape):
    side = [call("x", max(-1, place - back) if back else -1, kind) for place, (kind, back) in enumerate(shape)]
    cut = blocks(side, 0, len(side))
    assert [index for block in cut for index in range(*block)] == list(range(len(side)))
    assert all(end - start <= BLOCK + 1 for start, end in cut)


def test_statements_pair_with_their_like():
    old = [call("open(path, 'r')"), call("read(handle, 10)")]
    new = [call("log(user)"), call("read(handle, 99)"), call("open(path, 'w')")]
    assert pair_statements(old, new, (0, 2), (0, 3)) == [(0, 2), (1, 1)]


def test_neighbours_stay_apart_unless_one_encloses_the_other():
    old = [call("if a", -1, "condition"), call("b", 0), call("c", 0)]
    new = [call("if z", -1, "condition"), call("b", 0), call("d", 0)]
    assert len(aligned(old, new).runs) == 1
    flat = [call("a"), call("b"), call("c")], [call("z"), call("b"), call("d")]
    assert len(aligned(*flat).runs) == 2
