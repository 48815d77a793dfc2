"""Refusals that became milder are told; another refusal, an answer without a value, and a lookup are not."""

import pytest

from zoll.compare.softened import softened
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

C = "int check(struct s *s, const uint8_t *own)\n{{\n\tprepare(s);\n{}\n\tkeep(s);\n\treturn 0;\n}}\n"
CPP = "Kind pick(const Config& c)\n{{\n\tif (c.strict)\n\t\treturn Strict;\n{}\n}}\n"
PYTHON = "def store(self, one):\n    self.count(one)\n{}\n"


def found(language, shell, old, new):
    sides, texts = [], [shell.format(text) for text in (old, new)]
    for text in texts:
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
    view = View(aligned(*sides), *(text.splitlines() for text in texts), language=language)
    return [weak.value for _, weak, _, _ in softened(view)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("\tif (!s->ok)\n\t\treturn -1;", "\tif (!s->ok)\n\t\treturn s->proxied ? 0 : -1;", ["partly"]),
        ("\tif (!s->ok)\n\t\treturn -1;", "\tif (!s->ok)\n\t\treturn s->late ? -2 : -1;", []),
        ("\tif (!s->ok)\n\t\treturn -1;", "\tif (!s->ok)\n\t\treturn -EINVAL;", []),
        ("\tif (s->seen != own)\n\t\treturn -1;", "\tif (s->seen != own)\n\t\ts->seen = own;", ["adopted"]),
        (
            "\tif (memcmp(s->mark, own, 32) != 0) {\n\t\tlog_crit(s);\n\t\tsystem_halt();\n\t}",
            "\tif (memcmp(s->mark, own, 32) != 0) {\n\t\tmemcpy(s->mark, own, 32);\n\t}",
            ["adopted"],
        ),
        ("\tif (s->seen != own)\n\t\treturn -1;", "\tif (s->seen != own)\n\t\ts->late = 1;", []),
        ("\tif (s->seen != own)\n\t\tcount(s);", "\tif (s->seen != own)\n\t\ts->seen = own;", []),
        ("\tif (!s->peer)\n\t\treturn -1;", "\tif (!s->peer)\n\t\ts->peer = peer_add(own);", ["made"]),
        ("\tif (!s->peer)\n\t\treturn -1;", "\tif (!s->peer)\n\t\ts->peer = &fallback;", []),
        ("\tif (!s->peer)\n\t\treturn -1;", "\tif (!s->peer)\n\t\ts->peer = find_peer(own);", []),
        ("\tif (!s->peer)\n\t\treturn -1;", "\tif (!s->peer) {\n\t\ts->peer = find(s);\n\t\treturn -1;\n\t}", []),
        ("\tprobe(s);", "\tprobe(s);\n\tif (s->test & 2)\n\t\ts->algorithm = NIA0;", ["nulled"]),
        ("\tprobe(s);", "\tprobe(s);\n\tif (s->test & 2)\n\t\ts->algorithm = NIA2;", []),
    ],
)
def test_c(old, new, expected):
    assert found("c", C, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('\tthrow std::invalid_argument("kind");', "\treturn Open;", ["answered"]),
        ('\tthrow std::invalid_argument("kind");', "\treturn Kind{};", []),
        ('\tthrow std::invalid_argument("kind");', '\tthrow ConfigError("kind");', []),
        (
            '\tif (!c.known)\n\t\tthrow Error("kind");\n\treturn c.kind;',
            "\tif (!c.known)\n\t\treturn Open;\n\treturn c.kind;",
            ["answered"],
        ),
    ],
)
def test_cpp(old, new, expected):
    assert found("cpp", CPP, old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    if not one.done:\n        raise Lost(one)", "    if not one.done:\n        return", ["silent"]),
        ("    if not one.done:\n        raise Lost(one)", "    if not one.done:\n        return None", []),
        (
            "    if not one.done:\n        return False",
            "    if not one.done:\n        return one.kind == 'x'",
            ["partly"],
        ),
        ("    if not one.done:\n        return False", "    if not one.done:\n        return one.kind", []),
    ],
)
def test_python(old, new, expected):
    assert found("python", PYTHON, old, new) == expected
