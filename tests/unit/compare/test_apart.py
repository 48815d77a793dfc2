"""What each kept for itself and all share now."""

import pytest

from zoll.compare.apart import of_each
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def told(language, old, new, at=-1):
    sides, lines = [], []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[at]))
        lines.append(text.split("\n"))
    view = View(aligned(*sides), *lines, language=language)
    return [weak.how for index in range(len(view.runs)) for weak, _, _ in of_each(view, index)]


CLASS = "class Session:\n    limit = 5\n%s\n    def __init__(self, host):\n        self.host = host\n%s"
HEAD = "def make(self, url, headers=%s):\n    self.url = url\n    self.headers = %s\n"


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("python", 'user = ContextVar("user")\n', "user = None\n", ["apart"]),
        ("python", "user = threading.local()\n", "user = Holder()\n", ["apart"]),
        ("python", 'user = ContextVar("user")\n', 'user = LocalContext("user")\n', []),
        ("javascript", "const kept = new AsyncLocalStorage()\n", "const kept = new Map()\n", ["apart"]),
        ("javascript", "const kept = new Map()\n", "const kept = new AsyncLocalStorage()\n", []),
    ],
)
def test_what_each_context_kept(language, old, new, expected):
    assert told(language, old, new, 0) == expected


def test_what_each_object_kept():
    old = CLASS % ("", "        self._granted = {}\n")
    assert told("python", old, CLASS % ("    _granted = {}\n", "")) == ["apart"]
    assert not told("python", old, CLASS % ("    _granted = None\n", ""))
    assert not told("python", old, CLASS % ("", "        self._granted = dict()\n"))


def test_what_each_call_began_with():
    old = HEAD % ("None", "dict(headers or {})")
    assert told("python", old, HEAD % ("{}", "headers")) == ["apart"]
    assert not told("python", old, HEAD % ("{}", "dict(headers)"))
    assert not told("python", HEAD % ("{}", "headers"), HEAD % ("None", "headers or {}"))
