"""Functions brought up on both sides: what is handed on to another function is compared, though nobody knows it."""

from hashlib import sha256
from pathlib import Path

import pytest

from zoll.model import Part, Place
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.sweep import sweep
from zoll.pipeline.brought import Bare, Listing, agree
from zoll.pipeline.sides import File

SAMPLES = Path(__file__).parents[2] / "samples" / "parse" / "machine" / "lift"
BUILDS = ["x86-64", "x86", "arm64", "a32", "thumb", "mips", "mips64", "ppc", "ppc64", "ppc64le", "riscv64"]
OTHER_LINES = ("mips", "mips64")  # the division there is a branch, so more than arguments differs


def listing(build, function):
    """Return one side, with one function of the sample `tails` brought up; what it leads to has no symbol."""
    data = (SAMPLES / f"tails.{build}.so").read_bytes()
    part = Part(Place(("d",)), "executable/elf", sha256(data).hexdigest(), len(data))
    image = read_image(data, part.kind)[0]
    machine = Machine(image, sweep(image))
    starts = machine.sweep.starts.tolist()
    made = Listing(File(part, data, "new", []), machine, {at: image.names.get(at, "fill") for at in starts})
    (index,) = [starts.index(at) for at, name in image.names.items() if name == function]
    return made, made.add(index)


@pytest.mark.parametrize("build", BUILDS)
def test_a_length_that_was_shortened_before_a_jump_to_another_function_is_a_change(build):
    (old, whole), (new, part) = listing(build, "whole"), listing(build, "part")
    agree([Bare(whole, part, "place", 1.0)], [old, new])
    assert old.function(whole)[1:] != new.function(part)[1:]
    if build not in OTHER_LINES:
        assert [line.strip() for line in old.function(whole)[1:-1]] == ["return fill(arg1, arg2);"]
    assert ">> 3" in "".join(new.function(part))


@pytest.mark.parametrize("build", BUILDS)
def test_equal_functions_stay_equal(build):
    (old, whole), (new, again) = listing(build, "part"), listing(build, "part")
    agree([Bare(whole, again, "place", 1.0)], [old, new])
    assert old.function(whole) == new.function(again)


def test_lines_and_their_addresses_stay_side_by_side():
    made, name = listing("arm64", "part")
    made.again(name, {"fill": 2})
    assert len(made.lines) == len(made.addresses) == len(made.function(name))
    assert made.entries[name][0] in made.addresses
