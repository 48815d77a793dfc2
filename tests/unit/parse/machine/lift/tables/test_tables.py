import pytest

from zoll.parse.machine.image import PROCESSORS
from zoll.parse.machine.lift.tables import arity_of, asked_for, leavers, system_calls


def test_arities():
    assert arity_of("strcmp") == (2, False)
    assert arity_of("printf") == (1, True)
    assert arity_of("__snprintf_chk") == (5, True)
    assert arity_of("own_function") == (-1, True)


@pytest.mark.parametrize(("text", "count"), [("plain", 0), ("%s-%d", 2), ("%-*s took %lld%%", 3), ("%m %.3f", 1)])
def test_formats_tell_how_many_they_take(text, count):
    assert asked_for(text) == count


@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_processor_has_its_system_calls(processor):
    names = set(system_calls(processor).values())
    assert {"execve", "openat", "connect", "ptrace", "setuid" if processor != "arm" else "setuid32"} <= names


def test_leavers():
    assert {"exit", "abort"} <= leavers()
