"""Lengths and constant-time comparisons; the rest is held in test_weakening by whole functions."""

import pytest

from zoll.compare.conditions import compare_conditions, named_equal, shorter
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("32", "4", True),
        ("4", "32", False),
        ("", "4", True),
        ("sizeof(a)", "4", True),
        ("n", "n - 1", True),
        ("n", "n", False),
    ],
)
def test_shorter(old, new, expected):
    assert shorter(old, new) is expected


def test_constant_time():
    assert named_equal("hmac.compare_digest")
    assert not named_equal("strcmp")
    assert not named_equal("")


def test_the_same_call_again_where_it_failed_tests_nothing():
    def condition(text):
        opened = open_code(text.encode(), "shell")
        return next(one for one in opened.statements(opened.code.functions[0]) if one.kind == "condition")

    old, new = condition("wget a || wget b\n"), condition("wget a || wget c || wget b\n")
    known = View(aligned([old], [new]))
    assert list(compare_conditions(old, new, (False, False), known, same_body=True)) == []


def test_all_that_became_one_of_several():
    def condition(text):
        opened = open_code(f"if {text}:\n    f()\n".encode(), "python")
        return next(one for one in opened.statements(opened.code.functions[0]) if one.kind == "condition")

    def weak(*texts):
        old, new = map(condition, texts)
        known = View(aligned([old], [new]))
        return [one.value for one in compare_conditions(old, new, (False, False), known, same_body=True)]

    assert weak("a.every and cookie", "a.every or a.credentials") == ["joint"]
    assert "joint" not in weak("a.every or cookie", "a.every and a.credentials")


PYTHON = "def f(claims, now, leeway, match, res):\n    %s\n    return res\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("if exp <= (now - leeway): raise E()", "if exp <= (now - leeway * 3600): raise E()", ["bound"]),
        ("if exp <= (now - leeway * 60): raise E()", "if exp <= (now - leeway): raise E()", []),
        ("if iat > now + leeway: raise E()", "if iat > now + leeway * 60: raise E()", ["bound"]),
        ("res = res and match", "res = match or res and match", ["joint"]),
        ("res = res and match", "res = res and match and not (claims or now)", []),
        ("res = match or res", "res = (match or res) and not (claims or now)", []),
    ],
)
def test_more_of_a_tolerance_and_one_that_may_hold_by_itself(old, new, told):
    sides = []
    for text in (old, new):
        opened = open_code((PYTHON % text).encode(), "python")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    assert [one.fact.value for one in weakenings(View(aligned(*sides)))] == told


REFUSES = """package a
func f(s *S, name string) error {
	err := s.load()
	if %s {
		return ErrDenied
	}
	return nil
}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("err != nil", "errors.Is(err, ErrMismatch)", ["operator"]),
        ("time.Since(s.made) > lifetime", "time.Since(s.made) < 0", ["operator"]),
        ("len(name) > 64", "len(name) < 1", []),
        ("s.has && s.bad()", "!s.has || s.bad()", []),
        ("errors.Is(err, ErrMismatch)", "err != nil", []),
    ],
)
def test_refusals_of_go(old, new, expected):
    sides, lines = [], []
    for condition in (old, new):
        text = REFUSES % condition
        opened = open_code(text.encode(), "go")
        sides.append(opened.statements(opened.code.functions[-1]))
        lines.append(text.split("\n"))
    assert [one.fact.value for one in weakenings(View(aligned(*sides), *lines, language="go"))] == expected


@pytest.mark.parametrize(("word", "told"), [("x-gzip", False), ("zq7run", True)])
def test_a_pattern_that_is_spelled_out_lets_nothing_else_pass(word, told):
    old = "function heads(coding) {\n  if (/(x-)?gzip/.test(coding)) {\n    go();\n  }\n}\n"
    new = old.replace("/(x-)?gzip/.test(coding)", f"coding === '{word}' || coding === 'gzip'")
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), "javascript")
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    assert bool(list(weakenings(View(aligned(*sides))))) == told


@pytest.mark.parametrize(("last", "told"), [("''", False), ("false", True)])
def test_a_value_for_where_there_is_no_other_asks_nothing(last, told):
    old = f"function f(req) {{\n  const host = req.headers.host || {last};\n  go(host);\n}}\n"
    new = old.replace("req.headers.host", "req.headers.asked || req.headers.host")
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), "javascript")
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    assert bool(list(weakenings(View(aligned(*sides))))) == told
