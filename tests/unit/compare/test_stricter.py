"""A condition that refuses, and refuses more than before."""

import pytest

from zoll.compare.alteration import alterations
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

PY = "def f(user, data, n):\n    go(data)\n    if %s:\n        %s\n    return finish(user, data)\n"
PHP = (
    "<?php\nfunction f($user, $n) {\n    go($user);\n    if (%s) {\n        %s;\n    }\n    return finish($user);\n}\n"
)
GO = "package a\nfunc f(u *U, n int) error {\n\tread(u)\n\tif %s {\n\t\t%s\n\t}\n\treturn finish(u)\n}\n"


def strict(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    return any("how:stricter" in found.fact.traits for found in alterations(View(aligned(*sides))))


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "leaves"),
    [
        ("python", PY, "n > 4096", "n > 128", "raise TooLong"),
        ("python", PY, "n > 4096", "n > 4096 or user.gone", "return False"),
        ("php", PHP, "$n > 4096", "$n >= 4096", "return false"),
        ("go", GO, "n > 8 && u.old", "n > 8", 'return errors.New("long")'),
    ],
)
def test_what_refuses_more(language, form, old, new, leaves):
    assert strict(language, form % (old, leaves), form % (new, leaves))
    assert not strict(language, form % (new, leaves), form % (old, leaves))


@pytest.mark.parametrize(
    ("old", "new", "leaves"),
    [
        ("n > 4096", "n > 128", "return None"),
        ("n > 4096", "n > 128", "return True"),
        ("n > 4096", "n > 128", "log(data)"),
        ("n > 4096 or user.gone", "n > 128 or user.late", "raise TooLong"),
        ("n > 4096", "user.size > 128", "raise TooLong"),
        ("n == 4096", "n != 4096", "raise TooLong"),
        ("n < 4096", "n > 4096", "raise TooLong"),
    ],
)
def test_what_may_let_in_somebody(old, new, leaves):
    assert not strict("python", PY % (old, leaves), PY % (new, leaves))
