"""What executables newly say, stamps of the build aside."""

from zoll.judge.nature import Spoken
from zoll.model import Feature, Pair, Part, Place
from zoll.pipeline.spoken import spoken

OLD = b"\x7fELF\0usage: x [options]\0GCC: (Debian 12.2.0) 12.2.0\0\x01\x02"
REBUILT = b"\x7fELF\0usage: x [options]\0GCC: (Debian 14.1.0) 14.1.0\0\x03\x04\x05"
CHANGED = b"\x7fELF\0usage: x [options]\0enter password:  now\0--calibrate-all\0https://192.0.2.7/up\0"
SIDES = {"old": OLD, "rebuilt": REBUILT, "changed": CHANGED}


def pair(new, kind="executable/elf"):
    return Pair(*(Part(Place((new,)), kind, digest, 50) for digest in ("old", new)), "place")


def said(new, noise=None, **more):
    return spoken([pair(new, **more)], noise or {}, SIDES.__getitem__)


def test_a_rebuild_says_the_same():
    assert said("rebuilt") == {("rebuilt",): Spoken()}
    assert said("rebuilt")["rebuilt",].same


def test_sentences_options_and_addresses():
    at = Place(("changed",))
    features = (Feature("option", "--calibrate-all", at), Feature("endpoint", "https://192.0.2.7/up", at))
    assert said("changed") == {("changed",): Spoken(1, 0, features)}


def test_what_is_explained_or_no_executable_is_not_asked():
    assert said("changed", {("changed",): "build"}) == {}
    assert said("changed", kind="data/png") == {}
