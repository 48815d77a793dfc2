from io import StringIO

from msgspec import structs
from rich.console import Console

from zoll.model import Account, Component, ComponentChange, Copied, Inventory, Place, Release, Report, Reworked
from zoll.reports import json_components
from zoll.reports.components import draw
from zoll.reports.options import Options


def component(name, version, path="deps/lib"):
    return Component(name, version, Place((path,)), f"pkg:generic/{name}@{version}", "metadata")


def report(*changes, inventory=None):
    sides = Release("old", "a" * 64), Release("new", "b" * 64)
    return Report(*sides, Account(), components=changes, inventory=inventory)


def drawn(one, **options):
    console = Console(file=StringIO(), width=100, color_system=None, _environ={})
    for piece in draw(one, Options(**options)):
        console.print(piece)
    return [line.strip() for line in console.file.getvalue().splitlines() if line.strip("─ ")]


ZLIB = component("zlib", "1.2.11"), component("zlib", "1.2.13")


def test_nothing_is_drawn_where_nothing_changed():
    assert drawn(report()) == []
    assert drawn(report(ComponentChange(ZLIB[0], ZLIB[0], "same"))) == []


def test_the_release_itself_is_none_of_its_components():
    own = component("zq", "1.0", "package"), component("zq", "2.0", "package")
    again = structs.replace(own[0], copy="modified")
    assert drawn(report(ComponentChange(*own, "updated"))) == []
    assert drawn(report(ComponentChange(own[0], again, "modified")))[1:] == ["1  modified  zq 1.0"]
    inner = ComponentChange(None, component("zlib", "1", "package/zlib"), "added")
    assert drawn(report(ComponentChange(*own, "updated"), inner))[1:] == ["1  added  zlib 1"]


def test_what_came_went_and_changed():
    many = [ComponentChange(None, component(f"lib{number}", "1"), "added") for number in range(6)]
    lines = drawn(report(ComponentChange(*ZLIB, "updated"), *many, ComponentChange(ZLIB[0], ZLIB[0], "same")))
    assert lines == [
        "Components  8 components inside the new release, 1 as before",
        "6  added    lib0 1, lib1 1, lib2 1, lib3 1 and 2 more",
        "1  updated  zlib 1.2.11 → 1.2.13",
    ]


def test_what_was_altered_comes_before_what_only_has_fewer_files():
    other = [structs.replace(component(name, "1"), copy=copy) for name, copy in (("a", "partial"), ("b", "modified"))]
    lines = drawn(report(*(ComponentChange(structs.replace(one, copy=""), one, "modified") for one in other)))
    assert lines[-1] == "2  modified  b 1, a 1 (fewer files)"


def test_what_only_a_lock_file_names_is_not_inside():
    named = [structs.replace(component("a", version), by="lock") for version in ("1", "2")]
    one = report(ComponentChange(*named, "updated"), ComponentChange(None, component("b", "1"), "added"))
    assert drawn(one) == [
        "Components  1 component inside the new release",
        "1  added          b 1",
        "1  in lock files  a 1 → 2",
    ]
    assert json_components.components(one)["found"] == 1


def test_a_second_copy_is_said():
    other = component("zlib", "1.2.11", "third/zlib")
    lines = drawn(report(ComponentChange(ZLIB[1], ZLIB[1], "same"), ComponentChange(None, other, "added")))
    assert lines[-1] == "1  twice or more  zlib 1.2.11, 1.2.13 (2 copies)"


def test_a_component_that_is_not_what_its_own_list_says():
    other = Component("zq", "2.0", Place(("deps/zq",)), "pkg:pypi/zq@2.0", "metadata", "modified")
    lines = drawn(report(ComponentChange(component("zq", "1.0"), other, "updated")))
    assert lines[-1] == "1  unlike its list  zq 2.0"


def test_a_bill_of_materials_against_what_was_found():
    held = Inventory(("bom.json",), 3, (ZLIB[0],), (component("gone\x1b[2J", "1"),))
    lines = drawn(report(inventory=held))
    assert lines[1:] == ["1  not in the SBOM   zlib 1.2.11", "1  only in the SBOM  gone\\e[2J 1"]
    assert drawn(report(inventory=Inventory(("b",), 3)))[1:] == ["3  in the SBOM  all found, and nothing else"]


def test_json_holds_what_changed_and_counts_the_rest():
    change = ComponentChange(*ZLIB, "updated")
    told = json_components.components(report(change, ComponentChange(ZLIB[0], ZLIB[0], "same")))
    assert (told["found"], told["same"], len(told["changes"]), len(told["copies"])) == (2, 1, 1, 1)
    assert told["changes"][0]["new"]["version"] == "1.2.13"
    assert json_components.inventory(None) is None


def test_functions_that_changed_are_counted_and_named():
    changed = ComponentChange(ZLIB[1], ZLIB[1], "modified", Reworked(2, 1, 0, ("inflate", "crc32", "added")))
    updated = ComponentChange(*ZLIB, "updated", Reworked(40, 2, 1, ("inflate",)))
    assert drawn(report(changed))[1:] == [
        "1  modified  zlib 1.2.13 (functions: 2 changed, 1 new: inflate, crc32, added)"
    ]
    assert drawn(report(updated))[1:] == ["1  updated  zlib 1.2.11 → 1.2.13"]
    assert drawn(report(updated), verbose=True)[1:] == [
        "1  updated  zlib 1.2.11 → 1.2.13 (functions: 40 changed, 2 new, 1 gone: inflate)"
    ]
    told = json_components.components(report(changed))["changes"][0]["functions"]
    assert told == {"changed": 2, "added": 1, "removed": 0, "names": ["inflate", "crc32", "added"]}


def test_copies_known_by_their_functions_say_where_and_how_much():
    def copy(how, *held):
        about = Copied(Place(("deps/zlib",)), "old", *held)
        return structs.replace(ZLIB[1], at=Place(("src/all.c",)), by="functions", copy=how, held=about)

    def line(one):
        return " ".join(drawn(report(ComponentChange(None, one, "added")))[1:]).partition("added")[2].strip()

    assert line(copy("full", 9, 0, 0, 0, 100)) == "zlib 1.2.13 in src/all.c (all of it)"
    assert line(copy("partial", 5, 0, 4, 0, 60)) == "zlib 1.2.13 in src/all.c (60 % of it)"
    altered = copy("modified", 8, 1, 0, 0, 97, ("inflate",))
    assert line(altered) == "zlib 1.2.13 in src/all.c (97 % of it, 1 function altered: inflate)"
    held = json_components.components(report(ComponentChange(None, altered, "added")))["changes"][0]["new"]["held"]
    assert (held["of"], held["side"], held["equal"], held["unlike"]) == ("deps/zlib", "old", 8, ["inflate"])
