"""Bytecode as source: samples of each virtual machine read like what they were compiled from."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.parse.bytecode import LANGUAGES, BadBytecode, open_bytecode
from zoll.parse.source import open_code

SAMPLES = Path(__file__).parents[3] / "samples" / "parse" / "bytecode"
NAMES = sorted(path.parent.name for path in SAMPLES.glob("*/input.*"))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_reads_like_its_source(name, samples, golden):
    kind, data = samples[name]
    source = open_bytecode(data, kind)
    lines = [f"{number or '':>4} {text}" for text, number in zip(source.lines, source.numbers, strict=True)]
    golden(SAMPLES / name / "golden.txt", lines)
    assert source.left == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_text_parses_without_an_error(name, samples):
    kind, data = samples[name]
    source = open_bytecode(data, kind)
    code = open_code("\n".join(source.lines).encode(), source.language).code
    assert (code.errors, source.language) == (0, LANGUAGES[kind])


def test_other_kinds_are_no_bytecode():
    assert open_bytecode(b"\x7fELF", "executable/elf") is None


@pytest.mark.parametrize("kind", ["executable/class", "executable/pyc"])
def test_other_bytes_are_refused(kind):
    with pytest.raises(BadBytecode):
        open_bytecode(b"\xca\xfe\xba\xbe\0\0\0\x34 and no more than this", kind)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_broken_bytes_never_crash(samples, data):
    kind, raw = samples[data.draw(st.sampled_from([name for name in NAMES if "dotnet" not in name]))]
    broken = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BadBytecode):
        open_bytecode(bytes(broken[: data.draw(st.integers(1, len(broken)))]), kind)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3583), st.integers(0, 255)), min_size=1, max_size=8))
def test_broken_assemblies_never_crash(samples, changes):
    broken = bytearray(samples["dotnet-login"][1])
    for place, byte in changes:
        broken[place] = byte
    with suppress(BadBytecode):
        open_bytecode(bytes(broken), "executable/pe")
