import pytest


@pytest.mark.parametrize("sample", ["gates.a32.so", "gates.thumb.so"])
def test_what_functions_say(sample, gates_golden):
    gates_golden(sample)
