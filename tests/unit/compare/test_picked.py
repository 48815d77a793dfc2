"""A name held against fixed values one by one picks what it picks from a list of them."""

from itertools import permutations

import pytest

from zoll.compare.picked import picked, picks_alike
from zoll.parse.source import open_code

SHELLS = {
    "python": "def f(p, q):\n    {}\n",
    "javascript": "function f(p, q) {{\n  {}\n}}\n",
    "php": "<?php\nfunction f($p, $q) {{\n    {}\n}}\n",
    "ruby": "def f(p, q)\n  {}\nend\n",
    "go": "package x\nfunc f(p string, q string) bool {{\n\t{}\n}}\n",
    "rust": "fn f(p: &str, q: &str) {{\n    {}\n}}\n",
    "java": "class C {{\n  void f(String p, String q) {{\n    {}\n  }}\n}}\n",
    "c": "void f(int p, int q)\n{{\n    {}\n}}\n",
}
ALIKE = {
    "python": ['if p == b"a" or p == b"b": go()', 'if p in {b"b", b"a"}: go()', 'if p in (b"a", b"b"): go()'],
    "javascript": ['if (p === "a" || p === "b") go();', 'if (["a", "b"].includes(p)) go();'],
    "php": ["if ($p === 'a' || $p === 'b') go();", "if (in_array($p, ['a', 'b'], true)) go();"],
    "ruby": ['if p == "a" || p == "b" then go() end', "if %w[a b].include?(p) then go() end"],
    "go": ['if p == "a" || p == "b" { go() }', 'if slices.Contains([]string{"a", "b"}, p) { go() }'],
    "rust": ['if p == "a" || p == "b" { go() }', 'if ["a", "b"].contains(&p) { go() }'],
    "java": ['if (p.equals("a") || p.equals("b")) go();', 'if (Set.of("a", "b").contains(p)) go();'],
}


def asking(language, line):
    opened = open_code(SHELLS[language].format(line).encode(), language)
    function = next(one for one in opened.code.functions if one.name.endswith("f"))
    return next(one for one in opened.statements(function) if one.tests)


@pytest.mark.parametrize("language", ALIKE)
def test_one_by_one_and_as_a_list_are_alike(language):
    for one, two in permutations(ALIKE[language], 2):
        assert picks_alike(asking(language, one), asking(language, two)), (one, two)


def test_what_is_left_out_is_left_out_either_way():
    one = asking("python", 'if p != "a" and p != "b": stop()')
    assert picks_alike(one, asking("python", 'if p not in ["a", "b"]: stop()'))
    assert not picks_alike(one, asking("python", 'if p in ["a", "b"]: stop()'))


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("python", 'if p == "a" or p == "b": go()', 'if p in ("a", "b", "c"): go()'),
        ("python", 'if p == "a" or p == "b": go()', 'if q in ("a", "b"): go()'),
        ("python", 'if p == "a" and p == "b": go()', 'if p in ("a", "b"): go()'),
        ("python", 'if p == "a" or q == "b": go()', 'if p in ("a", "b"): go()'),
        ("python", 'if p == "a" or p == b"b": go()', 'if p in ("a", "b"): go()'),
        ("python", 'if p == "a": go()', 'if p in ("a"): go()'),  # a part of a text
        ("python", "if p == 1 or p == 2: go()", "if p in ALLOWED: go()"),
        ("javascript", 'if (p === "a" || p === "b") go();', 'if (p == "a" || p == "b") go();'),
        ("javascript", 'if (["a", "b"].includes(p)) go();', 'if (p == "a" || p == "b") go();'),
        ("c", "if (p == 1 || p == 2) go();", "if (p == 1 || p == 3) go();"),
    ],
)
def test_what_picks_something_else_is_not_alike(language, old, new):
    assert not picks_alike(asking(language, old), asking(language, new))


def test_a_comparison_of_two_names_picks_nothing():
    assert picked(asking("c", "if (p == q) go();")) is None
