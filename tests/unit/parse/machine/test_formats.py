import random

import pytest

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import BadExecutable

KINDS = {".so": "executable/elf", ".o": "executable/elf", ".dll": "executable/pe", ".dylib": "executable/macho"}
ROUNDS = 40


def samples(machine):
    return [path for path in sorted(machine.iterdir()) if path.suffix in KINDS]


def test_every_sample_is_an_image(machine):
    for path in samples(machine):
        images = read_image(path.read_bytes(), KINDS[path.suffix])
        assert len(images) == (2 if path.suffix == ".dylib" else 1)
        for image in images:
            assert image.code
            assert image.properties == tuple(sorted(image.properties))


def test_other_kinds_are_refused():
    with pytest.raises(BadExecutable):
        read_image(b"\0asm", "executable/wasm")


def broken(data, chance):
    """Cut, flip or overwrite; heads and tables more often than the rest."""
    data = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        span = chance.choice((64, 512, len(data)))
        at = chance.randrange(min(span, len(data)))
        match chance.randrange(4):
            case 0:
                del data[chance.randrange(1, len(data) + 1) :]
            case 1:
                data[at] ^= 1 << chance.randrange(8)
            case 2:
                data[at : at + 4] = b"\xff" * 4
            case _:
                data[at : at + 8] = chance.randbytes(8)
        if not data:
            return b""
    return bytes(data)


def test_broken_executables_are_read_or_refused(machine):
    chance = random.Random(5)
    for path in samples(machine):
        data = path.read_bytes()
        for _ in range(ROUNDS):
            try:
                images = read_image(broken(data, chance), KINDS[path.suffix])
            except BadExecutable:
                continue
            for image in images:
                assert all(one.offset + one.size <= len(image.data) for one in image.regions)
                for region in image.code:
                    assert len(image.bytes_at(region.address, region.size)) <= region.size
