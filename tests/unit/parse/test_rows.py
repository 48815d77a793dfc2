"""Rows of bytes of a digest's length are found with their names, in whatever language; other lists are not."""

import pytest

from zoll.parse.rows import rows_of_bytes

ROW = bytes(range(3, 35))
HEX = ", ".join(f"{one:#04x}" for one in ROW)


@pytest.mark.parametrize(
    "text",
    [
        f"static const unsigned char mark[32] = {{\n\t{HEX},\n}};",
        f"var mark = [sha256.Size]byte{{\n\t{HEX},\n}}",
        f"mark := []byte{{{HEX}}}",
        f"const MARK: [u8; 32] = [{HEX}];".replace("MARK", "mark"),
        f"private static final byte[] mark = new byte[] {{{HEX}}};",
        f"const mark = Buffer.from([{HEX}]);",
        f"mark = bytes([{HEX}])",
        f"std::array<uint8_t, 32> mark = {{{{{HEX}}}}};",
    ],
)
def test_rows(text):
    assert list(rows_of_bytes(text)) == [("mark", ROW)]


@pytest.mark.parametrize(
    "text",
    [
        "static const unsigned char magic[8] = {0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a};",
        "int zero[24] = {" + "0, " * 24 + "};",
        "int primes[24] = {" + ", ".join(str(one) for one in range(900, 924)) + "};",
        "call(" + HEX + ");",
        "static const unsigned char table[1024] = {" + "1, 2, " * 512 + "};",
    ],
)
def test_other_lists_are_none(text):
    assert list(rows_of_bytes(text)) == []


def test_signed_bytes_are_bytes():
    text = "byte[] mark = {" + ", ".join(f"(byte) {one}" for one in range(-12, 12)) + "};"
    assert list(rows_of_bytes(text)) == [("mark", bytes(one % 256 for one in range(-12, 12)))]
