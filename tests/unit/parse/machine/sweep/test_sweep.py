"""What a sweep finds in one small program, built for each processor: see tests/samples/parse/machine/sweep."""

import random
from pathlib import Path

import numpy as np
import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import BadExecutable
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[4] / "samples" / "parse" / "machine" / "sweep" / "door"
BUILDS = sorted(path.name.split(".")[1] for path in SAMPLES.glob("door.*.so"))


def swept(name):
    image = read_elf((SAMPLES / name).read_bytes())
    return image, sweep(image)


def lines(image, found):
    """One line per function: start, size, name, calls, references, constants."""
    return [" ".join(words(image, found, at)) for at in range(len(found.starts))]


def words(image, found, at):
    def rows(of):
        return of[of[:, 0] == at, 1].tolist()

    calls = sorted({called(image, found, one) for one in rows(found.calls)})
    names = sorted({named(image, one) for one in rows(found.references)})
    constants = sorted({str(one) for one in rows(found.constants)})
    yield f"{found.starts[at]:#x} {found.sizes[at]} {found.names.get(int(found.starts[at]), '-')}"
    yield f"calls {', '.join(calls) or '-'}; names {', '.join(names) or '-'}; holds {', '.join(constants) or '-'}"


def called(image, found, address):
    return found.names.get(address) or image.slots.get(address) or f"{address:#x}"


def named(image, address):
    text = image.text(address)
    return image.slots.get(address) or (repr(text) if text else f"{address:#x}")


@pytest.mark.parametrize("build", BUILDS)
def test_functions_their_calls_and_what_they_name(build, golden):
    golden(SAMPLES / f"golden.{build}.txt", lines(*swept(f"door.{build}.so")))


@pytest.mark.parametrize("build", BUILDS)
def test_digests_stay_when_code_and_data_move(build):
    _, old = swept(f"door.{build}.so")
    image, new = swept(f"later.{build}.so")
    moved = {found.names.get(int(start)) for start in new.starts for found in (new,)}
    lost = [hex(start) for start, digest in zip(old.starts, old.digests, strict=True) if digest not in new.digests]
    assert {"say_motto", "give_more"} <= moved
    assert lost == [], f"{image.processor}: these changed by moving alone"


@pytest.mark.parametrize("build", BUILDS)
def test_shapes_and_counts_are_those_of_the_same_code(build):
    (_, old), (_, new) = swept(f"door.{build}.so"), swept(f"later.{build}.so")
    where = {int(digest): at for at, digest in enumerate(new.digests)}
    for at, digest in enumerate(old.digests.tolist()):
        assert old.counts[at] == new.counts[where[digest]]
        assert (old.shapes[at] == new.shapes[where[digest]]).all()


def test_a_changed_constant_changes_the_digest():
    image, found = swept("door.x86-64.so")
    at = image.data.index((0x1234).to_bytes(4, "little"), image.code[0].offset)
    image.data = image.data[:at] + b"\x35" + image.data[at + 1 :]
    assert (sweep(image).digests != found.digests).sum() > 0


@pytest.mark.parametrize("build", BUILDS)
def test_broken_code_is_swept_all_the_same(build):
    data, chance = (SAMPLES / f"door.{build}.so").read_bytes(), random.Random(5)
    image = read_elf(data)
    low = min(one.offset for one in image.code)
    high = max(one.offset + one.size for one in image.code)
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(chance.randrange(1, 60)):
            broken[chance.randrange(low, high)] = chance.randrange(256)
        image.data = bytes(broken)
        found = sweep(image)
        assert (np.diff(found.starts) > 0).all()
        assert (found.sizes >= 0).all()


@pytest.mark.parametrize("build", BUILDS)
def test_broken_files_are_swept_or_refused(build, flipped):
    data, chance = (SAMPLES / f"door.{build}.so").read_bytes(), random.Random(6)
    for _ in range(25):
        try:
            image = read_elf(flipped(data, chance))
        except BadExecutable:
            continue
        found = sweep(image)
        assert len(found.starts) == len(found.sizes) == len(found.digests) == len(found.shapes) == len(found.compact)
