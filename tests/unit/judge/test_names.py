"""Parts of names."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.names import LENGTHS, named, names_of
from zoll.judge.scene import scene_of
from zoll.model import Fact


def test_parts_say_where_they_stand() -> None:
    scene = scene_of(["+ call hmac.compareDigest", "- gate call->failure call:verify_peer return:EPERM"])
    told = names_of("PeerGate.checkToken", scene)
    assert {"=named check", "=named token", "+named compare", "+named digest", "-named verify", "-named peer"} <= set(
        told
    )
    assert not any(word in told for word in ("+named verify", "-named digest", "=named verify"))


def test_traits_that_hold_no_name_are_passed_over() -> None:
    assert named("", [Fact("gate", "literal->success", ("literal:hunter", "subject:user"))], []) == (
        "+named literal",
        "+named success",
        "+named user",
    )


def test_short_and_endless_parts_are_left_out() -> None:
    assert named("ab_cdef_" + "x" * 40, [], []) == ("=named cdef",)


@given(st.text(), st.text())
def test_any_name_has_parts_in_order_each_once(symbol: str, value: str) -> None:
    told = named(symbol, [Fact("call", value)], [Fact("call", value)])
    assert list(told) == sorted(set(told))
    assert all(len(word.split()[1]) in LENGTHS for word in told)
