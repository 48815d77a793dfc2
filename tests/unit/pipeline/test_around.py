"""The calls around functions of executables."""

from pathlib import Path

import numpy as np
import pytest

from zoll.model import Pair, Part, Place
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.sweep import sweep
from zoll.pipeline.around import MOST, Calls, with_calls
from zoll.pipeline.reading import read_pair

SAMPLES = Path(__file__).parents[2] / "samples"


def machine(name):
    image = read_elf((SAMPLES / "parse" / "machine" / name).read_bytes())
    return Machine(image, sweep(image))


@pytest.fixture(params=["x86-64", "arm64"])
def changes(request):
    """Return the changes of a small daemon that gained a way in, by the names of its functions."""
    sides = {
        name: (SAMPLES / "pairing" / "machine" / f"{request.param}-{name}").read_bytes() for name in ("old", "new")
    }
    parts = [Part(Place(("d",)), "executable/elf", name, len(data)) for name, data in sides.items()]
    answer = read_pair(Pair(parts[0], parts[1], "place"), sides.__getitem__)
    return {one.pair.place.symbol: one for one in answer.changes}


def test_what_an_added_function_calls_and_who_calls_it(changes):
    (added,) = [one.around for one in changes.values() if ("system", "gained") in one.around.callees]
    assert added.callers == (("start", "gained"),)
    assert (added.entry, added.way[0]) == ("export", "start")


def test_what_a_removed_function_called_is_lost(changes):
    (gone,) = [one.around for one in changes.values() if one.pair.place.symbol and not one.pair.new]
    assert {how for _, how in (*gone.callers, *gone.callees)} == {"lost"}
    assert gone.way == ()


def test_more_than_a_few_are_counted_and_news_stands_first(changes):
    around = changes["start"].around
    assert len(around.callees) == MOST
    assert around.more == (0, 5)
    assert [how for _, how in around.callees[:3]] == ["gained", "lost", ""]
    assert changes[""].around.callees == ()


@pytest.mark.parametrize("name", ["door.x86-64.so", "door.arm64.so", "door.riscv64.so"])
def test_imports_have_their_names_and_what_is_no_function_has_nothing(name):
    held = machine(name)
    calls = Calls(held, {})
    door = next(address for address, named in held.image.names.items() if named == "door")
    assert {"strcmp", "system"} <= set(calls.callees(door))
    assert calls.way(door) == ("export", ("door",))
    assert (calls.callees(1), calls.callers(1), calls.way(1)) == ([], [], ("", ()))


def test_a_constructor_is_an_entry():
    held = machine("door.x86-64.so")
    calls = Calls(held, {})
    entries = {calls.way(int(one))[0] for one in held.sweep.starts}
    assert "constructor" in entries


def test_a_side_without_functions():
    held = machine("door.x86-64.so")
    held.sweep.starts, held.sweep.calls = np.zeros(0, np.int64), np.zeros((0, 2), np.int64)
    held.sweep.references = held.sweep.calls
    assert Calls(held, {}).way(5) == ("", ())
    assert with_calls([], None, Calls(held, {})) == ()
