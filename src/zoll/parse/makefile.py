"""Makefiles: variables, rules and recipe lines, with lines. Nothing is expanded."""

import re
from collections.abc import Iterator

from msgspec import Struct

from zoll.parse.ini_paths import logical_lines

VARIABLE = re.compile(
    r"(?:(?:export|override|private|define)[ \t]++){0,3}([^\s:=+?!#]{1,200})[ \t]*+(\+=|\?=|!=|:{0,3}=)[ \t]*+(.*)\Z",
    re.DOTALL,
)
TARGETED = re.compile(
    r"([^\s:=#][^:=#]{0,400}):[ \t]*+([^\s:=+?!#]{1,200})[ \t]*+(\+=|\?=|!=|:{0,3}=)[ \t]*+(.*)\Z", re.DOTALL
)
RULE = re.compile(r"([^\s:=#][^:=#]{0,2000}?)[ \t]*+(?:&?::?)(?!=)[ \t]*+([^=;]*+)(?:;(.*))?\Z", re.DOTALL)
DEFINE = re.compile(r"define[ \t]++(\S++)")
WORD = re.compile(
    r"(-?include|sinclude|ifeq|ifneq|ifdef|ifndef|else|endif|export|unexport|vpath)\b[ \t]*+(.*)\Z", re.DOTALL
)
SHELL = re.compile(r"\$[({]shell[ \t]++")


class Line(Struct, frozen=True):
    """`kind`: variable (name, value), rule (targets, prerequisites), recipe (target, line), word (directive, rest)."""

    kind: str
    name: str
    value: str
    line: int
    end: int


def lines(text: str) -> Iterator[Line]:
    r"""Yield what each logical line is.

    >>> [(m.kind, m.name, m.value) for m in lines("CC := gcc\nall: a b\n\t$(CC) -o a")]
    [('variable', 'CC', 'gcc'), ('rule', 'all', 'a b'), ('recipe', 'all', '$(CC) -o a')]
    """
    target, defining = "", ""
    for line, end, logical in logical_lines(text):
        body = logical.strip()
        if defining:
            if body == "endef":
                defining = ""
            elif body:
                yield Line("recipe", defining, body, line, end)
            continue
        if logical.startswith("\t") and target:
            if body and body[0] != "#":
                yield Line("recipe", target, body.lstrip("@-+ "), line, end)
            continue
        started = DEFINE.match(body)
        if started and "=" not in body:
            defining = started[1]
        elif body and body[0] != "#":
            for found in _statement(body, line, end):
                target = found.name if found.kind == "rule" else target if found.kind in ("word", "recipe") else ""
                yield found


def _statement(body: str, line: int, end: int) -> Iterator[Line]:
    directive = WORD.match(body)
    variable = VARIABLE.match(body)
    if directive and not variable:
        yield Line("word", directive[1], directive[2], line, end)
        return
    if variable:
        value = variable[3] if variable[2] != "!=" else f"$(shell {variable[3]})"
        yield Line("variable", variable[1], value, line, end)
        return
    targeted = TARGETED.match(body)
    if targeted:
        yield Line("variable", f"{targeted[1].strip()}:{targeted[2]}", targeted[4], line, end)
        return
    rule = RULE.match(body)
    if rule:
        yield Line("rule", rule[1], rule[2].strip(), line, end)
        if rule[3] and rule[3].strip():
            yield Line("recipe", rule[1], rule[3].strip(), line, end)
    else:
        yield Line("word", "", body, line, end)


def shell_calls(text: str) -> Iterator[str]:
    """Yield the command of each `$(shell ...)`.

    >>> list(shell_calls("x $(shell date +$(F)) y"))
    ['date +$(F)']
    """
    for found in SHELL.finditer(text):
        depth, at = 1, found.end()
        limit = min(len(text), at + 4000)
        while at < limit and depth:
            depth += (text[at] in "({") - (text[at] in ")}")
            at += 1
        yield text[found.end() : at - (depth == 0)].strip()
