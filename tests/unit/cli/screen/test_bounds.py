import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.cli.screen import bounds
from zoll.errors import BadSetting


def test_names_and_units():
    opening, worker = bounds.parsed(["depth=3", "bytes=2G", "seconds=1.5", "memory=512MiB", "wall=2", "depth=4"])
    assert (opening.depth, opening.bytes, opening.seconds) == (4, 2 << 30, 1.5)
    assert (worker.memory, worker.wall) == (512 << 20, 2.0)


@pytest.mark.parametrize("word", ["depth", "depth=", "depth=x", "depth=-1", "depth=0", "deep=3", "=3", "bytes=1Q"])
def test_nonsense_names_the_limits(word):
    with pytest.raises(BadSetting, match="one of depth, parts, bytes"):
        bounds.parsed([word])


@given(st.sampled_from(bounds.names()), st.text(max_size=20))
def test_any_words_give_limits_or_a_line(name, text):
    with contextlib.suppress(BadSetting):
        bounds.parsed([f"{name}={text}"])
