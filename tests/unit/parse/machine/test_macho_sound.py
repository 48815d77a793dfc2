import pytest

from zoll.parse.machine.image import BadExecutable
from zoll.parse.machine.macho_sound import check


@pytest.fixture
def data(machine):
    return (machine / "door.dylib").read_bytes()


def test_a_sound_file_passes(data):
    check(data)


@pytest.mark.parametrize("keep", [0, 3, 40, 4200, 60000])
def test_a_cut_file_is_refused(data, keep):
    with pytest.raises(BadExecutable):
        check(data[:keep])


@pytest.mark.parametrize("at", [16, 20, 36, 32 + 64, 32 + 36])
def test_numbers_that_promise_too_much_are_refused(data, at):
    start = int.from_bytes(data[16:20], "big")
    with pytest.raises(BadExecutable):
        check(data[: start + at] + b"\xff" * 4 + data[start + at + 4 :])
