"""Differences gathered in a loop."""

import pytest

from zoll.parse.accumulators import gathers, kept_none, undone
from zoll.parse.source import open_code

C = "int f(const char *a, const char *b, int n) { int d = 0, i; for (i = 0; i < n; i++) { %s } return d; }"
PYTHON = "def f(a, b):\n    d = 0\n    for x, y in zip(a, b):\n        %s\n    return d == 0\n"
GO = "package p\nfunc f(a, b []byte) bool {\n\tvar d byte\n\tfor i := range a {\n\t\t%s\n\t}\n\treturn d == 0\n}\n"


def said(language, text):
    opened = open_code(text.encode(), language)
    found = []
    for function in opened.code.functions:
        statements = opened.statements(function)
        found += [undone(statements, at) or "kept" for at in range(len(statements)) if gathers(statements, at)]
    return found


@pytest.mark.parametrize(
    ("language", "form", "body", "expected"),
    [
        ("c", C, "d |= a[i] ^ b[i];", ["kept"]),
        ("c", C, "d = d | (a[i] ^ b[i]);", ["kept"]),
        ("c", C, "d = (a[i] ^ b[i]) | d;", ["kept"]),
        ("c", C, "d = a[i] ^ b[i];", ["overwritten"]),
        ("c", C, "d = (d & a[i]) | (a[i] ^ b[i]);", ["overwritten"]),
        ("c", C, "d &= a[i] ^ b[i];", ["overwritten"]),
        ("c", C, "d ^= ((char *)a)[i] ^ ((char *)b)[i];", ["cancelling"]),
        ("c", C, "d = *a++ ^ *b++;", ["overwritten"]),
        ("c", C, "d = a[i] ^ b[i]; use(d);", ["kept"]),
        ("c", C, "c[i] = a[i] ^ b[i];", []),
        ("c", C, "d ^= a[i];", []),
        ("c", C, "d = t[(d ^ a[i]) & 255] ^ (d >> 8);", []),
        ("python", PYTHON, "d |= x ^ y", ["kept"]),
        ("python", PYTHON, "d = x ^ y", ["overwritten"]),
        ("go", GO, "d |= a[i] ^ b[i]", ["kept"]),
        ("go", GO, "d ^= a[i] ^ b[i]", ["cancelling"]),
    ],
)
def test_gathering(language, form, body, expected):
    assert said(language, form % body) == expected


PHP = "<?php\nfunction f($a) { $d = %s; for ($i = 0; $i < 9; $i++) { $d %s $a[$i]; } return $d === $z; }\n"


@pytest.mark.parametrize(
    ("start", "operator", "none"),
    [('"\\0"', "&=", True), ("0", "&=", True), ("true", "&=", False), ("0xff", "&=", False), ("0", "|=", False)],
)
def test_what_is_joined_by_and_to_nought_stays_nought(start, operator, none):
    opened = open_code((PHP % (start, operator)).encode(), "php")
    statements = opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one))))
    assert any(kept_none(statements, at) for at in range(len(statements))) == none
