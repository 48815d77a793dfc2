"""What an expression still holds."""

import pytest

from zoll.readers.kept import first_name, kept_names, kept_paths, last_name, named_paths


@pytest.mark.parametrize(
    ("expression", "held"),
    [
        ('cfg["db"]["secret"]', ["cfg.db.secret"]),
        ('conf.get("password", "")', ["conf.password"]),
        ("self.cfg?.auth?.token", ["self.cfg?.auth?.token"]),
        ("`x ${user.password}`", ["user.password"]),
        ('pass ? "yes" : "no"', []),
        ("sha256(password)", []),
        ("mask(to_hex(key))", []),
        ("hexdump_nospc(lchan->encr.key, len)", ["lchan->encr.key", "len"]),
    ],
)
def test_what_is_kept(expression, held):
    assert kept_paths(expression) == held


def test_names_are_paths_taken_apart():
    assert kept_names("a.b->c") == ["a", "b", "c"]
    assert (first_name("a.b->c"), last_name("a.b->c")) == ("a", "c")


def test_what_is_named_may_be_lost_by_a_call():
    assert named_paths("digest(password), strlen(text)") == ["digest", "password"]
