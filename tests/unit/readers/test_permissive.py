"""What a switch lets in, by the words of its name."""

import pytest

from zoll.readers.permissive import lets_in, polarity, strength_of


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("allow_anonymous", 1),
        ("guestOk", 1),
        ("skip_verify", 1),
        ("disable-auth", 1),
        ("permit_root", 1),
        ("require_client_cert", -1),
        ("verifyPeer", -1),
        ("tls.enabled", -1),
        ("rejectUnauthorized", -1),
        ("no_guest", -1),
        ("auth_timeout", 0),
        ("password_file", 0),
        ("nodelay", 0),
        ("port", 0),
        ("", 0),
    ],
)
def test_what_true_means(name, meaning):
    assert polarity(name) == meaning


def test_only_what_is_on_or_off_is_weak_or_strong():
    assert strength_of("auth", "none") == "weak"
    assert strength_of("auth", "yes") == "strong"
    assert strength_of("auth", "ldap") == ""
    assert strength_of("insecure", "false") == "strong"


@pytest.mark.parametrize(
    "word", ["noauth", "--no-auth", "--noverify", "--allow-anonymous", "--auth=none", "--insecure"]
)
def test_options_that_let_in(word):
    assert lets_in(word)


@pytest.mark.parametrize(
    "word", ["--no-pager", "nodetach", "notes", "--tls-cert=/etc/x.pem", "-v", "nolog", "--verify", ""]
)
def test_options_that_do_not(word):
    assert not lets_in(word)
