"""What was masked and is written out."""

import pytest

from zoll.compare.shown import shown
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def view_of(language, old, new):
    sides, lines = [], []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
        lines.append(text.split("\n"))
    return View(aligned(*sides), *lines, language=language)


def told(language, old, new):
    view = view_of(language, old, new)
    return [weak.new for index in range(len(view.runs)) for weak, _, _ in shown(view, index)]


JS = "function toJSON() {\n  return %s\n}\n"
PYTHON = "def __str__(self):\n    return %s\n"
LOG = "def log(self, header, value):\n    if header in HIDDEN:\n        value = %s\n    self.out(header, value)\n"


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "expected"),
    [
        ("javascript", JS, "'[redacted]'", "this.value", ["this.value"]),
        ("javascript", JS, "'[redacted]'", "this.toString()", []),
        ("javascript", JS, "'[redacted]'", "'*****'", []),
        ("javascript", JS, "'[redacted]'", "'none'", []),
        ("python", PYTHON, '"*****" if self.value else ""', 'self.value or ""', ['self.value or ""']),
        ("python", PYTHON, '"*****" if self.value else ""', '"*" * 5 if self.value else ""', []),
        ("python", LOG, "REDACTED", "request.value", ["request.value"]),
    ],
)
def test_what_is_shown(language, form, old, new, expected):
    assert told(language, form % old, form % new) == expected
