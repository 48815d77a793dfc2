"""Each gained thing is declared by the notes, by other text, vaguely or not at all."""

from zoll.declared.lookup import again, declare, noted
from zoll.declared.mention import Said
from zoll.model import Change, Declaration, Fact, Hunk, Note, Pair, Part, Place, Reading

PLACE = Place(("src/a.c",), "relay_open")


class Mentions:
    """What a release without any other text says."""

    def __init__(self, counts=None):
        self.counts = counts or {}

    def mentions(self, change, reading):
        return self.counts.get(reading.fact.value, 0)

    def newness(self, change, reading):
        return 1 if reading.fact.value == "old" else 4

    def declarations(self, change, reading):
        if reading.fact.value in self.counts:
            yield Declaration(reading.fact, "a manual's words", Place(("man/a.1",), "", 3, 3))


def change(*facts, roles=()):
    hunk = Hunk((1, 1), (1, 1), gained=tuple(Reading(fact, PLACE.at(1)) for fact in facts))
    standing = tuple(Fact("role", role) for role in roles)
    return Change(Pair(None, Part(PLACE, "code/c", "1", 9), "added"), (hunk,), standing)


def said(*texts):
    return Said(Note(Place(("CHANGES",), "", 1, 1), text) for text in texts)


def how(*facts, notes=(), counts=None, roles=()):
    return [(one.fact.value, one.how) for one in declare([change(*facts, roles=roles)], Mentions(counts), said(*notes))]


OPTION = Fact("option", "--relay-to")
LITERAL = Fact("comparison", "zq-maint", ("type:string",))


def test_a_thing_that_nothing_speaks_of_is_undeclared():
    assert how(OPTION, LITERAL) == [("--relay-to", "undeclared"), ("zq-maint", "undeclared")]


def test_the_notes_the_manual_and_common_words_declare_in_turn():
    assert how(OPTION, notes=["adds --relay-to"]) == [("--relay-to", "fresh")]
    assert how(OPTION, counts={"--relay-to": 2}) == [("--relay-to", "standing")]
    assert how(OPTION, counts={"--relay-to": 99}) == [("--relay-to", "vague")]
    assert how(OPTION, notes=["to others we relay"]) == [("--relay-to", "vague")]


def test_an_option_with_its_help_declares_itself():
    assert how(Fact("option", "--yes", ("help:yes",))) == [("--yes", "standing")]


def test_old_words_numbers_and_documents_are_not_asked():
    assert how(Fact("option", "old"), Fact("comparison", "77", ("type:number",))) == []
    assert how(OPTION, roles=["documentation"]) == []


def test_what_stands_in_tests_comes_last():
    both = [change(OPTION, roles=["test"]), change(LITERAL)]
    assert [one.fact for one in declare(both, Mentions(), said())] == [LITERAL, OPTION]


def test_other_texts_make_it_vague_only():
    (one,) = declare([change(Fact("comparison", "overflow:deny-all", ("type:string",)))], Mentions(), said())
    assert again(one, said("the overflow mode, deny all clients")).how == "vague"
    assert again(one, said("nothing of that")) == one


def test_a_hunk_is_noted_by_what_it_gained_or_by_its_new_function():
    one = change(OPTION)
    assert noted(one, one.hunks[0], said("relay_open() is new")) == "clear"
    assert noted(one, one.hunks[0], said("new --relay-to")) == "clear"
    assert noted(one, one.hunks[0], said("sockets are opened before they are relayed")) == "vague"
    assert noted(one, one.hunks[0], said("spelling")) == ""


def test_who_speaks_of_the_place_only_hints():
    part = Part(PLACE, "code/c", "1", 9)
    one = Change(Pair(part, part, "name"), (Hunk((1, 1), (1, 1), "use(old_name);", "use(old_name, new_name);"),))
    assert noted(one, one.hunks[0], said("relay_open() fails less often")) == "vague"
    assert noted(one, one.hunks[0], said("old_name is faster")) == ""
    assert noted(one, one.hunks[0], said("takes a new_name")) == "clear"


def test_a_file_that_the_notes_name_is_noted_when_new_and_hinted_at_when_changed():
    part = Part(Place(("src/mod_relay.c",), "f"), "code/c", "1", 9)
    added = Change(Pair(None, part, "added"), (Hunk((1, 1), (1, 1)),))
    changed = Change(Pair(part, part, "name"), (Hunk((1, 1), (1, 1)),))
    for one, how in ((added, "clear"), (changed, "vague")):
        assert noted(one, one.hunks[0], said("mod_relay: fixed a leak")) == how
        assert noted(one, one.hunks[0], said("fixed a leak")) == ""
