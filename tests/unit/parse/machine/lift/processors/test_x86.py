import pytest


@pytest.mark.parametrize("sample", ["gates.x86-64.so", "gates.x86.so", "gates.windows.dll"])
def test_what_functions_say(sample, gates_golden):
    gates_golden(sample)
