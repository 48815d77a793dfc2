"""A guard in another form still decides; one that lost its teeth does not."""

from zoll.compare.still import without_still_deciding
from zoll.model import Fact, Place, Reading
from zoll.parse.source import open_code

AT = Place(("m.c",))


def guard(name, effect):
    return Reading(Fact("guard", name, (f"effect:{effect}",)), AT)


def statements(line):
    opened = open_code(f"package x\nfunc f(u string) error {{\n\t{line}\n}}\n".encode(), "go")
    return opened.statements(next(one for one in opened.code.functions if one.name == "f"))


def test_a_guard_that_leaves_early_still_decides():
    lost = [guard("verify", "success")]
    assert without_still_deciding([guard("verify", "failure")], lost, statements("return nil")) == []


def test_a_result_given_back_still_decides():
    lost = [guard("verify", "failure")]
    assert without_still_deciding([], lost, statements("return verify(u)")) == []


def test_another_guard_or_none_does_not():
    lost = [guard("verify", "success"), guard("check", "failure")]
    assert without_still_deciding([guard("other", "failure")], lost, statements("return other(check(u))")) == lost


def test_a_result_that_is_ignored_does_not():
    lost = [guard("verify", "failure")]
    assert without_still_deciding([], lost, statements("verify(u); return nil")) == lost
