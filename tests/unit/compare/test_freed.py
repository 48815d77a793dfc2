"""What hung on a check and now happens whatever it says is told; a guard that leaves early is none of it."""

import pytest

from zoll.compare.freed import freed
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

C = "int f(struct ctx *c)\n{{\n{}\n}}\n"
PYTHON = "def f(c):\n{}\n"
OLD = "\tif (verify(c)) {\n\t\tgrant(c);\n\t\treturn 0;\n\t}\n\treturn -1;"


def found(language, shell, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(shell.format(text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [lost.call for lost in freed(View(aligned(*sides)))]


@pytest.mark.parametrize(
    "new",
    [
        '\tif (!verify(c))\n\t\twarn("not verified");\n\tgrant(c);\n\treturn 0;',
        '\tif (verify(c))\n\t\tinfo("verified");\n\tgrant(c);\n\treturn 0;',
    ],
)
def test_what_happens_whatever_the_check_says(new):
    assert found("c", C, OLD, new) == ["verify"]


def test_the_same_in_python():
    old = "    if check_token(c):\n        run(c)"
    new = "    if not check_token(c):\n        log.warning('bad token')\n    run(c)"
    assert found("python", PYTHON, old, new) == ["check_token"]


@pytest.mark.parametrize(
    "new",
    [
        "\tif (!verify(c))\n\t\treturn -1;\n\tgrant(c);\n\treturn 0;",
        "\tif (!verify(c)) {\n\t\twarn(c);\n\t\treturn -1;\n\t}\n\tgrant(c);\n\treturn 0;",
        "\tif (verify(c)) {\n\t\twarn(c);\n\t\tgrant(c);\n\t\treturn 0;\n\t}\n\treturn -1;",
    ],
)
def test_a_check_that_still_decides(new):
    assert found("c", C, OLD, new) == []


def test_a_question_that_guards_nothing():
    old = "\tif (pending(c)) {\n\t\tflush(c);\n\t}\n\treturn 0;"
    new = "\tif (!pending(c))\n\t\twarn(c);\n\tflush(c);\n\treturn 0;"
    assert found("c", C, old, new) == []
