"""The same question by another call is the same question."""

import pytest

from zoll.compare.rephrased import rephrased
from zoll.parse.source import open_code

FORMS = {
    "php": "<?php function f($a, $b) { if (%s) { go($b); } }",
    "javascript": "function f(a, b) { if (%s) { go(b); } }",
    "go": "package a\nfunc f(a string, b string) { if %s { run(b) } }",
    "python": "def f(a, b):\n    if %s:\n        go(b)\n",
    "java": "class A { void f(String a, String b) { if (%s) { go(b); } } }",
}


def same(language, old, new):
    conditions = []
    for text in (old, new):
        opened = open_code((FORMS[language] % text).encode(), language)
        function = max(opened.code.functions, key=lambda one: len(opened.statements(one)))
        conditions += [one for one in opened.statements(function) if one.kind == "condition"]
    return rephrased(*conditions)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("php", "strpos($a, ':') !== false", "str_contains($a, ':')"),
        ("php", "strpos($a, ':') === 0", "str_starts_with($a, ':')"),
        ("php", "substr($a, -4) === '.php'", "str_ends_with($a, '.php')"),
        ("php", "substr($a, 0, 4) === 'http'", "str_starts_with($a, 'http')"),
        ("javascript", "a.indexOf(b) !== -1", "a.includes(b)"),
        ("javascript", "a.slice(0, 4) === 'http'", "a.startsWith('http')"),
        ("javascript", "/^http/.test(a)", "a.startsWith('http')"),
        ("go", 'strings.Index(a, ":") != -1', 'strings.Contains(a, ":")'),
        ("python", "a[:4] == 'http'", "a.startswith('http')"),
        ("java", 'a.indexOf(":") >= 0', 'a.contains(":")'),
    ],
)
def test_the_same(language, old, new):
    assert same(language, old, new)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("php", "strpos($a, ':') === 0", "str_contains($a, ':')"),
        ("php", "strpos($a, ':') !== false", "stripos($a, ':') !== false"),
        ("php", "strpos($a, ':') !== false", "str_contains($b, ':')"),
        ("php", "strpos($a, ':') !== false", "!str_contains($a, ':')"),
        ("php", "substr($a, 0, 3) === 'http'", "str_starts_with($a, 'http')"),
        ("php", "strpos(trim($a), ':') !== false", "str_contains($a, ':')"),
        ("javascript", "a === b", "a.startsWith(b)"),
        ("javascript", "/^http/i.test(a)", "a.startsWith('http')"),
        ("javascript", "/^https?/.test(a)", "a.startsWith('http')"),
        ("javascript", "/http/.test(a)", "a.startsWith('http')"),
        ("python", "a[:n] == b", "a.startswith(b)"),
        ("python", "a == 'http'", "a == 'http'"),
    ],
)
def test_another_question(language, old, new):
    assert not same(language, old, new)
