import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import integers

from zoll.parse.machine.forms import FORMS, read, write

# form: what it can hold, whether signed or not, in steps
HELD = {
    "arm branch": (-(1 << 25), 1 << 25, 4),
    "arm movw": (-(1 << 15), 1 << 15, 1),
    "thumb branch": (-(1 << 24), 1 << 24, 2),
    "thumb movw": (-(1 << 15), 1 << 15, 1),
    "prel31": (-(1 << 30), 1 << 30, 1),
    "mips jump": (-(1 << 27), 1 << 27, 4),
    "low 16": (-(1 << 15), 1 << 15, 1),
    "32": (-(1 << 31), 1 << 31, 1),
}


@pytest.mark.parametrize("name", HELD)
@given(word=integers(0, (1 << 32) - 1), number=integers(0, (1 << 32) - 1))
def test_what_is_written_is_read_again(name, word, number):
    form, (low, high, step) = FORMS[name], HELD[name]
    value = low + number % ((high - low) // step) * step
    put = form.put(np.array([word]), np.array([value]))
    assert form.get(put & 0xFFFFFFFF).tolist() == [value]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("order", ["<", ">"])
def test_words_are_written_where_they_are_read(name, order):
    form = FORMS[name]
    raw = np.arange(32, dtype=np.uint8)
    places = np.array([3, 16])
    words = read(raw, places, form, order)
    again = raw.copy()
    write(again, places, words, form, order)
    assert again.tolist() == raw.tolist()


# an instruction before, the distance or address, and after; as the processors' assemblers write it
KNOWN = [
    ("arm64 branch", 0x94000000, 0x1000, 0x94000400),
    ("arm64 page", 0x90000000, 0x5000, 0xB0000020),
    ("arm64 low 3", 0xF9400000, 0x1238, 0xF9411C00),
    ("ppc branch", 0x48000001, -8, 0x4BFFFFF9),
    ("high 16", 0x3C020000, 0x12348000, 0x3C021235),
    ("riscv jump", 0x000000EF, 0x800, 0x001000EF),
    ("riscv upper", 0x00000517, 0x1800, 0x00002517),
]


@pytest.mark.parametrize(("name", "before", "value", "after"), KNOWN)
def test_instructions_as_assemblers_write_them(name, before, value, after):
    assert FORMS[name].put(np.array([before]), np.array([value])).tolist() == [after]
