"""Forms of statements kept as data: a cheap look over the whole function first, patterns only where that gives hope."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.tables import table

CLIP = 1000
_FIXED = re.compile(r"""(["'`])(?:(?!\1)[^\\#$]){0,200}\1|:\w+[?!]?""")
_LIST = re.compile(r"(?:qw|%[wi])\s?[(\[{/][\w\s?!]{0,400}[)\]}/]")


class Form(Struct, frozen=True):
    """One form: the words one of which must stand in the text, the pattern, and what the table says besides."""

    has: tuple[str, ...]
    pattern: re.Pattern[str]
    row: dict[str, Any]

    def hoped(self, text: str) -> bool:
        """Say whether one of the words stands in the text."""
        return any(map(text.__contains__, self.has))


@cache
def _forms(name: str, language: str) -> tuple[Form, ...]:
    rows = [row for row in table(name)["form"] if language in row.get("languages", (language,))]
    return tuple(
        Form(tuple(row["has"]), re.compile(row["text"], re.IGNORECASE * bool(row.get("any_case"))), row) for row in rows
    )


def ready(language: str) -> None:
    """Make the forms of a language: a worker that is forked afterwards has them."""
    for name in ("forms", "assembled", "suppressed"):
        _forms(name, language)


def forms_in(material: Material, name: str) -> Iterator[tuple[Statement, dict[str, Any]]]:
    """Yield every statement together with the table's row for each form it has."""
    whole = "\n".join([statement.text for statement in material.told])
    hopes = [form for form in _forms(name, material.language) if form.hoped(whole)]
    for statement in material.told if hopes else ():
        for form in hopes:
            found = form.hoped(statement.text) and form.pattern.search(statement.text[:CLIP])
            if found and ("names" not in form.row or form.pattern.search(_without_picked(material, statement, form))):
                yield statement, form.row


def _without_picked(material: Material, statement: Statement, form: Form) -> str:
    """Return the text of a statement without the calls by a name that the function itself picked among fixed ones."""

    def left(found: re.Match[str]) -> str:
        return "" if _is_picked(material, found[1]) else found[0]

    return re.sub(form.row["names"], left, statement.text[:CLIP])


def _is_picked(material: Material, name: str) -> bool:
    """Say whether a variable holds nothing but texts that stand in the function: a choice, or each of a list."""
    given = [one.value for one in material.statements if re.split(r"\W+", one.target)[-1] == name]
    walked = re.compile(rf"({_LIST.pattern})\.each\w*\s(?:do|\{{) ?\|{re.escape(name)}\|")
    given += [found[1] for one in material.statements if (found := walked.search(one.text[:CLIP]))]
    return bool(given) and all(map(_is_fixed, given)) and not (material.function and name in material.function.params)


def _is_fixed(value: str) -> bool:
    """Say whether a value is a fixed text, or a list of fixed texts.

    >>> _is_fixed("'one'"), _is_fixed("('one', 'two')"), _is_fixed("qw(one two)"), _is_fixed('"#{one}"')
    (True, True, True, False)
    """
    held = _FIXED.search(value) and not _FIXED.sub("", value).strip(" ,()[]{}\n")
    return bool(held) or _LIST.fullmatch(value.strip()) is not None
