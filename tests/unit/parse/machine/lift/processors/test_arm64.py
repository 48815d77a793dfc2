import pytest


@pytest.mark.parametrize("sample", ["gates.arm64.so"])
def test_what_functions_say(sample, gates_golden):
    gates_golden(sample)
