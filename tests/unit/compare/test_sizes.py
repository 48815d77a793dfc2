"""Names that say how long a secret is, and those that do not."""

import pytest

from zoll.compare.sizes import of_secret


@pytest.mark.parametrize("name", ["SESSION_KEY_LEN", "tokenBytes", "tag_length", "SESSION_ID_LENGTH", "secret-size"])
def test_of_a_secret(name):
    assert of_secret([name], 32, 8)


@pytest.mark.parametrize(
    "name", ["MAX_KEY_LEN", "key", "BUFFER_LEN", "HASH_TABLE_SIZE", "key_count", "KEY_FILE_NAME_LEN"]
)
def test_of_something_else(name):
    assert not of_secret([name], 32, 8)


def test_longer_or_no_length_is_none():
    assert not of_secret(["KEY_LEN"], 16, 32)
    assert not of_secret(["KEY_LEN"], 32, 0)
    assert not of_secret([], 32, 16)
