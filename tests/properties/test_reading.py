"""Whatever stands in a file, reading it raises nothing and names lines that are there; order never changes rank."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zoll.judge.findings import judge
from zoll.model import Pair, Part, Place
from zoll.parse.kinds import kind_of
from zoll.pipeline.reading import read_pair

ENDINGS = ["c", "cpp", "go", "java", "js", "lua", "pl", "php", "py", "rb", "rs", "sh", "tsx", "ts"]
PIECES = [
    *"[](){}<>;:,=\n\t\"'`$@%#!&|*+-\\/",
    "\n",
    " ",
    "\r",
    "\0",
    "é",
    "\u202e",
    "if ",
    "def f(x):\n    ",
    "function f(a) { ",
    "int f(int a)\n{\n",
    "return ",
    "import os\n",
    'system("x")',
    "eval(x)",
    'strcmp(a, "b") == 0',
    "http://192.0.2.1/x",
    "<<E\n",
    "/*",
    "//",
    "${",
    "1",
    "a",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


class Blank:
    """An outlook that has looked nothing up."""

    def newness(self, change, reading):
        return 1

    def noted(self, change, hunk):
        return ""

    def mentions(self, change, reading):
        return -1

    def declarations(self, change, reading):
        return ()


def compared(ending, old, new):
    texts = [text.encode("utf-8", "replace") for text in (old, new)]
    name = f"a.{ending}"
    parts = [Part(Place((name,)), kind_of(name, data), data.hex(), len(data)) for data in texts]
    return read_pair(Pair(*parts, "place"), bytes.fromhex)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ENDINGS), TEXTS, TEXTS)
def test_any_two_texts_are_compared_and_lines_lie_inside(ending, old, new):
    counts = [text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1 for text in (old, new)]
    for change in compared(ending, old, new).changes:
        for hunk in change.hunks:
            assert 0 <= hunk.old[0] <= hunk.old[1] <= counts[0]
            assert 0 <= hunk.new[0] <= hunk.new[1] <= max(counts)
            for side, readings in ((0, hunk.lost), (1, hunk.gained)):
                assert all(0 <= one.at.start <= one.at.end or one.at.end == 0 for one in readings)
                assert all(one.at.start <= counts[side] for one in readings)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(ENDINGS), TEXTS)
def test_a_text_against_itself_is_no_change(ending, text):
    assert compared(ending, text, text).changes == ()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(ENDINGS), TEXTS, TEXTS), min_size=2, max_size=5), st.integers())
def test_the_order_of_changes_never_changes_rank(pairs, seed):
    changes = [change for ending, old, new in pairs for change in compared(ending, old, new).changes]
    places = {change.pair.place: change for change in changes}
    changes = list(places.values())
    mixed = random.Random(seed).sample(changes, len(changes))
    assert judge(changes, Blank()) == judge(mixed, Blank())
