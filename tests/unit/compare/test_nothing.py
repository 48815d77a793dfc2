"""One more way in which the same thing is nothing, or past its end, lets nobody in; unless nothing lets in."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code

HEAD = {
    "python": "def f(user, value, size):\n    if %s:\n        %s\n    return finish(user)\n",
    "java": "class A { int f(byte[] s, User user) { if (%s) { %s } return finish(user); } }",
    "ruby": "def f(klass, s)\n  if %s\n    %s\n  end\n  finish(s)\nend\n",
    "rust": "fn f(&mut self, taken: usize) -> u8 { if %s { %s } finish(self) }",
    "c": "int f(struct s *u, char *p, int len) { if (%s) { %s } return finish(u); }",
}


def said(language, old, new, does):
    sides = []
    for test in (old, new):
        text = (HEAD[language] % (test, does)).replace("{ ", "{\n").replace("; ", ";\n")
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
    return sorted({one.fact.value for one in weakenings(View(aligned(*sides))) if one.fact.kind == "weaker"})


@pytest.mark.parametrize(
    ("language", "old", "new", "does"),
    [
        ("python", "value is None", 'value is None or value == ""', "value = 1"),
        ("python", "value is None", "value is None or value is False", "drop(user)"),
        ("python", "size < 0", "size is None or size < 0", "size = 5"),
        ("java", "s == null", "(s == null) || (s.length == 0)", "b = NONE;"),
        ("ruby", "klass == NO_ARGUMENT", "klass == NO_ARGUMENT || klass.nil?", "use(s)"),
        ("rust", "taken == self.used", "taken >= self.used", "self.reset();"),
        ("c", "u->count == u->limit", "u->count >= u->limit", "flush(u);"),
    ],
)
def test_one_more_nothing_of_the_same(language, old, new, does):
    assert said(language, old, new, does) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "does", "weaker"),
    [
        ("python", "user.token is None", 'user.token is None or user.token == ""', "return True", "joint"),
        ("python", "user.token is None", "user.token is None or user.token == ''", "allow(user)", "joint"),
        ("python", "value is None", "value is None or user.root", "value = 1", "joint"),
        ("python", "value is None", 'value is None or user.name == ""', "value = 1", "joint"),
        ("python", "value is None", 'value is None or value == "root"', "value = 1", "joint"),
        ("java", "s == null", "s == null || s.length == 4", "b = NONE;", "joint"),
        ("rust", "self.level == ADMIN", "self.level >= ADMIN", "self.open();", "operator"),
        ("c", "u->answer == u->wanted", "u->answer >= u->wanted", "open_up(u);", "operator"),
        ("c", "u->count == 7", "u->count >= 7", "open_up(u);", "operator"),
    ],
)
def test_what_lets_in_or_asks_for_something_else(language, old, new, does, weaker):
    assert weaker in said(language, old, new, does)
