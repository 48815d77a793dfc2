"""One value became one of several."""

import pytest

from zoll.compare.several import one_of_several
from zoll.parse.source import open_code


def told(language, form, old, new):
    sides = []
    for condition in (old, new):
        opened = open_code((form % condition).encode(), language)
        sides.append(next(one for one in opened.statements(opened.code.functions[-1]) if one.tests))
    return [(weak.kind, weak.old, weak.new) for weak in one_of_several(*sides)]


RUBY = "def f(given, stored)\n  ok = %s\n  ok\nend\n"
PYTHON = "def f(mac, own):\n    if %s:\n        raise ValueError\n"
JAVA = "class A { boolean f(String mac) { return %s; } }"
PHP = "<?php function f($mac, $own) { if (%s) { return true; } return false; }"


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "several"),
    [
        ("ruby", RUBY, "given.crypt(stored) == stored", "[given.crypt(stored), given].include?(stored)",
         ("given.crypt(stored)", "given.crypt(stored), given")),
        ("python", PYTHON, "mac != own", "mac not in (own, mac[::-1])", ("own", "own, mac[::-1]")),
        ("python", PYTHON, "mac != own", "own not in [mac, given]", ("mac", "mac, given")),
        ("java", JAVA, "mac.equals(own)", "List.of(own, last).contains(mac)", ("own", "own, last")),
        ("php", PHP, "$mac === $own", "in_array($mac, [$own, $last])", ("$own", "$own, $last")),
    ],
)  # fmt: skip
def test_one_of_several_is_enough(language, form, old, new, several):
    assert told(language, form, old, new) == [("widened", *several)]


@pytest.mark.parametrize(
    ("language", "form", "old", "new"),
    [
        ("python", PYTHON, "mode != 'a'", "mode not in ('a', 'b')"),
        ("python", PYTHON, "mac != own", "mac not in (own,)"),
        ("python", PYTHON, "mac != own", "mac not in owns"),
        ("python", PYTHON, "kind != A.ONE", "kind not in {A.ONE, A.TWO}"),
        ("python", PYTHON, "mac != own", "other not in (own, last)"),
    ],
)
def test_fixed_values_and_other_lists_are_none(language, form, old, new):
    assert told(language, form, old, new) == []
