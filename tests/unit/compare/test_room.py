"""A length that nobody holds against the room any more is told while it is still copied; room that is made is not."""

import pytest

from zoll.compare.room import unasked_room
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

SHELL = "int f(struct s *s, char *p, int n)\n{{\n\tchar b[64];\n{}\n\treturn use(s, b);\n}}\n"
COPY = "\tmemcpy(b, p, n);"
CHECKED = "\tif (n > sizeof(b))\n\t\treturn -1;\n" + COPY


def found(old, new, language="c"):
    sides, texts = [], [SHELL.format(text) for text in (old, new)]
    for text in texts:
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    lines = [text.splitlines() for text in texts]
    return [lost.call for lost in unasked_room(View(aligned(*sides), *lines, language=language))]


@pytest.mark.parametrize(
    "old",
    [
        CHECKED,
        "\tif (n > sizeof(b))\n\t\tn = sizeof(b);\n" + COPY,
        "\tif (n > s->max_len || !p)\n\t\treturn -1;\n" + COPY,
    ],
)
def test_a_bound_that_is_gone(old):
    assert found(old, COPY) == ["memcpy"]


def test_one_bound_of_two():
    old = "\tif (n + 2 > s->len || n > sizeof(b))\n\t\treturn -1;\n" + COPY
    assert found(old, "\tif (n + 2 > s->len)\n\t\treturn -1;\n" + COPY) == ["memcpy"]


@pytest.mark.parametrize(
    "new",
    [
        "\tn = min(n, sizeof(b));\n" + COPY,
        "\tif (fits(b, n) < 0)\n\t\treturn -1;\n" + COPY,
        "\tif (n >= BUF_LEN)\n\t\treturn -1;\n" + COPY,
        "\tmemcpy(b, p, 4);",
        "\tb = malloc(n);\n" + COPY,
        CHECKED,
    ],
)
def test_a_bound_in_other_words_or_no_copy(new):
    assert found(CHECKED, new) == []


def test_other_languages_hold_their_own_bounds():
    assert found(CHECKED, COPY, "java") == []
