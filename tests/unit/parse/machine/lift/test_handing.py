"""What a call hands over shows how many arguments is taken, though no table says it."""

from pathlib import Path

import pytest

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift import lift
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[4] / "samples" / "parse" / "machine" / "lift"
BUILDS = ["x86-64", "x86", "arm64", "a32", "thumb", "mips", "mips64", "ppc", "ppc64", "ppc64le", "riscv64"]
START, CALLED = 0x401000, 0x402000


def brought(build, function, taken):
    """Return a function of the sample `tails`, and what it shows of others; `fill` has no symbol there."""
    image = read_image((SAMPLES / f"tails.{build}.so").read_bytes(), "executable/elf")[0]
    swept = sweep(image)
    (at,) = [at for at, name in image.names.items() if name == function]
    index = swept.starts.tolist().index(at)
    own = dict.fromkeys(swept.starts.tolist(), "fill") | image.names
    return lift(
        image,
        at,
        int(swept.sizes[index]),
        function,
        lambda one: own.get(one, ""),
        dense=bool(swept.compact[index]),
        taken=taken,
    )


@pytest.mark.parametrize("build", BUILDS)
def test_a_length_that_is_handed_on_shows_in_a_jump_to_another_function(build):
    assert ("fill", 2) in brought(build, "part", {}).handed
    assert brought(build, "whole", {"fill": 2}).lines[1].strip() == "return fill(arg1, arg2);"
    handed = [line for line in brought(build, "part", {"fill": 2}).lines if "fill(" in line]
    assert handed
    assert all(line.count(",") == 1 and ">> 3" in line for line in handed)


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("be05000000", 2),  # mov esi, 5
        ("be05000000 4883fe03", 0),  # mov esi, 5; cmp rsi, 3
        ("be05000000 4889f0", 0),  # mov esi, 5; mov rax, rsi
        ("31d2 48f7f1", 0),  # xor edx, edx; div rcx
        ("be05000000 e8f80f0000 90", 0),  # what stood there was for the call before
        ("8b16", 3),  # mov edx, [rsi]
        ("5a", 0),  # pop rdx: to move the stack
    ],
)
def test_only_what_nobody_reads_before_was_put_there_for_the_call(before, count):
    code = bytes.fromhex(before)
    code += b"\xe9" + (CALLED - START - len(code) - 5).to_bytes(4, "little", signed=True)
    image = Image(code, "elf", "x86-64", regions=(Region(".text", START, 0, len(code), len(code), "rx"),))
    made = lift(image, START, len(code), "f", {CALLED: "g", CALLED + 2: "h"}.get)
    assert dict(made.handed).get("g", 0) == count


def test_functions_that_a_table_knows_need_no_such_proof():
    code = bytes.fromhex("be05000000") + b"\xe9" + (CALLED - START - 10).to_bytes(4, "little")
    image = Image(code, "elf", "x86-64", regions=(Region(".text", START, 0, len(code), len(code), "rx"),))
    assert lift(image, START, len(code), "f", {CALLED: "strlen"}.get).handed == ()
