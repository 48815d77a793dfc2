"""Noise is a positive explanation; what may mean something stays a change."""

import pytest

from zoll.compare.noise import Facing, noise
from zoll.parse.source import open_code


def side(text, language=""):
    data = text if isinstance(text, bytes) else text.encode()
    return Facing(data, open_code(data, language).code if language else None)


def kind_of(kind, old, new, stamps=(), silent=True):
    language = kind.removeprefix("code/") if kind.startswith("code/") else ""
    return noise(kind, None if old is None else side(old, language), side(new, language), stamps, silent=silent)


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        ("document/text", "a\nb\n", "a\r\nb\r\n", "line-ends"),
        ("document/text", "a\nb\n", "a  \n\nb", "white-space"),
        ("document/text", "a b", "a c", ""),
        ("code/c", "int f(void)\n{ return 1; }\n", "int f(void) {\n  return 1;\n}\n", "white-space"),
        ("code/c", "int f(void) { return 1; }\n", "/* one */\nint f(void) { return 1; }\n", "comments"),
        ("code/python", "# a\nx = 1\n", "# b\nx = 1\n", "comments"),
        ("code/python", "# a\nx = 1\n", "# -*- coding: rot13 -*-\nx = 1\n", ""),
        ("code/go", "package a\n", "//go:build evil\n\npackage a\n", ""),
        ("code/python", None, "", "empty"),
        ("code/python", None, "# nothing yet\n", "comments"),
        ("document/text", None, "one\n", ""),
        ("document/man", ".TH A 1 2024-01-02\n", ".TH A 1 2025-11-12\n", "time"),
        ("document/text", "Copyright (c) 2019-2024 A\n", "Copyright (c) 2019-2025 A\n", "time"),
        ("config/yaml", "expires: 2024-01-02\n", "expires: 2034-01-02\n", ""),
        ("config/properties", "Build-Date: 2024-01-02 10:11:12\n", "Build-Date: 2025-02-03 01:02:03\n", "time"),
        ("config/ini", "git commit: abcdef0\n", "git commit: 1234567\n", "build"),
        ("config/make", "a:\n\tx \\\n\ty\n", "a:\n\tx \\ \n\ty\n", ""),
    ],
)
def test_whole_differences(kind, old, new, told):
    assert kind_of(kind, old, new) == told


def test_an_added_text_with_words_is_no_noise_even_when_nothing_was_found():
    assert kind_of("config/conf", None, "AllowAll yes\n") == ""


def test_versions_are_noise_only_where_they_are_those_of_the_releases():
    stamps = [("1.2.3", "1.2.4")]
    assert kind_of("code/python", 'v = "1.2.3"\n', 'v = "1.2.4"\n', stamps, silent=False) == "version"
    assert kind_of("code/python", "v = (1, 2, 3)\n", "v = (1, 2, 4)\n", stamps, silent=False) == "version"
    assert kind_of("code/python", 'v = "1.2.3.4"\n', 'v = "1.2.4.4"\n', stamps, silent=False) == ""
    assert kind_of("code/python", 'v = "10.0.0.1"\n', 'v = "10.0.0.2"\n', stamps, silent=False) == ""
    assert kind_of("code/python", "MINOR = 2\nMICRO = 3\n", "MINOR = 2\nMICRO = 4\n", stamps, silent=False) == "version"
    assert kind_of("code/c", "#define V_PATCH 3\n", "#define V_PATCH 4\n", stamps, silent=False) == "version"
    assert kind_of("code/python", "MICRO = 3\n", "MICRO = 5\n", stamps, silent=False) == ""
    assert kind_of("code/python", "MINOR = 3\n", "MINOR = 4\n", stamps, silent=False) == ""
    assert kind_of("code/python", "TRIES = 3\n", "TRIES = 4\n", stamps, silent=False) == ""


def test_dates_in_code_may_be_a_trigger():
    assert kind_of("code/python", 'd = "2024-01-02"\n', 'd = "2034-01-02"\n', silent=False) == ""


def test_a_comment_never_explains_a_change_that_comparing_saw():
    assert kind_of("code/python", "x = 1\n", "x = 2  # the same\n", silent=False) == ""


def test_functions_in_another_order():
    one, two = "def f():\n    return 1\n", "def g():\n    return 2\n"
    assert kind_of("code/python", one + two, two + one) == "order"


def test_c_in_a_comment_of_go_is_code():
    old = '/*\nint a;\n*/\nimport "C"\n'
    assert kind_of("code/go", "package a\n" + old, "package a\n" + old.replace("int a", "int b")) == ""
