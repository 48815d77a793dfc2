"""Whose an address is, and that more of a known site is less news."""

import pytest

from zoll.declared.index import Index
from zoll.declared.sites import site_of
from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading

KNOWN = ["https://forge.example/docs/a", "see https://github.com/acme/widget", "https://gist.github.com/acme/1"]


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://Acme.example:8443/x/y", "acme.example"),
        ("//cdn.example/x.js", "cdn.example"),
        ("https://user:word@acme.example/x", "acme.example"),
        ("https://github.com/Acme/widget.git", "github.com/acme"),
        ("https://raw.githubusercontent.com/acme/widget/main/x.sh", "github.com/acme"),
        ("https://github.com", ""),
        ("https://gist.github.com/acme/1", ""),
        ("https://api.telegram.org/bot1/sendMessage", ""),
        ("https://bucket.s3.amazonaws.com/x", ""),
        ("no address", ""),
    ],
)
def test_the_site_of_an_address(address, site):
    assert site_of(Fact("endpoint", address, ("type:url",))) == site
    assert site_of(Fact("string", address, ("shape:url",))) == site


def test_only_addresses_have_a_site():
    assert site_of(Fact("endpoint", "acme.example", ("type:host",))) == ""
    assert site_of(Fact("string", "https://acme.example/x")) == ""


@pytest.mark.parametrize(
    ("address", "newness"),
    [
        ("https://forge.example/install.sh", 3),
        ("https://raw.githubusercontent.com/acme/other/main/x.sh", 3),
        ("https://raw.githubusercontent.com/somebody/widget/main/x.sh", 4),
        ("https://forge.example.org/install.sh", 4),
        ("https://gist.github.com/acme/2", 4),
    ],
)
def test_an_address_is_as_new_as_its_site(address, newness):
    reading = Reading(Fact("endpoint", address, ("type:url",)), Place(("a.sh",)))
    text = "\n".join(KNOWN).encode()
    part = Part(Place(("README",)), "text/plain", "d", len(text))
    there = [word for word in (site_of(reading.fact),) if word and f"{word}/".encode() in text]
    index = Index([part], [part], {"d": there}, {"d": text}.__getitem__)
    change = Change(Pair(part, part, "place"), (Hunk((2, 2), (2, 2), gained=(reading,)),))
    assert index.newness(change, reading) == newness
