"""A check that was added before what stood there lets through less."""

from zoll.compare.narrowed import without_narrowed
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.model import Fact, Place, Reading
from zoll.parse.source import open_code

OLD = """int f(struct req *r) {
    log_it(r);
    return ERR_SUCCESS;
}"""
CHECK = """    if (r->command != CMD_AUTH)
        return ERR_MALFORMED;
"""
GATE = Fact("gate", "constant->success", ("op:!=", "side:after"))


def kept(new, line, effect="return ERR_SUCCESS;"):
    sides = []
    for text in (OLD, new):
        opened = open_code(text.encode(), "c")
        function = next(one for one in opened.code.functions if one.name == "f")
        sides.append(opened.statements(function))
    said = Reading(GATE, Place(("x.c",), "f", line), f"if (r->command != CMD_AUTH) => {effect}")
    return without_narrowed(View(aligned(*sides)), [said]) == [said]


def test_an_old_success_behind_a_new_check_is_nothing_gained():
    new = OLD.replace("    return", CHECK + "    return")
    effect = "return ERR_SUCCESS"
    assert not kept(new, 3, effect)


def test_a_new_success_behind_a_new_check_is():
    new = OLD.replace("    return ERR_SUCCESS", CHECK + "    return grant(r)")
    assert kept(new, 3, "return grant(r)")


def test_leaving_without_a_failure_may_be_a_way_in():
    new = OLD.replace("    return", CHECK.replace("ERR_MALFORMED", "0") + "    return")
    assert kept(new, 3, "return ERR_SUCCESS")
