"""Addresses in texts, and what only looks like one."""

import pytest

from zoll.readers.shapes import endpoints_in


def values(text):
    return [value for _, value, _, _ in endpoints_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "libx (>= 1.4.20.3), liby",
        "cryptoUtils.cc",
        "crypto_utils.cc",
        "Standards-Version: 4.7.0.2",
        "taken from C11 6.7.2.1 Example 1",
        "needs pkg==4.5.1.48",
        "version 8.2.0.1",
        "tool-v1.2.3.4",
        "tool_2.0.1.1-1",
        "see section 6.2.4.1",
        "7.4.6.2 SIV-CMAC-AES interface",
        '<h4 class="subsubsection">7.4.6.2 <acronym>SIV</acronym> interface</h4>',
        "tool 1.2.0.1+dfsg",
        "os:Name 8::-1:",
        "::ffff:127.",
        "os:Name::2021-10-25:1635120000:",
    ],
)
def test_versions_and_sections_are_no_addresses(text):
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "connect 192.0.2.7",
        "host=192.0.2.7",
        "192.0.2.7-192.0.2.9",
        "if addr == 192.0.2.7",
        "server 192.0.2.7 # version 2",
        "192.0.2.7 Gateway",
        "over 192.0.2.7",
    ],
)
def test_addresses_stay_addresses(text):
    assert values(text)[0] == "192.0.2.7"


@pytest.mark.parametrize(
    "text", ["2.5.4.15", "2.5.29.17", "1.3.6.1", "1.3.101.112", "255.255.255.255", "255.255.240.0"]
)
def test_identifiers_of_objects_and_masks_are_nobodys_addresses(text):
    assert values(text) == []


@pytest.mark.parametrize("text", ["9.9.9.9 Resolver", "7.4.6.2 gateway.example", "7.4.6.2", "at 7.4.6.2 The host"])
def test_only_what_stands_before_a_heading_is_a_section(text):
    assert values(text)[0] in ("9.9.9.9", "7.4.6.2")


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("100.127.255.255", "private"),
        ("64:ff9b::ffff:ffff", "private"),
        ("64:ff9b:1:ffff::1", "private"),
        ("100.128.0.1", "public"),
        ("10.0.0.9", "private"),
    ],
)
def test_ends_of_shared_and_mapped_ranges_are_nobodys_own(text, reach):
    assert [found[3] for found in endpoints_in(text)] == [reach]
