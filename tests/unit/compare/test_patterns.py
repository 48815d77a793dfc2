"""Patterns and networks: what clearly admits more is wider, all else is not."""

import pytest

from zoll.compare.patterns import lists_let_in, sign_let_in, signs_let_in, wider, wider_network, wider_paths


@pytest.mark.parametrize(
    ("old", "new"),
    [("^abc$", "abc"), ("^a+$", "^a+"), ("^a[b]c$", "^a.*c$"), ("^(a|b)$", "^(a|b|c)$"), ("^x{8}$", "^x{4,}$")],
)
def test_wider(old, new):
    assert wider(old, new)
    assert not wider(new, old)


def test_repeating_a_class_is_no_star_for_anything():
    assert not wider(r"/|(?:\s*;\s*)", r"/|(?:[ \t]*;[ \t]*)")
    assert not wider("^a+$", "^(ab)*$")
    assert wider("^/a/b$", "^/a/*$")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"/^\[GNUPG:\] GOODSIG /m", r"/^\[GNUPG:\] \w+SIG /m"),
        ('"^GOODSIG "', '"^(?:GOOD|EXPKEY)SIG "'),
        ("r'^admin$'", "r'^[a-z]+$'"),
        ("/^OK$/", "/^(OK|EXPIRED)$/"),
    ],
)
def test_a_word_that_any_word_may_stand_for(old, new):
    assert wider(old, new)
    assert not wider(new, old)


def test_another_word_or_number_is_no_wider():
    assert not wider("^GOODSIG ", "^VALIDSIG ")
    assert not wider("v1$", r"v\d+$")
    assert not wider("^admin$", "^[A-Z]+$")
    assert not wider("^admin$", "^(?:root|wheel)$")


def test_equal_is_not_wider():
    assert not wider("^a$", "^a$")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'/^\\d+$/'", "'/^\\d+$/D'"),  # the end of the text and not of a line
        ("/^a+$/i", "/^a+$/"),
        (r"'\G(a,\s*|\Z)'", r"'\G(a,[ \t]*|\Z)'"),
        ("'#^/a/b$#'", "'#^/a/b$#u'"),
    ],
)
def test_flags_and_classes_are_no_wider(old, new):
    assert not wider(old, new)


def test_an_anchor_lost_between_flags():
    assert wider("'/^\\d+$/D'", "'/^\\d+/D'")
    assert wider("'#^/a/b$#'", "'#^/a/b#'")


@pytest.mark.parametrize(
    ("old", "new"), [("10.0.0.0/24", "10.0.0.0/8"), ("'fe80::/64'", "'::/0'"), ("255.255.255.0", "255.0.0.0")]
)
def test_networks(old, new):
    assert wider_network(old, new)
    assert not wider_network(new, old)


def test_nonsense_is_no_network():
    assert not wider_network("999.1.1.1/24", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"/public/**"', '"/**"', True),
        ("'/api/public/*'", "'/api/*'", True),
        ('"/health"', '"/**"', True),
        ('"/a/*"', '"/a/**"', True),
        ('"/**"', '"/public/**"', False),
        ('"/a/**"', '"/b/**"', False),
        ('"/a/**"', '"/a/*"', False),
        ('"/a/b"', '"/a/b/*"', False),
        ('"*.txt"', '"/**"', False),
    ],
)
def test_paths(old, new, expected):
    assert wider_paths(old, new) is expected


@pytest.mark.parametrize(
    ("old", "new", "sign"),
    [
        ("qr{^[a-z_\\-]+$}", "qr{^[a-z_.\\-]+$}", "."),
        ("/[^\\/]+/", "/[^]+/", ""),  # no class of its own
        ("/[^a\\/]+/", "/[^a]+/", "/"),
        ("/[a-z]+/", "/[a-z0-9_]+/", ""),  # letters part nothing
        ("/[a-z.]+/", "/[a-z]+/", ""),
        ("/[a.]+/", "/[b.:]+/", ""),  # something was taken out as well
        ("/a[.]/", "/b[.:]/", ""),
    ],
)
def test_a_sign_that_parts_names_is_let_in(old, new, sign):
    assert sign_let_in(old, new) == sign


def test_a_list_of_signs_that_lets_in_one_that_parts_names():
    assert signs_let_in("abcdefghijklmnopqrstuvwxyz0123456789._-", "abcdefghijklmnopqrstuvwxyz0123456789._-/;") == "/"
    assert signs_let_in("0123456789abcdef", "0123456789abcdefABCDEF") == ""
    assert signs_let_in("0123456789", "0123456789 bottles on the wall" * 9) == ""


def test_literals_are_held_against_those_of_their_kind():
    old, new = [("string", "x"), ("regex", "[a-z]+")], [("regex", "[a-z/]+"), ("string", "y")]
    assert lists_let_in(old, new) == ("[a-z]+", "[a-z/]+")
    assert lists_let_in(old, [*new, ("regex", "a")]) is None


def test_a_star_in_a_class_stands_for_itself():
    assert not wider("/^a=(.*)/", "/^a=([-a-z*?+|]*)/")
    assert wider("/^a=([a-z]+)$/", "/^a=([\\s\\S]*)$/")


@pytest.mark.parametrize(
    ("old", "new", "sign"),
    [
        ("/^[a-z]{2}(?:_[A-Z]{2})?$/", r"/^[a-z]{2}[\w.\/]*$/", "."),
        ("^[a-z]+$", "^[a-z0-9-]+$", ""),
        ("^[a-z]+/[a-z]+$", "^[a-z/]+$", ""),
        ("[a-z]+(x)?", "[a-z./]+", ""),
    ],
)
def test_a_class_that_takes_what_parts_names_where_none_was_known(old, new, sign):
    assert sign_let_in(old, new) == sign
