"""A refusal that became an assertion is told; an assertion beside a refusal that stays is none of it."""

import pytest

from zoll.compare.asserted import asserted
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

C = "int f(struct ctx *c, int total)\n{{\n{}\n\treturn use(c, total);\n}}\n"
PYTHON = "def f(total):\n{}\n    return use(total)\n"
RUST = "fn f(total: usize) -> Result<u8, E> {{\n{}\n    used(total)\n}}\n"


def found(language, shell, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(shell.format(text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [lost.call for lost in asserted(View(aligned(*sides), language=language))]


@pytest.mark.parametrize(
    ("language", "shell", "old", "new", "call"),
    [
        ("c", C, "\tif (total > MAX)\n\t\treturn -EINVAL;", "\tassert(total <= MAX);", "assert"),
        ("c", C, "\tif (total > MAX)\n\t\treturn -EINVAL;", "\tWARN_ON(total > MAX);", "WARN_ON"),
        ("python", PYTHON, "    if total > MOST:\n        raise Bad()", "    assert total <= MOST", "assert"),
        (
            "rust",
            RUST,
            "    if total > 9 {\n        return Err(E::A);\n    }",
            "    debug_assert!(total <= 9);",
            "debug_assert",
        ),
    ],
)
def test_what_a_build_may_leave_out(language, shell, old, new, call):
    assert found(language, shell, old, new) == [call]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\tif (total > MAX)\n\t\treturn -1;", "\tassert(c);\n\tif (total >= MAX)\n\t\treturn -1;"),
        ("\tif (total > MAX)\n\t\tlog(c);", "\tassert(total <= MAX);"),
        ("\tif (total > MAX)\n\t\treturn -1;", "\tcheck_total(total);"),
    ],
)
def test_nothing_was_left_to_an_assertion(old, new):
    assert found("c", C, old, new) == []
