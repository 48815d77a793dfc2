"""What a program holds itself to in its own code, and what it lets itself do: seccomp, pledge, prctl, capabilities."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.forms import CLIP, forms_in
from zoll.readers.material import Material

DOC = Doc(
    title="What a program holds itself to, and lets what it starts do: system call filters, capabilities, containers",
    reads=("code/*",),
    yields=("flag",),
    limitations=("a filter that is built as an array of instructions is not read, nor a promise held in a variable",),
)
_LANGUAGES = frozenset(
    [
        "c",
        "cpp",
        "go",
        "rust",
        "python",
        "java",
        "kotlin",
        "typescript",
        "tsx",
        "javascript",
        "csharp",
        "php",
        "perl",
        "lua",
    ]
)


def read(material: Material) -> Iterator[Reading]:
    """Yield each way in which a program is held to less, or let do more, as a flag with its strength."""
    if material.language not in _LANGUAGES:
        return
    for statement, row in forms_in(material, "confinement"):
        if statement.kind == "condition" and row["name"].startswith("capability"):
            continue
        for name in dict.fromkeys(_names(statement, row)):
            how = row.get("how", "held")
            yield material.say(
                "flag", name, statement.line, statement.end, statement.text, strength=row["strength"], how=how
            )


def _names(statement: Statement, row: dict[str, Any]) -> Iterator[str]:
    """Yield what a form is called, for each thing that it names."""
    for found in _pattern(row.get("within") or row["text"]).finditer(statement.text[:CLIP]):
        yield found.expand(row["name"])


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
