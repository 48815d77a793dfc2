"""Searches and verdicts that no longer go on from the one before."""

import pytest

from zoll.compare.afresh import afresh


def told(view_of, language, old, new):
    view = view_of(language, old, new)
    return [weak.how for run in view.runs for pair in run.pairs for weak in afresh(view, *pair)]


PYTHON = "def f(self, term):\n    qs = Row.objects.filter(a=self.a)\n    if term:\n        qs = %s\n    return qs\n"
PHP = "<?php function f($t) { $q = Row::where('a', $t); if ($t) { $q = %s; } return $q; }\n"
C = "int f(struct s *a)\n{\n\tint ok = first(a);\n\n\tok = %s;\n\treturn ok;\n}\n"


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "expected"),
    [
        ("python", PYTHON, "qs.filter(name=term)", "Row.objects.filter(name=term)", ["afresh"]),
        ("python", PYTHON, "qs.filter(name=term)", "qs.filter(title=term)", []),
        ("python", PYTHON, "qs.filter(name=term)", "found(qs, term)", []),
        ("php", PHP, "$q->where('b', $t)", "Row::where('b', $t)", ["afresh"]),
        ("c", C, "ok && second(a)", "second(a)", ["afresh"]),
        ("c", C, "second(a) && ok", "second(a)", ["afresh"]),
        ("c", C, "ok || second(a)", "second(a)", []),
        ("c", C, "ok && second(a)", "second(a) && ok", []),
    ],
)
def test_what_went_on(view_of, language, form, old, new, expected):
    assert told(view_of, language, form % old, form % new) == expected


def test_what_nobody_sets_before_any_more(view_of):
    form = "def f(self, qs, term):\n    %s\n    qs = %s\n    return qs\n"
    assert not told(
        view_of, "python", form % ("qs = Row.all()", "qs.filter(a=term)"), form % ("log(qs)", "Row.filter(a=term)")
    )
