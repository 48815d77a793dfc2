import io

import pytest

from zoll.parse.ar import members
from zoll.parse.broken import Broken


def header(name, size, ending=b"`\n"):
    return b"%-16s%-12d%-6d%-6d%-8o%-10s" % (name, 0, 7, 8, 0o100640, size) + ending


def read(data):
    return [(member.name, member.data.read()) for member in members(io.BytesIO(data))]


def test_names_of_every_dialect():
    data = b"!<arch>\n" + header(b"//", b"20") + b"a_very_long_name.o/\n"
    data += (
        header(b"/0", b"3") + b"one\n" + header(b"b.o/", b"2") + b"tw" + header(b"#1/8", b"11") + b"bsd.o\0\0\0bsd\n"
    )
    assert read(data) == [(b"a_very_long_name.o", b"one"), (b"b.o", b"tw"), (b"bsd.o", b"bsd")]


def test_modes_and_owners():
    (member,) = members(io.BytesIO(b"!<arch>\n" + header(b"a", b"0")))
    assert (member.mode, member.owner, member.size) == (0o640, "7:8", 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"!<thin>\n", "unsupported"),
        (b"nothing", "malformed"),
        (b"!<arch>\n" + header(b"a", b"9")[:30], "truncated"),
        (b"!<arch>\n" + header(b"a", b"9") + b"abc", "truncated"),
        (b"!<arch>\n" + header(b"a", b"0", b"xx"), "malformed"),
        (b"!<arch>\n" + header(b"a", b"-5"), "malformed"),
        (b"!<arch>\n" + header(b"//", b"999999999"), "malformed"),
    ],
)
def test_what_is_broken(data, reason):
    with pytest.raises(Broken, match=reason):
        read(data)
