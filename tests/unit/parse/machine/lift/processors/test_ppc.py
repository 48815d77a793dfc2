import pytest


@pytest.mark.parametrize("sample", ["gates.ppc.so", "gates.ppc64.so", "gates.ppc64le.so"])
def test_what_functions_say(sample, gates_golden):
    gates_golden(sample)
