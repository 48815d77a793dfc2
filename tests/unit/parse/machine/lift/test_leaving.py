from pathlib import Path

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.lift import never_returns
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[4] / "samples" / "parse" / "machine" / "lift"


def test_a_function_that_ends_in_exit_never_comes_back():
    image = read_image((SAMPLES / "gates.x86-64.so").read_bytes(), "executable/elf")[0]
    gone = {image.names.get(one, "") for one in never_returns(image, sweep(image))}
    assert "die" in gone
    assert not gone & {"guarded", "check", "login"}
