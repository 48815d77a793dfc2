"""What is silenced: logs, errors, audits, output, history."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.forms import forms_in
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material

DOC = Doc(
    title="Silenced logs, errors, audits, output and history",
    reads=("code/*",),
    yields=("suppressed",),
    limitations=("a log call that is merely gone shows as a lost call, not here",),
)
_PHP_AT = re.compile(r"(?:^|[=(\s])@(\w+)\s*\(")


def read(material: Material) -> Iterator[Reading]:
    """Yield forms that silence, and handlers that swallow what they catch."""
    for statement, row in forms_in(material, "suppressed"):
        call = statement.calls[0].name if statement.calls else ""
        yield material.say("suppressed", row["what"], statement.line, statement.end, statement.text, call=call)
    frame = frame_of(material)
    php = material.language == "php"
    for index, statement in enumerate(frame.statements):
        if statement.word == "catch" and _swallows(frame, index):
            yield material.say("suppressed", "error", statement.line, statement.end, statement.text, call="catch")
        if php and "@" in statement.text:
            for name in _PHP_AT.findall(statement.text):
                yield material.say(
                    "suppressed", "error", statement.line, statement.end, statement.text, call=f"@{name}"
                )


def _swallows(frame: Frame, index: int) -> bool:
    inside = [frame.statements[child] for child in frame.children.get(index, ())]
    return all(child.kind in {"other", "jump"} and not child.calls and len(child.text) < 12 for child in inside)
