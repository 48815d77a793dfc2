"""Dockerfiles (Containerfiles): instructions with their continuation lines and here-documents."""

import json
import re
from collections.abc import Iterator

from msgspec import Struct

INSTRUCTION = re.compile(r"\s*+(?:((?i:ONBUILD))\s++)?([A-Za-z]{2,15})(?:\s++|\Z)(.*)\Z", re.DOTALL)
HEREDOC = re.compile(r"<<-?\s*+[\"']?([A-Za-z_]\w{0,60})[\"']?")
# What the shell reads: there a continuation stays one, or each of its lines would be a command of its own.
SHELL = re.compile(r"\s*+(?i:ONBUILD\s++)?(?i:RUN|CMD|ENTRYPOINT|HEALTHCHECK)\b")
DIRECTIVE = re.compile(r"#\s*+(syntax|escape)\s*+=\s*+(\S++)", re.IGNORECASE)


class Instruction(Struct, frozen=True):
    """`word` in upper case (`RUN`, `ONBUILD RUN`, `#syntax`); `rest` keeps line breaks, comments inside are blank.

    Where a shell reads it, a continuation stays one.
    """

    word: str
    rest: str
    line: int
    end: int


def instructions(text: str) -> Iterator[Instruction]:
    r"""Yield instructions in order.

    >>> [(i.word, i.rest, i.line, i.end) for i in instructions("FROM a\nRUN b \\\n # c\n && d\n")]
    [('FROM', 'a', 1, 1), ('RUN', 'b \\\n\\\n && d', 2, 4)]
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at].rstrip("\r")
        start = at
        at += 1
        directive = DIRECTIVE.match(line) if start < 5 else None
        if directive:
            yield Instruction(f"#{directive[1].lower()}", directive[2], start + 1, start + 1)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        held = [line]
        while held[-1].rstrip().endswith(("\\", "`")) or (len(held) > 1 and not held[-1].strip()):
            if at >= len(lines):
                break
            if held[-1].rstrip().endswith(("\\", "`")):
                held[-1] = held[-1].rstrip()[:-1]
            more = lines[at].rstrip("\r")
            at += 1
            held.append("\\" if more.lstrip().startswith("#") else more)
            if not more.strip():
                held[-1] = "\\"
        folds = "\\\n" if SHELL.match(line) else "\n"
        body = folds.join("" if piece == "\\" else piece for piece in held)
        body, at = _heredocs(body, lines, at)
        found = INSTRUCTION.match(body)
        if found:
            word = f"{found[1] or ''} {found[2]}".strip().upper()
            yield Instruction(word, found[3].rstrip(), start + 1, at)


def _heredocs(body: str, lines: list[str], at: int) -> tuple[str, int]:
    if not body.lstrip()[:4].upper().startswith(("RUN", "COPY", "ADD")):
        return body, at
    for mark in HEREDOC.findall(body)[:8]:
        held = []
        while at < len(lines) and lines[at].strip() != mark:
            held.append(lines[at].rstrip("\r"))
            at += 1
        at = min(at + 1, len(lines))
        body = "\n".join([body, *held, mark])
    return body, at


def words_of(rest: str) -> str:
    """Return the exec form as one command line, the shell form as it is.

    >>> words_of('["nginx", "-g", "daemon off;"]')
    "nginx -g 'daemon off;'"
    """
    body = rest.strip()
    if body.startswith("["):
        body = body.replace("\\\n", "\n")
        try:
            parts = json.loads(body)
        except (ValueError, RecursionError):
            return body.strip("[]").replace('"', "").replace(",", " ")
        if isinstance(parts, list):
            return " ".join(quoted(str(part)) for part in parts)
    return rest


def quoted(word: str) -> str:
    """Return a word as the shell would need it written."""
    if re.fullmatch(r"[\w@%+=:,./${}-]++", word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"
