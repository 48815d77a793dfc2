"""The table of what is weaker: ladders, names, numbers."""

import pytest

from zoll.compare.strength import about, belongs, named, number, says, step_down, table, weak_words, words_of


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        ("sha256", "md5", "algorithm"),
        ("md5", "sha256", ""),
        ("AES-256-GCM", "aes_128_ecb", "algorithm"),
        ("TLSv1.2", "TLSv1.1", "algorithm"),
        ("SSL_VERIFY_PEER", "SSL_VERIFY_NONE", "argument"),
        ("'DENY'", "'ALLOW'", "argument"),
        ("'manage_options'", "'read'", "argument"),
        ("'edit_posts'", "'manage_options'", ""),
        ("apple", "pear", ""),
    ],
)
def test_steps(old, new, value):
    assert step_down(old, new)[0] == value


def test_names_are_split_into_words():
    assert words_of("checkHTTPHost_2") == ("check", "http", "host", "2")
    assert named("verifyHostname", "strict")
    assert says("login", "noisy")
    assert not says("login", "log")


@pytest.mark.parametrize(
    ("text", "value"),
    [("0x1F", 31), ("0600", 384), ("0o600", 384), ("10UL", 10), ("5u8", 5), ("1.5", None), ("x", None)],
)
def test_numbers(text, value):
    assert number(text) == value


def test_struck_out_words_are_not_weak():
    assert weak_words("HIGH:!RC4:DES") == {"des"}


def test_about():
    assert about("user_password") == "password"
    assert about("colour") == ""


def test_every_ladder_has_a_value_of_the_vocabulary():
    values = {"algorithm", "randomness", "argument", "widened", "bound", "literal", "repeat", "length"}
    assert {ladder.value for ladder in table().ladders} <= values


def test_a_name_that_only_got_words_that_say_whose_it_is():
    assert belongs("AUTH_ANY", "AUTH_TYPE_ANY")
    assert belongs("LIB_BAD_CERT", "BAD_CERT")
    assert not belongs("AUTH_ANY", "AUTH_PLAIN")
    assert not belongs("VERIFY_PEER", "NO_VERIFY_PEER")
    assert not belongs("VERIFY_PEER", "VERIFY_PEER_NEVER")
    assert not belongs("TLS_1_2_VERSION", "TLS_1_VERSION")
    assert not belongs("OK", "LIB_ID")
