from pathlib import Path

import pytest

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.known import BITS, recognise, recognised, table
from zoll.parse.machine.lift import lift
from zoll.parse.machine.listing import listed
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[4] / "samples" / "parse" / "machine" / "known"
BUILDS = ["x86-64", "arm64", "mipsel"]
WANTED = {"strcmp", "system", "setuid", "getenv"}


def opened(build):
    (image,) = read_image((SAMPLES / f"door.{build}").read_bytes(), "executable/elf")
    return image, sweep(image)


@pytest.mark.parametrize("build", BUILDS)
def test_a_stripped_static_program_has_its_names_again(build):
    image, swept = opened(build)
    assert not image.names
    assert set(recognised(image, swept).values()) >= WANTED


@pytest.mark.parametrize("build", BUILDS)
def test_calls_of_known_functions_read_like_calls_of_imports(build):
    image, swept = opened(build)
    recognise(image, swept)
    text = [
        "\n".join(lift(image, start, size, "f", lambda at: image.names.get(at, "")).lines)
        for start, size in zip(swept.starts.tolist(), swept.sizes.tolist(), strict=True)
    ]
    (main,) = [one for one in text if "--maintenance" in one]
    assert "strcmp(arg2->f" in main
    assert 'system(getenv("MAINTENANCE"))' in main


def test_the_listing_says_that_a_name_was_recognised():
    image, swept = opened("x86-64")
    recognise(image, swept)
    notes = [
        line.note
        for start, size in zip(swept.starts.tolist(), swept.sizes.tolist(), strict=True)
        for line in listed(image, start, size, lambda at: image.names.get(at, ""))
    ]
    assert "system (recognised)" in notes
    assert "system" not in notes


def test_names_that_the_file_tells_stay():
    image, swept = opened("x86-64")
    at = next(address for address, name in recognised(image, swept).items() if name == "system")
    image.names[at] = "run_it"
    recognise(image, swept)
    assert image.names[at] == "run_it"
    assert at not in image.recognised


@pytest.mark.parametrize("processor", ["x86-64", "x86", "arm64", "arm", "mips", "mips64", "ppc", "ppc64", "riscv64"])
def test_the_table_knows_every_processor(processor):
    rows = table(processor)
    assert {name for held in rows.values() for name, _ in held} >= {"system", "execve", "setuid"}
    assert all(0 <= key < 1 << BITS for key in rows)


def test_a_print_names_one_function_only():
    for processor in ("x86-64", "arm64"):
        for held in table(processor).values():
            assert len({name for name, calls in held if not calls}) < 2
