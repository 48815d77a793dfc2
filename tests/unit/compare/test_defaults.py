"""Parameters that stand open are told, older ones that were opened are told as such, and others are not."""

import pytest

from zoll.compare.defaults import open_defaults
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.code import Statement
from zoll.parse.source import open_code

PY = "def f(self, path, *, %s) -> None:\n    self.a = path\n    go(path)\n"
TS = "function f(path: string, %s) {\n  use(path);\n  go(path);\n}\n"
RUBY = "def f(path, %s)\n  use(path)\n  go(path)\nend\n"
PHP = "<?php\nfunction f($path, %s) {\n  use_it($path);\n  go($path);\n}\n"


def said(language, old, new):
    sides = []
    for text in (old, new):
        code = open_code(text.encode(), language)
        sides.append(code.statements(code.code.functions[-1]))
    return [f"{one.fact.kind} {one.fact.value}" for one in weakenings(View(aligned(*sides)))]


@pytest.mark.parametrize(
    ("language", "text", "old", "new", "expected"),
    [
        ("python", PY, "follow_dir_symlinks: bool = False", "follow_dir_symlinks: bool = True", ["weaker argument"]),
        ("python", PY, "b=1", "b=1, follow_dir_symlinks: bool | None = True", ["weaker argument"]),
        ("python", PY, "b=1", "b=1, allow_redirects: bool = True", []),
        ("python", PY, "b=1", "b=1, follow_dir_symlinks: bool = False", []),
        ("python", PY, "verify: Optional[bool] = True", "verify: Optional[bool] = False", ["weaker argument"]),
        ("python", PY, "colour: bool = True", "colour: bool = False", []),
        ("typescript", TS, "verify: boolean = true", "verify: boolean = false", ["weaker argument"]),
        ("typescript", TS, "n = 1", "n = 1, trustAllHosts: boolean = true", ["weaker argument"]),
        ("typescript", TS, "bindAll = true", "bindAll = false", []),
        ("ruby", RUBY, "n: 1", "n: 1, follow_links: true", ["weaker argument"]),
        ("ruby", RUBY, "follow_links: true", "follow_links: false", []),
        ("php", PHP, "$n = 1", "$n = 1, bool $anonymous = true", ["weaker argument"]),
        ("php", PHP, "$n = 1", "$n = 1, bool $quiet = true", []),
    ],
)
def test_defaults(language, text, old, new, expected):
    assert said(language, text % old, text % new) == expected


def test_what_was_named_before_is_not_new():
    head = Statement("declare", "def f(a, insecure=True)", 1, 1, word="function")
    older = Statement("declare", "def f(a, insecure)", 1, 1, word="function")
    assert not [*open_defaults(older, head)]
    assert [weak.new for weak in open_defaults(Statement("declare", "def f(a)", 1, 1, word="function"), head)]
