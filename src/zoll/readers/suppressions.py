"""What is silenced: logs, errors, audits, output, history."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.tables import table

DOC = Doc(
    title="Silenced logs, errors, audits, output and history",
    reads=("code/*",),
    yields=("suppressed",),
    limitations=("a log call that is merely gone shows as a lost call, not here",),
)
_FORMS = [(form["what"], tuple(form["has"]), re.compile(form["text"])) for form in table("suppressed")["form"]]
_PHP_AT = re.compile(r"(?:^|[=(\s])@(\w+)\s*\(")


def read(material: Material) -> Iterator[Reading]:
    """Yield forms that silence, and handlers that swallow what they catch."""
    frame = frame_of(material)
    for index, statement in enumerate(frame.statements):
        yield from _forms(material, statement)
        if statement.word == "catch" and _swallows(frame, index):
            yield material.say("suppressed", "error", statement.line, statement.end, statement.text, call="catch")
        if material.language == "php" and "@" in statement.text:
            for name in _PHP_AT.findall(statement.text):
                yield material.say(
                    "suppressed", "error", statement.line, statement.end, statement.text, call=f"@{name}"
                )


def _forms(material: Material, statement: Statement) -> Iterator[Reading]:
    call = statement.calls[0].name if statement.calls else ""
    for what, has, pattern in _FORMS:
        if any(word in statement.text for word in has) and pattern.search(statement.text[:800]):
            yield material.say("suppressed", what, statement.line, statement.end, statement.text, call=call)


def _swallows(frame: Frame, index: int) -> bool:
    inside = [frame.statements[child] for child in frame.children.get(index, ())]
    return all(child.kind in {"other", "jump"} and not child.calls and len(child.text) < 12 for child in inside)
