"""What was masked and is written out."""

import pytest

from zoll.compare.shown import shown


def told(view_of, language, old, new):
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
def test_what_is_shown(view_of, language, form, old, new, expected):
    assert told(view_of, language, form % old, form % new) == expected
