"""Numbers handed to well-known functions by the names of the headers."""

import pytest

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.constants import constants
from zoll.parse.machine.lift.values import UNKNOWN, number


def named(function, *given, processor="x86-64", abi=0, kind="elf"):
    image = Image(b"\x7fELF\2\1\1" + bytes([abi]), kind, processor)
    values = [UNKNOWN if one is None else number(one) for one in given]
    return dict(constants(image, function, values))


@pytest.mark.parametrize(
    ("function", "given", "said"),
    [
        ("SSL_CTX_set_verify", (None, 0, 0), {1: "SSL_VERIFY_NONE"}),
        ("SSL_CTX_set_verify", (None, 3, 0), {1: "SSL_VERIFY_FAIL_IF_NO_PEER_CERT | SSL_VERIFY_PEER"}),
        ("SSL_CTX_set_verify", (None, None, 0), {}),
        ("SSL_CTX_ctrl", (None, 123, 0x303, 0), {1: "SSL_CTRL_SET_MIN_PROTO_VERSION", 2: "TLS1_2_VERSION"}),
        ("SSL_CTX_ctrl", (None, 32, 0x303, 0), {1: "SSL_CTRL_OPTIONS"}),
        ("curl_easy_setopt", (None, 64, 0), {1: "CURLOPT_SSL_VERIFYPEER"}),
        ("syslog", (0xFFFF_FFFF_0000_0054 & 0xFF, None), {0: "LOG_AUTHPRIV | LOG_WARNING"}),
        ("socket", (17, 3, 0), {0: "AF_PACKET", 1: "SOCK_RAW"}),
        ("setsockopt", (None, 1, 26, None, 16), {1: "SOL_SOCKET", 2: "SO_ATTACH_FILTER"}),
        ("setsockopt", (None, 6, 26, None, 16), {}),
        ("mount", (None, None, None, 1 << 40), {}),
        ("strange", (1,), {}),
    ],
)
def test_numbers_have_the_names_of_the_headers(function, given, said):
    assert named(function, *given) == said


def test_processors_and_systems_have_numbers_of_their_own():
    assert named("socket", 2, 2, 0, processor="mips")[1] == "SOCK_STREAM"
    assert named("socket", 2, 2, 0)[1] == "SOCK_DGRAM"
    assert named("open", None, 0x8000) == {}
    assert named("open", None, 0x8000, processor="arm64") == {1: "O_NOFOLLOW"}
    assert named("socket", 2, 2, 0, abi=9) == named("socket", 2, 2, 0, kind="pe") == {}
