"""Counted difference: of n equal readings only the surplus is new, lowest rank first."""

from zoll.compare.count import by_another, excess, newly_used
from zoll.model import Fact, Place, Reading


def reading(value, line):
    return Reading(Fact("call", value), Place(("a",)).at(line))


def test_surplus_by_rank():
    here = [reading("f", 1), reading("f", 9), reading("g", 2)]
    assert excess(here, [reading("f", 1)], lambda one: -one.at.start) == sorted([reading("f", 9), reading("g", 2)])


def test_nothing_more():
    assert excess([reading("f", 1)], [reading("f", 5), reading("f", 6)], lambda _: 0) == []


def primitive(value, strength, line):
    return Reading(Fact("algorithm", value, (f"strength:{strength}",)), Place(("a",)).at(line))


def test_a_primitive_that_was_used_before_is_not_newly_used():
    weak, strong = primitive("md5", "weak", 5), primitive("sha256", "strong", 3)
    assert newly_used([weak, reading("f", 1)], [], ["x = 1", "MD5_Init(&c)"]) == [reading("f", 1)]
    assert newly_used([weak], [], ["SHA256_Init(&c)", "hmd5(c)"]) == [weak]
    assert newly_used([weak], [strong], ["MD5_Init(&c)"]) == [weak]


def power(value, *traits):
    return Reading(Fact("power", value, traits), Place(("a",)).at(1))


def test_a_power_of_another_object_is_no_new_one():
    old, new = power("listen", "call:net/http.ListenAndServe"), power("listen", "call:srv.ListenAndServe")
    assert by_another([new], [old]) == ([], [])
    assert by_another([new, new], [old]) == ([new], [])
    other = power("delete", "call:fs.rm", "name:/b")
    assert by_another([other], [power("delete", "call:fsp.rm", "name:/a")])[0] == [other]
    assert by_another([power("run", "call:a.run")], [power("run", "call:b.run")])[0] == [power("run", "call:a.run")]
