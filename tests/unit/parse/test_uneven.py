"""A comparison that does not say no where two texts differ in length."""

import pytest

from zoll.parse.source import open_code
from zoll.parse.uneven import uneven

FORMS = {
    "php": (
        "<?php\nfunction _equals($x, $y) {\n if (strlen($x) != strlen($y)) {\n  return %s;\n }\n return $x === $y;\n}\n"
    ),
    "javascript": (
        "function timingSafeEqual(a, b) {\n if (a.length !== b.length) {\n  return %s;\n }\n return d(a, b) === 0;\n}\n"
    ),
    "go": (
        "package a\nfunc secureCompare(a, b []byte) bool {\n if len(a) != len(b) {\n  return %s\n }\n"
        " return d(a, b) == 0\n}\n"
    ),
    "rust": "fn ct_eq(a: &[u8], b: &[u8]) -> bool {\n if a.len() != b.len() {\n  return %s;\n }\n d(a, b) == 0\n}\n",
    "c": (
        "int ct_equal(u8 *a, int alen, u8 *b, int blen)\n{\n if (alen != blen)\n  return %s;\n"
        " return d(a, b) == 0;\n}\n"
    ),
    "java": (
        "class A { static boolean slowEquals(byte[] a, byte[] b) {\n if (a.length != b.length) { return %s; }\n"
        " return d(a, b) == 0;\n} }\n"
    ),
}
PY = """def consteq(left, right):
    same_size = (len(left) == len(right))
    if same_size:
        tmp = left
        result = 0
    if not same_size:
        tmp = right
        result = %s
    for l, r in zip(tmp, right):
        result |= l ^ r
    return result == 0
"""


def found(language, text):
    opened = open_code(text.encode(), language)
    function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
    statements = opened.statements(function)
    return any(uneven(statements, index, function.name.rsplit(".", 1)[-1]) for index in range(len(statements)))


@pytest.mark.parametrize(
    ("language", "value"),
    [
        ("php", "!strlen($y)"), ("php", "true"), ("javascript", "!b.length"), ("javascript", "true"), ("go", "true"),
        ("go", "len(b) == 0"), ("rust", "b.is_empty()"), ("c", "1"), ("c", "!blen"), ("java", "b.length == 0"),
    ],
)  # fmt: skip
def test_what_takes_them_for_the_same(language, value):
    assert found(language, FORMS[language] % value)


@pytest.mark.parametrize(
    ("language", "value"),
    [
        ("php", "false"), ("javascript", "false"), ("javascript", "a === b"), ("javascript", "!same(a, a)"),
        ("javascript", "same(a, a) && false"), ("go", "false"), ("rust", "false"), ("c", "0"),
        ("c", "-1"), ("java", "false"),
    ],
)  # fmt: skip
def test_what_says_no(language, value):
    assert not found(language, FORMS[language] % value)


def test_who_compares_nothing_by_name_may_answer_as_it_likes():
    assert not found("java", FORMS["java"].replace("slowEquals", "needsPadding") % "true")


def test_what_gathers_differences_begins_at_none():
    assert found("python", PY % "0")
    assert not found("python", PY % "1")
