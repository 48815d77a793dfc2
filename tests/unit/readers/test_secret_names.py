"""Which names are those of secrets."""

import pytest

from zoll.readers.secret_names import secret


@pytest.mark.parametrize(
    "path",
    [
        "ssh_password",
        "lchan->encr.key",
        "conf.api_key",
        "ue->kasme",
        "privkey",
        "self.accessToken",
        "userpswd",
        "key_material",
        "sessionkey",
    ],
)
def test_a_secret_shows_in_its_name(path):
    assert secret(path, ())


@pytest.mark.parametrize(
    "path",
    [
        "row->key",
        "password_len",
        "keys",
        "PASSWORD",
        "pass",
        "key_id",
        "with_credentials",
        "reset_password",
        "public_key",
        "encr.key_len",
        "token",
    ],
)
def test_other_names_are_none(path):
    assert not secret(path, ())


def test_short_names_need_what_explains_them():
    assert secret("pid->ki", ("pid->ki", "controller")) is False
    assert secret("sub->ki", ("sub->ki", "hlr_subscriber"))
    assert secret("pass", ("pass", "user"))
