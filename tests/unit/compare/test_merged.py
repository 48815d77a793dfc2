"""A refusal that became the condition of the next one is told, one that only moved is not."""

import pytest

from zoll.compare.merged import let_through
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

SHELLS = {
    "c": "int verify(struct s *s, const char *v)\n{{\n\tint n = parse(v);\n\t{}\n\treturn 0;\n}}\n",
    "go": "package a\nfunc verify(v string) error {{\n\tt, err := parse(v)\n\t{}\n\treturn nil\n}}\n",
    "javascript": "function verify(v) {{\n  const n = parse(v);\n  {}\n  return n;\n}}\n",
}


def told(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(SHELLS[language].format(text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "verify")))
    view = View(aligned(*sides))
    return [weak.old for index in range(len(view.runs)) for weak, _, _ in let_through(view, index)]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        (
            "c",
            "if (n < 0) return -EINVAL; if (n != s->n) return -EACCES;",
            "if (n >= 0 && n != s->n) return -EACCES;",
        ),
        (
            "go",
            "if err != nil {\nreturn err\n}\nif t.Before(now) {\nreturn errOld\n}",
            "if err == nil && t.Before(now) {\nreturn errOld\n}",
        ),
        (
            "javascript",
            "if (!n) { throw new E('a'); } if (n.exp < now()) { throw new E('b'); }",
            "if (n && n.exp < now()) { throw new E('b'); }",
        ),
    ],
)
def test_what_could_not_be_read_is_let_through(language, old, new):
    assert len(told(language, old, new)) == 1


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", "if (n < 0) return -1; if (n != s->n) return -1;", "if (n < 0 || n != s->n) return -1;"),
        (
            "c",
            "if (n < 0) return -1; if (n != s->n) return -2;",
            "if (n >= 0 && n != s->n) return -2; if (n < 0) return -1;",
        ),
        ("c", "if (n < 0) log(v); if (n != s->n) return -1;", "if (n >= 0 && n != s->n) return -1;"),
        ("go", "if err != nil {\nreturn err\n}", "if err != nil && t.Before(now) {\nreturn err\n}"),
    ],
)
def test_what_is_refused_all_the_same(language, old, new):
    assert told(language, old, new) == []
