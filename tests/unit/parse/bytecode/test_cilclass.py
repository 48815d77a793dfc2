"""Assemblies as the text of Java."""

import pytest

from zoll.parse.bytecode import cilclass
from zoll.parse.bytecode.source import BadBytecode


def test_a_native_program_is_none(samples):
    assert cilclass.open_assembly(b"MZ" + b"\0" * 100) is None


def test_methods_begin_at_their_code(samples):
    source = cilclass.open_assembly(samples["dotnet-login"][1])
    assert all(source.lines[line - 1].endswith("{") and at > 0 for line, at in source.starts.items())
    assert not any(source.numbers)


def test_without_the_libraries_it_says_what_to_install(samples, monkeypatch):
    monkeypatch.setattr(cilclass, "readable", lambda: False)
    with pytest.raises(BadBytecode, match=r"zoll\[dotnet\]"):
        cilclass.open_assembly(samples["dotnet-login"][1])
