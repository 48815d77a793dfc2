"""What a standard fixes needs no telling; what stands for no protection, or was chosen, does."""

import pytest

from zoll.readers.standards import standard_of


@pytest.mark.parametrize("text", ["Bad address", "interrupted system call", "SHA-1", "kex-strict-s-v00@openssh.com"])
def test_known(text):
    assert standard_of(text)


@pytest.mark.parametrize(
    "text", ["", "none", "null", "admin", "x-zq7", "bad addresses", "kex-strict-s-v00@example.org"]
)
def test_chosen(text):
    assert not standard_of(text)
