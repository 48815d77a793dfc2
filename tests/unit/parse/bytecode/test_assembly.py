""".NET assemblies."""

import pytest

from zoll.parse.bytecode.assembly import Assembly, BadAssembly, is_assembly, readable

pytestmark = pytest.mark.skipif(not readable(), reason="dnfile and dncil are not installed")


def test_types_and_methods_come_out(samples):
    found = {
        name: [method.name for method in methods] for name, _, methods in Assembly(samples["dotnet-login"][1]).types()
    }
    assert found["Login"] == [".ctor", "Check", "Report"]


def test_a_native_program_is_no_assembly():
    assert not is_assembly(b"MZ" + b"\0" * 100)


def test_what_is_no_assembly_is_refused():
    with pytest.raises(BadAssembly):
        list(Assembly(b"MZ" + b"\0" * 100).types())
