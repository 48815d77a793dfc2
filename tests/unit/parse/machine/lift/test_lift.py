"""What the lift says whatever the compiler chose, and that no bytes break it."""

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import BadExecutable, Image, Region
from zoll.parse.machine.lift import lift
from zoll.parse.machine.lift.blocks import TooLong
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[4] / "samples" / "parse" / "machine" / "lift"
BUILDS = ["x86-64", "x86", "arm64", "a32", "thumb", "mips", "mips64", "ppc", "ppc64", "ppc64le", "riscv64"]
CALLS = re.compile(r"\b(strcmp|memcmp|getenv|printf|strlen|puts|setuid|system|exit|die)\(")
TEXTS = re.compile(r'"((?:[^"\\]|\\.)*)"')
RETURNED = re.compile(r"return (-?\d+);")
SHARED = "at -Os several calls share one jump through a register at the end"
OTHERWISE = {
    ("mips", "kind"): SHARED,
    ("mips64", "kind"): SHARED,
    ("ppc64le", "check"): "at -Os sixteen bytes are compared without a branch",
}
PROCESSORS = ["x86-64", "x86", "arm64", "arm", "mips", "mips64", "ppc", "ppc64", "riscv64"]


def essence(lines):
    """Return which functions are called, which texts are named and which constants are returned."""
    text = "\n".join(lines)
    pieces = "".join(sorted("".join(TEXTS.findall(text))))
    return set(CALLS.findall(text)) - {"memcmp"}, set(pieces), set(RETURNED.findall(text))


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("function", ["check", "kind", "login", "mode", "stacked", "count", "die"])
def test_equal_source_says_the_same_however_it_was_optimised(build, function, gates):
    if (build, function) in OTHERWISE:
        pytest.skip(OTHERWISE[build, function])
    fast, small = gates(f"gates.{build}.so")[function], gates(f"gates.{build}.small.so")[function]
    assert essence(fast) == essence(small)


@pytest.mark.parametrize("build", BUILDS)
def test_all_processors_say_the_same(build, gates):
    own, other = gates(f"gates.{build}.so"), gates("gates.x86-64.so")
    for function in ("check", "count", "stacked", "mode"):
        assert essence(own[function]) == essence(other[function])


@pytest.mark.parametrize("build", ["a32", "thumb"])
def test_code_of_another_byte_order_than_its_data(build, gates):
    text = "\n".join(gates(f"big.{build}.so")["door"])
    assert 'strcmp(arg2->f4, "maintenance")' in text
    assert '(puts("ready") + 0x12345678)' in text


def test_nothing_at_all_is_an_empty_function():
    image = Image(b"", "elf", "x86-64")
    assert lift(image, 0x1000, 16, "f", lambda _: "").lines == ("int f(void) {", "}")


def lift_all(data):
    """Lift every function; time is counted for each."""
    try:
        image = read_image(data, "executable/elf")[0]
    except BadExecutable:
        return
    swept = sweep(image)
    for start, size, dense in zip(swept.starts.tolist(), swept.sizes.tolist(), swept.compact.tolist(), strict=True):
        began = time.process_time()
        try:
            lift(image, start, size, "f", lambda _: "", dense=dense)
        except TooLong:
            continue
        assert time.process_time() - began < 10


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(BUILDS), st.integers(0, 1 << 32))
def test_flipped_bytes_never_break_it(flipped, build, seed):
    data = (SAMPLES / f"gates.{build}.so").read_bytes()
    chance = random.Random(seed)
    for _ in range(chance.randrange(1, 12)):
        data = flipped(data, chance)
    lift_all(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PROCESSORS), st.booleans(), st.binary(min_size=4, max_size=160), st.booleans())
def test_no_bytes_taken_for_code_break_it(processor, big, code, dense):
    bits = 64 if processor in ("x86-64", "arm64", "mips64", "ppc64", "riscv64") else 32
    regions = (Region(".text", 0x1000, 0, len(code), len(code), "rx"),)
    turned = big and processor in ("mips", "mips64", "ppc", "ppc64")
    image = Image(code, "elf", processor, big=turned, bits=bits, regions=regions)
    made = lift(image, 0x1000, len(code), "f", lambda _: "", dense=dense and processor == "arm")
    assert made.lines[-1] == "}"
