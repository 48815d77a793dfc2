import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.broken import Broken
from zoll.parse.bytestream import Ahead, Slice, filled

DATA = st.binary(max_size=50)
SIZE = st.integers(0, 60)


def drained(stream, size):
    pieces = []
    while piece := stream.read(size):
        pieces.append(piece)
    return b"".join(pieces)


@given(DATA, SIZE, st.integers(1, 9))
def test_looking_ahead_takes_nothing(data, size, step):
    stream = Ahead(io.BytesIO(data), size)
    assert stream.head == data[:size]
    assert drained(stream, step) == data


@given(DATA, SIZE)
def test_filled_gives_what_there_is(data, size):
    assert filled(io.BytesIO(data), size) == data[:size]


@given(DATA, SIZE)
def test_a_slice_ends_where_it_should_or_says_so(data, size):
    stream = Slice(io.BytesIO(data), size)
    if size <= len(data):
        assert drained(stream, 7) == data[:size]
    else:
        with pytest.raises(Broken, match=f"{size - len(data)} bytes are missing"):
            drained(stream, 7)


def test_what_breaks_breaks_after_the_head():
    stream = Ahead(Slice(io.BytesIO(b"abc"), 9), 5)
    assert stream.head == b"abc"
    assert stream.read(100) == b"abc"
    with pytest.raises(Broken, match="truncated"):
        stream.read(100)
