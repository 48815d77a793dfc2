"""What is rewritten in many places alike, and what is only carried elsewhere."""

from zoll.judge.carried import ALIKE, Carried
from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading


def _change(path, *hunks):
    part = Part(Place((path,)), "code/c", "d", 1)
    return Change(Pair(part, part, "place"), hunks)


def _hunk(before, after, *kinds, lost=()):
    old = (5, 5 + before.count("\n")) if before else (0, 0)
    new = (5, 5 + after.count("\n")) if after else (0, 0)
    gained = tuple(Reading(Fact(kind, "x"), Place(("x",), "", new[0] + line)) for line, kind in enumerate(kinds))
    gone = tuple(Reading(Fact(kind, "x"), Place(("x",), "", old[0])) for kind in lost)
    return Hunk(old, new, before, after, gained, gone, (5, 5))


def _words(changes, change):
    return list(Carried(changes).words(change, change.hunks[0]))


def test_the_same_words_in_many_places_are_a_rewriting():
    places = [
        _change(f"a/{name}.c", _hunk(f"if (take({name})) {{", f"if (take({name}, reason)) {{", "guard"))
        for name in "abcdefg"[:ALIKE]
    ]
    assert _words(places, places[0]) == ["alike"]
    assert _words(places[1:], places[1]) == []


def test_one_place_that_differs_stays_apart():
    places = [_change(f"a/{n}.c", _hunk(f"if (take({n}))", f"if (take({n}, reason))", "guard")) for n in "abcdefg"]
    other = _change("a/z.c", _hunk("if (take(z))", "if (take(z, reason) || spare)", "guard"))
    assert _words([*places, other], other) == []


def test_names_that_all_get_the_same_beginning_are_one_rewriting():
    names = ["EXPIRED", "REVOKED", "MISSING", "FUTURE", "OTHER", "TRUSTED"]
    for sides in (("BAD_{}", "LIB_BAD_{}"), ("LIB_BAD_{}", "BAD_{}")):
        old, new = (f"if (flags & {side})" for side in sides)
        places = [_change(f"a/{name}.c", _hunk(old.format(name), new.format(name), "gate")) for name in names]
        assert _words(places, places[0]) == ["alike"]
        other = _change("a/z.c", _hunk(old.format("SPARE"), new.format("SPADE"), "gate"))
        assert _words([*places, other], other) == []


def test_an_operator_alone_is_no_rewriting():
    places = [_change(f"a/{n}.c", _hunk(f"if (n < {n})", f"if (n <= {n})", "weaker")) for n in "abcdefg"]
    assert _words(places, places[0]) == []


MOVED = "verify_mode = PEER_NONE;\nlisten_on(port_of_service);"


def test_what_left_elsewhere_is_carried():
    here, there = _change("a/new.c", _hunk("", MOVED, "assignment", "power")), _change("a/old.c", _hunk(MOVED, ""))
    assert _words([here, there], here) == ["carried"]
    assert _words([here], here) == []


def test_a_line_of_weight_that_did_not_stand_there_is_not_carried():
    here = _change("a/new.c", _hunk("", f"{MOVED}\nsystem(x);", "assignment", "power", "power"))
    assert _words([here, _change("a/old.c", _hunk(MOVED, ""))], here) == []


def test_what_came_elsewhere_is_carried_away():
    check = "if (!may_enter(user, place))\n    return -EACCES;"
    gone, come = _change("a/x.c", _hunk(check, "", lost=("guard",))), _change("a/y.c", _hunk("", check, "guard"))
    assert _words([gone, come], gone) == ["carried-away"]
    assert _words([gone], gone) == []


def test_trifles_are_carried_nowhere():
    here, there = _change("a/x.c", _hunk("", "return 0;", "return")), _change("a/y.c", _hunk("return 0;", ""))
    assert _words([here, there], here) == []


LOOP = "for part in parts:\n    digest.update(part)\n    digest.update(SEPARATOR)\nreturn digest.hexdigest()"


def test_a_line_that_slipped_out_of_its_loop_on_the_way():
    slipped = LOOP.replace("    digest.update(SEPARATOR)", "digest.update(SEPARATOR)")
    deeper = "\n".join(f"    {line}" for line in LOOP.split("\n"))
    for text, word in ((slipped, "carried-askew"), (deeper, "carried"), (LOOP, "carried")):
        here, there = _change("a/new.py", _hunk("", text, "call", "call", "call")), _change("a/old.py", _hunk(LOOP, ""))
        assert _words([here, there], here) == [word]
