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


def forms_in(material: Material, name: str) -> Iterator[tuple[Statement, dict[str, Any]]]:
    """Yield every statement together with the table's row for each form it has."""
    whole = "\n".join([statement.text for statement in material.told])
    hopes = [form for form in _forms(name, material.language) if form.hoped(whole)]
    for statement in material.told if hopes else ():
        for form in hopes:
            if form.hoped(statement.text) and form.pattern.search(statement.text[:CLIP]):
                yield statement, form.row
