from hypothesis import given
from hypothesis.strategies import binary, integers

from zoll.parse.machine.entropy import entropy


def test_even_bytes_have_eight_bits_and_one_byte_none():
    assert entropy(bytes(range(256)) * 3, 0, 768) == 8
    assert entropy(b"aaaa", 0, 4) == 0
    assert entropy(b"abab", 1, 2) == 1


@given(binary(), integers(-9, 99), integers(-9, 99))
def test_it_lies_between_none_and_eight_wherever_one_asks(data, offset, size):
    assert 0 <= entropy(data, offset, size) <= 8
