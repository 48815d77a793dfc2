import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.openers.names import leads_out, link_fact, mode_fact, settled, shown

PIECES = st.lists(st.sampled_from(["..", ".", "", "a", "b.c", "C:", "\\", "\n", "é", "..."]), max_size=8)


@given(PIECES, st.sampled_from(["/", "\\", "//"]))
def test_a_place_never_climbs(pieces, slash):
    place, facts = settled(slash.join(pieces))
    assert not place.startswith("/")
    assert not set(place.split("/")) & {".."}
    assert not place or "" not in place.split("/")
    if ".." in pieces:
        assert any(fact.value == "climbs" for fact in facts)


@given(st.binary(max_size=50))
def test_bytes_become_text_that_can_be_stored(raw):
    shown(raw).encode("utf-8")
    settled(raw)[0].encode("utf-8")


@pytest.mark.parametrize(
    ("name", "place", "oddities"),
    [
        (b"./a/b", "a/b", []),
        (b"a/", "a", []),
        (b"/etc/passwd", "etc/passwd", ["absolute"]),
        (b"a/../../b", "a/b", ["climbs"]),
        (b"C:\\a\\b", "a\\b", ["drive"]),
        (b"..\\..\\b", "..\\..\\b", ["climbs"]),
        (b"\xff", "\\xff", []),
        (b"x" * 5000, "x" * 4096, ["long"]),
        (b"..", "", ["climbs"]),
        (b"...", "...", []),
    ],
)
def test_names(name, place, oddities):
    assert (settled(name)[0], [fact.value for fact in settled(name)[1]]) == (place, oddities)


def test_links():
    assert leads_out("a", "..")
    assert not leads_out("a/b", "..")
    assert not leads_out("a/b/c", "../../d")
    assert leads_out("a", "C:\\x")
    assert link_fact("a/b", "../../x", "hard").traits == ("how:hard", "leads:out")
    assert link_fact("a/b", "a/x", "hard").traits == ("how:hard",)


def test_modes():
    assert mode_fact(0o4755).traits == ("executable:yes", "setuid:yes")
    assert mode_fact(0o644).traits == ()
    assert mode_fact(0o2777).traits == ("executable:yes", "setgid:yes", "writable:all")
