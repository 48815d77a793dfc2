"""Refusals of what is empty that look at more are told; others are not."""

import pytest

from zoll.compare.blank import asks_of_more
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

SHELLS = {
    "shell": 'f() {{\n  {} exit 1\n  install_key "$A"\n}}\n',
    "python": "def f(t, u):\n    if {}:\n        raise Denied()\n    return g(t)\n",
    "go": "package a\nfunc f(t, u string) error {{\n\tif {} {{\n\t\treturn errNone\n\t}}\n\treturn g(t)\n}}\n",
    "php": "<?php\nfunction f($t, $u) {{\n  if ({}) {{ return false; }}\n  return g($t);\n}}\n",
    "javascript": "function f(t, u) {{\n  if ({}) {{ throw new Error('no'); }}\n  return g(t);\n}}\n",
}


def told(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(SHELLS[language].format(text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    view = View(aligned(*sides))
    return [weak.new for run in view.runs for pair in run.pairs for weak in asks_of_more(view, *pair)]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("shell", '[ -z "$A" ] &&', '[ -z "$A$B" ] &&'),
        ("shell", '[ -n "$A" ] ||', '[ -n "$A${B}" ] ||'),
        ("shell", '[ "x$A" = x ] &&', '[ "x$A$B" = x ] &&'),
        ("python", "not t", "not (t + u)"),
        ("python", "len(t) == 0", "len(t + u) == 0"),
        ("go", 't == ""', 't+u == ""'),
        ("php", "empty($t)", "empty($t . $u)"),
        ("javascript", "t.length === 0", "(t + u).length === 0"),
    ],
)
def test_both_together(language, old, new):
    assert len(told(language, old, new)) == 1


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("shell", '[ -z "$A" ] &&', '[ -z "${A}" ] &&'),
        ("shell", '[ -n "$A" ] &&', '[ -n "$A$B" ] &&'),  # refuses more
        ("python", "not t", "not t.strip()"),
        ("python", "not t", "not (t and u)"),
        ("go", 't == ""', 'u == ""'),
        ("javascript", "t.length === 0", "t.body.length === 0"),
        ("php", "empty($t)", "empty($t->user)"),
    ],
)
def test_other_questions(language, old, new):
    assert told(language, old, new) == []


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("shell", "$RUN ./keygen -r out$EXT ||", "$RUN ./keygen$EXT -r out$EXT ||"),
        ("python", "not verify(t)", "not verify(t + u)"),
    ],
)
def test_the_answer_of_a_call_is_not_what_it_is_given(language, old, new):
    assert told(language, old, new) == []
