import numpy as np
import pytest

from zoll.parse.machine.binary import Bytes, Names, positive
from zoll.parse.machine.image import BadExecutable


def test_numbers_of_either_order():
    assert Bytes(b"\1\2\3\4", big=True, bits=32).number(0, 4) == 0x01020304
    assert Bytes(b"\1\2\3\4", big=False, bits=32).number(1, 2) == 0x0302
    with pytest.raises(BadExecutable):
        Bytes(b"\1\2", big=True, bits=32).number(1, 2)


def test_a_table_ends_where_the_file_does():
    data = Bytes(bytes(range(10)), big=False, bits=32)
    assert data.numbers(2, 1 << 40, 4).tolist() == [0x05040302, 0x09080706]
    assert len(data.numbers(50, 3, 4)) == len(data.numbers(-1, 3, 4)) == 0


def test_the_topmost_bit_of_an_address_is_left_out():
    assert positive(np.array([0xFFFFFFFF81000000], np.uint64)).tolist() == [0x7FFFFFFF81000000]


def test_names_end_at_zero_or_where_their_table_ends():
    names = Names(b"xxabc\0def", 2, 6)
    assert [names.at(one) for one in (0, 1, 4, 6, -1)] == ["abc", "bc", "de", "", ""]


def test_names_that_overlap_without_end_are_refused():
    names = Names(b"a" * 500_000, 0, 500_000)
    with pytest.raises(BadExecutable):
        list(map(names.at, range(100_000)))
