"""Texts of an executable that look drawn at random are secrets; words, names and versions are none."""

import pytest

from zoll.model import Part, Place
from zoll.parse.source import open_code
from zoll.readers.material import Material
from zoll.readers.secrets import read


def secrets(text, kind="executable/elf"):
    data = f'int sub_1000(void) {{\n    sub_2000(arg1, "{text}", 16);\n}}\n'.encode()
    opened = open_code(data, "c")
    (function,) = [one for one in opened.code.functions if one.name]
    part = Part(Place(("d",), "sub_1000"), kind, "x", len(data))
    material = Material(part, "code/c", data, opened.statements(function), function, opened.code)
    return [reading.fact.trait("type") for reading in read(material)]


@pytest.mark.parametrize("text", ["uB7e1QxKt6mZp4Lw", "Tq4-xn81.Lw2_dPz"])
def test_what_looks_drawn_is_a_secret_of_an_executable(text):
    assert secrets(text) == ["token"]
    assert secrets(text, "code/c") == []


@pytest.mark.parametrize(
    "text", ["UTI_GetNtp64Fuzz", "libfoo-1.2.3.so", "%s: Line %d of %s", "ABCDEFGHIJabcdefghij0123456789", "Z9x"]
)
def test_words_are_none(text):
    assert secrets(text) == []
