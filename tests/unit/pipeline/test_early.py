from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading
from zoll.parse.machine.image import Image
from zoll.pipeline.early import with_early, without_early


def image(*properties):
    return Image(b"", "elf", "x86-64", stubs={0x3000: "pick"}, properties=properties)


def part(address, name="f"):
    return Part(Place(("d",), name, 1, 5, address), "executable/elf", "x", 9)


def changed(old, new):
    return Change(Pair(old, new, "digest"), (Hunk((1, 1), (1, 2)), Hunk((3, 3), (4, 4))))


def early(change):
    return [reading.fact.value for reading in change.gained if reading.fact.kind == "early"]


def test_a_function_that_newly_runs_before_the_program_says_so_once():
    change = changed(part(0x1000), part(0x2000))
    (told,) = with_early([change], image(), image(("constructor", "0x2000")))
    assert early(told) == ["constructor"]
    (added,) = with_early([changed(None, part(0x2000))], image(), image(("ifunc", "0x2000")))
    assert early(added) == ["ifunc"]


def test_one_that_ran_so_before_is_no_news():
    change = changed(part(0x1000), part(0x2000))
    (told,) = with_early([change], image(("constructor", "0x1000")), image(("constructor", "0x2000")))
    assert early(told) == []


def test_functions_with_names_are_met_by_them():
    (told,) = with_early([changed(None, part(0x3000, "pick"))], None, image(("ifunc", "pick")))
    assert early(told) == ["ifunc"]


def test_what_is_told_at_the_function_is_not_said_again_of_the_file():
    at = Place(("d",))
    said = (Reading(Fact("early", "ifunc"), at, "0x2000"), Reading(Fact("early", "destructor"), at, "0x2100"))
    file = Change(Pair(None, Part(at, "executable/elf", "x", 9), "added"), (Hunk(gained=said),))
    functions = with_early([changed(None, part(0x2000))], None, image(("ifunc", "0x2000")))
    assert early(without_early(file, functions)) == ["destructor"]
    assert without_early(file, ()) == file
