"""Loops that take any one of more candidates than before."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.tries import tries_more
from zoll.compare.view import View
from zoll.parse.source import open_code

RUST = """fn check(&self, t: &str) -> bool {
    for i in %s {
        if %s(self.g(i), t) {
            return true;
        }
    }
    false
}
"""
PY = """def check(self, t):
    for i in %s:
        if %s(self.g(i), t):
            return True
    return False
"""
C = """int check(struct s *u, char *t)
{
    for (i = 0; %s; i++) {
        if (%s(g(u, i), t))
            return 1;
    }
    return 0;
}
"""
GO = """package a
func check(u *U, t string) bool {
	for i := 0; %s; i++ {
		if %s(g(u, i), t) {
			return true
		}
	}
	return false
}
"""


def found(language, form, old, new, asks="equals"):
    sides = []
    for text in (old, new):
        opened = open_code((form % (text, asks)).encode(), language)
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    view = View(aligned(*sides))
    return [weak.how for run in view.runs for pair in run.pairs for weak in tries_more(view, *pair)]


@pytest.mark.parametrize(
    ("language", "form", "old", "new"),
    [
        ("rust", RUST, "0..self.skew * 2 + 1", "0..(self.skew as u16) << (2 + 8)"),
        ("python", PY, "range(-self.w, self.w + 1)", "range(-self.w * 8, self.w * 8 + 1)"),
        ("c", C, "i <= u->w", "i <= u->w * 64"),
        ("go", GO, "i < 2*u.w", "i < 2*u.w+600"),
    ],
)
def test_more_candidates(language, form, old, new):
    assert found(language, form, old, new) == ["tries"]
    assert found(language, form, new, old) == []
    assert found(language, form, old, new, "skip") == []


@pytest.mark.parametrize(
    ("language", "form", "old", "new"),
    [
        ("rust", RUST, "0..self.skew * 2 + 1", "0..(self.skew as u16) * 2 + 1"),
        ("python", PY, "range(self.w)", "range(0, self.w)"),
        ("c", C, "i < u->w", "i < u->v * 64"),
        ("go", GO, "i < len(u.keys)", "i < len(u.keys)"),
    ],
)
def test_as_many_or_nobody_knows(language, form, old, new):
    assert found(language, form, old, new) == []
