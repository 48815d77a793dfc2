"""What a build stamps into binary files."""

import struct

from zoll.compare.masks import masked


def test_the_time_in_a_pyc_is_blotted_out_but_not_its_hash():
    head = b"\xa7\r\r\n" + b"\0" * 4
    assert masked("executable/pyc", head + b"aaaa" + b"size" + b"code")[0] == head + b"\0" * 4 + b"sizecode"
    hashed = b"\xa7\r\r\n" + b"\1\0\0\0" + b"aaaabbbbcode"
    assert masked("executable/pyc", hashed)[0] == hashed


def test_the_build_id_of_an_elf_file():
    def elf(mark):
        return b"\x7fELF" + struct.pack("<III", 4, 20, 3) + b"GNU\0" + mark * 20 + b"code"

    assert masked("executable/elf", elf(b"a"))[1] == masked("executable/elf", elf(b"b"))[1]
    assert masked("executable/elf", elf(b"a"))[1] != masked("executable/elf", elf(b"b") + b"!")[1]


def test_the_time_of_a_pe_file():
    def program(when):
        data = bytearray(b"MZ" + b"\0" * 400)
        struct.pack_into("<I", data, 0x3C, 0x80)
        data[0x80:0x84] = b"PE\0\0"
        struct.pack_into("<I", data, 0x88, when)
        return bytes(data)

    assert masked("executable/pe", program(1))[0] == masked("executable/pe", program(2))[0]
    assert masked("executable/pe", b"MZ")[0] == b"MZ"
    assert masked("executable/pe", b"MZ" + b"\xff" * 100)[0] == b"MZ" + b"\xff" * 100
