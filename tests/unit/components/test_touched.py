"""Functions of a component are those of its files, the innermost component's."""

from zoll.components.touched import reworked
from zoll.model import Change, Component, ComponentChange, Pair, Part, Place, Reworked


def component(path, name="zq", by="metadata"):
    return Component(name, "1.0", Place((path,)), "", by)


def change(path, symbol, sides="both"):
    part = Part(Place((path,), symbol, 1, 9), "code/c", "d", 9)
    return Change(Pair(part if sides != "added" else None, part if sides != "removed" else None, "place"))


def test_functions_are_counted_and_named():
    zq = component("deps/zq")
    inner = component("deps/zq/inner", "inner")
    before = (ComponentChange(zq, zq, "modified"), ComponentChange(inner, inner, "same"))
    changes = [
        change("deps/zq/a.c", "parse"),
        change("deps/zq/b.c", "backdoor", "added"),
        change("deps/zq/b.c", "gone", "removed"),
        change("deps/zq/b.c", ""),
        change("deps/zq/inner/c.c", "other"),
        change("src/main.c", "main"),
    ]
    assert [one.functions for one in reworked(before, changes)] == [
        Reworked(1, 1, 1, ("parse", "backdoor")),
        Reworked(),
    ]


def test_a_header_that_tells_of_a_library_has_its_source_beside_it():
    zq = component("src/zq.h", by="version-string")
    [one] = reworked((ComponentChange(zq, zq, "modified"),), [change("src/zq.c", "parse"), change("src/other.c", "x")])
    assert one.functions == Reworked(1, 0, 0, ("parse",))


def test_what_only_a_lock_names_has_no_functions():
    zq = component("yarn.lock", by="lock")
    [one] = reworked((ComponentChange(zq, zq, "updated"),), [change("yarn.lock", "x")])
    assert one.functions == Reworked()


def test_a_folder_that_components_share_belongs_to_none():
    inside = [component(f"app/vendor/{name}", name) for name in ("click", "attrs")]
    room = component("app/vendor", "dotted")
    changes = [change("app/vendor/other.py", "x"), change("app/vendor/click/a.py", "y")]
    told = reworked([ComponentChange(one, one, "modified") for one in (room, *inside)], changes)
    assert [one.functions.changed for one in told] == [0, 1, 0]
