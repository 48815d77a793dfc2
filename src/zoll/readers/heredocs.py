"""Files that a shell script writes out of its own text: here-documents, and lines told by `echo` or `printf`."""

import re
from collections.abc import Iterator

from msgspec import Struct

from zoll.parse.code import Statement
from zoll.readers.material import Material

_HEAD = re.compile(r"<<-?\s{0,4}\\?([\"']?)([A-Za-z_]\w{0,40})\1")
_TARGET = re.compile(r"(?:>{1,2}|\btee\s(?:-a\s)?)\s{0,4}([\"']?)([^\s\"'<>|;&()]{1,200})\1")
_TOLD = re.compile(
    r"(?:echo|printf)\s(?:-\w{1,3}\s|([\"'])%s\\n\1\s){0,2}([\"'])(?P<text>.{1,1000}?)(?:\\n)?\2\s?"
    r">{1,2}\s{0,4}[\"']?(?P<path>/[^\s\"'<>|;&()]{1,200})"
)
_HELD = re.compile(r"\$\{?(\w{1,40})\}?")
_LONG = 400  # lines of a here-document


class Written(Struct, frozen=True):
    """What is written into a file, line by line with the numbers of the script; `path` is "" where nothing says it."""

    path: str
    lines: tuple[tuple[int, str], ...]


def written(material: Material) -> Iterator[Written]:
    """Yield the files that the statements to read write."""
    for statement in material.told:
        if "<<" in statement.text:
            yield from _here(material, statement)
        elif ">" in statement.text and (found := _TOLD.match(statement.text)):
            yield Written(found["path"].lstrip("/"), ((statement.line, found["text"]),))


def _here(material: Material, statement: Statement) -> Iterator[Written]:
    for number in range(statement.line, min(statement.end or statement.line, len(material.lines)) + 1):
        line = material.lines[number - 1]
        if head := _HEAD.search(line):
            body: list[tuple[int, str]] = []
            for at in range(number, min(number + _LONG, len(material.lines))):
                if material.lines[at].strip() == head[2]:
                    break
                body.append((at + 1, material.lines[at]))
            target = _TARGET.search(line)
            yield Written(_path(material, target[2]) if target else "", tuple(body))
            return


def _path(material: Material, target: str) -> str:
    """Return where a file ends up: what a variable names is put somewhere by a later command."""
    held = _HELD.fullmatch(target)
    if held is None:
        return target.lstrip("/")
    moves = rf"\b(?:install|mv|cp)\b[^\n]{{0,200}}\$\{{?{held[1]}\b\}}?[\"']?\s{{1,4}}[\"']?/([^\s\"';&|]{{1,200}})"
    found = re.search(moves, material.text)
    return found[1] if found else ""
