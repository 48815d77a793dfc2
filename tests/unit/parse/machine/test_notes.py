import struct

from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.notes import BUILD_ID, guards, notes


def test_the_build_id_of_a_sample(machine):
    elf = Elf((machine / "door.ppc.so").read_bytes())
    found = [one for one in notes(elf) if one.type == BUILD_ID]
    assert [(one.owner, one.size) for one in found] == [(b"GNU", 20)]


def noted(description, kind, loads=1):
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 183, 1, 0, 64, 0, 0, 64, 56, loads, 0, 0, 0)
    note = struct.pack("<III", 4, len(description), kind) + b"GNU\0" + description
    at = 64 + 56 * loads
    return Elf(head + struct.pack("<IIQQQQQQ", 4, 4, at, at, at, len(note), len(note), 0) * loads + note)


def test_properties_promise_guards():
    elf = noted(struct.pack("<IIII", 0xC0000000, 4, 3, 0), 5)
    (note,) = notes(elf)
    assert set(guards(elf, note)) == {"bti", "pac"}


def test_the_same_note_named_over_and_over_is_one():
    assert len(list(notes(noted(b"x" * 20, 3, loads=300)))) == 1
