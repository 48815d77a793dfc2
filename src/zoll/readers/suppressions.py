"""What is silenced: logs, errors, audits, output, history."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.forms import forms_in
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material

DOC = Doc(
    title="Silenced logs, errors, audits, output and history, and what a filter of traffic leaves out",
    reads=("code/*",),
    yields=("suppressed",),
    limitations=("a log call that is merely gone shows as a lost call, not here",),
)
# What a filter of captured traffic leaves out, in the words of pcap-filter(7) and of display filters.
_FILTERED = re.compile(
    r"\b(?:not|NOT)\s+\(?(?:(?:src|dst|ip6?|and|or)\s+){0,3}(?:host|net)\s+([0-9a-fA-F][\w.:/]*[.:][\w.:/]+)|"
    r"\bip(?:v6)?\.(?:addr|src|dst|host)\s?!=\s?([0-9a-fA-F][\w:]*[.:][\w.:/]+)|"
    r"(?:!|\bnot)\s?\(?\s?ip(?:v6)?\.(?:addr|src|dst|host)\s?==\s?([0-9a-fA-F][\w:]*[.:][\w.:/]+)"
)
_PHP_AT = re.compile(rb"(?<![*\w])@(\w{1,60})\s*\(")


def read(material: Material) -> Iterator[Reading]:
    """Yield forms that silence, and handlers that swallow what they catch."""
    for statement, row in forms_in(material, "suppressed"):
        call = statement.calls[0].name if statement.calls else ""
        yield material.say("suppressed", row["what"], statement.line, statement.end, statement.text, call=call)
    for statement in material.told:
        for literal in statement.literals:
            found = _FILTERED.search(literal.text[:400]) if literal.kind == "string" else None
            if found:
                named = next(filter(None, found.groups()))
                yield material.say(
                    "suppressed", "capture", literal.line or statement.line, 0, statement.text,
                    call=named, rule="capture filter",
                )  # fmt: skip
    frame = frame_of(material)
    for index in material.indices:
        statement = frame.statements[index]
        if statement.word == "catch" and _swallows(frame, index):
            yield material.say("suppressed", "error", statement.line, statement.end, statement.text, call="catch")
    if material.language == "php":
        yield from _muted(material)


def _muted(material: Material) -> Iterator[Reading]:
    """Yield PHP's `@call()`, which the statements do not show."""
    function = material.function
    if function is None or not function.name:
        return
    body = material.data[function.start_byte : function.end_byte]
    for found in _PHP_AT.finditer(body) if b"@" in body else ():
        line = function.line + body.count(b"\n", 0, found.start(1))
        name = found[1].decode("ascii", "replace")
        yield material.say("suppressed", "error", line, 0, f"@{name}(...)", call=f"@{name}")


def _swallows(frame: Frame, index: int) -> bool:
    inside = [frame.statements[child] for child in frame.children.get(index, ())]
    return all(child.kind in {"other", "jump"} and not child.calls and len(child.text) < 12 for child in inside)
