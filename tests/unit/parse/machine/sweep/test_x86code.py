"""Lengths of instructions against iced, which is used in tests alone for them."""

import numpy as np
import pytest

from zoll.parse.machine.sweep.x86code import Code, lengths, walked


@pytest.mark.parametrize("bits", [32, 64])
def test_lengths_agree_with_another_decoder(bits):
    iced_x86 = pytest.importorskip("iced_x86", reason="the other decoder has no wheel for this processor")
    chance = np.random.default_rng(7)
    data = chance.integers(0, 256, 60_000, np.uint8)
    data[::5] = chance.choice(np.array([0x0F, 0x48, 0x66, 0x8B, 0xC5, 0xF3], np.uint8), len(data[::5]))
    sizes = lengths(data, bits == 64)
    raw, wrong, right = data.tobytes(), [], 0
    for at in range(len(raw) - 16):
        instruction = next(iter(iced_x86.Decoder(bits, raw[at : at + 16])))
        if instruction.code == iced_x86.Code.INVALID:
            continue
        right += sizes[at] == instruction.len
        wrong += [raw[at : at + 8].hex()] if sizes[at] != instruction.len else []
    assert right > 30_000
    assert len(wrong) < right / 300, wrong[:40]


def test_walking_marks_the_first_byte_of_each_instruction():
    data = np.frombuffer(bytes.fromhex("554889e5c3"), np.uint8)  # push rbp; mov rbp, rsp; ret
    assert walked(lengths(data, True), [0], [5]).tolist() == [1, 1, 0, 0, 1]


def test_fields_stand_where_they_are():
    data = np.frombuffer(bytes.fromhex("48c7058100000034120000"), np.uint8)  # mov qword [rip+0x81], 0x1234
    fields = Code(data, True).fields(np.zeros(1, np.int32))
    assert (fields.size[0], fields.displaced[0], fields.moved[0]) == (11, 3, 4)
    assert (fields.valued[0], fields.immediate[0]) == (7, 4)
