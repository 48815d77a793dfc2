"""Parameters that protected and are not looked at, and what is noted no more, are told; lengths and helpers are not."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.unheeded import unheeded, unnoted
from zoll.compare.view import View
from zoll.parse.source import open_code

HEAD = "int derive(const char *who, const uint8_t *root, size_t len, uint8_t *out)\n"
KEY = HEAD + "{{\n\tcheck(who);\n\t{}\n\treturn 0;\n}}\n"
SEEN = "int accept(struct w *w, int n)\n{{\n\tif (w->seen & (1 << n))\n\t\treturn -1;\n\tcount(w);\n{}\treturn 0;\n}}\n"


def seen(shell, old, new):
    sides, texts = [], [shell.format(text) for text in (old, new)]
    for text in texts:
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
    return View(aligned(*sides), *(text.splitlines() for text in texts), language="c")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("kdf_common(fixed, len, who, out);", ["root"]),
        ("kdf_common(root, 32, who, out);", []),
        ("kdf_common(padded(root), len, who, out);", []),
    ],
)
def test_parameters(new, expected):
    view = seen(KEY, "kdf_common(root, len, who, out);", new)
    assert [weak.old for _, weak, _, _ in unheeded(view)] == expected


@pytest.mark.parametrize(
    ("new", "expected"), [("", ["w.seen"]), ("\tnote(w->seen, n);\n", []), ("\tw->seen |= mask_of(n);\n", [])]
)
def test_notes(new, expected):
    assert [lost.call for lost in unnoted(seen(SEEN, "\tw->seen |= 1 << n;\n", new))] == expected
