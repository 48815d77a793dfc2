import pytest

from zoll.parse.machine.image import PROCESSORS
from zoll.parse.machine.lift.tables import arity_of, asked_for, leavers, modes, plain_call, system_calls


def test_arities():
    assert arity_of("strcmp") == (2, False)
    assert arity_of("printf") == (1, True)
    assert arity_of("__snprintf_chk") == (5, True)
    assert arity_of("RAND_bytes") == (2, False)
    assert arity_of("EVP_MD_CTX_new") == (0, False)
    assert arity_of("own_function") == (-1, True)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("__memcpy_chk", ("memcpy", (3,))),
        ("__printf_chk", ("printf", (0,))),
        ("__isoc23_strtol", ("strtol", ())),
        ("fopen64", ("fopen", ())),
        ("__open64_2", ("open", ())),
        ("bcmp", ("memcmp", ())),
        ("sub_64", ("sub_64", ())),
        ("__stack_chk_fail", ("__stack_chk_fail", ())),
        ("base64", ("base64", ())),
    ],
)
def test_what_headers_put_in_place_of_a_function_is_that_function(name, plain):
    assert plain_call(name) == plain


def test_modes_are_arguments_of_functions():
    assert (modes()["chmod"], modes()["umask"], modes()["open"]) == (1, 0, 2)


@pytest.mark.parametrize(("text", "count"), [("plain", 0), ("%s-%d", 2), ("%-*s took %lld%%", 3), ("%m %.3f", 1)])
def test_formats_tell_how_many_they_take(text, count):
    assert asked_for(text) == count


@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_processor_has_its_system_calls(processor):
    names = set(system_calls(processor).values())
    assert {"execve", "openat", "connect", "ptrace", "setuid" if processor != "arm" else "setuid32"} <= names


def test_leavers():
    assert {"exit", "abort"} <= leavers()
