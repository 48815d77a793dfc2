"""Code and names put together from pieces."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.ability import power_of
from zoll.readers.material import Material
from zoll.readers.tables import table

DOC = Doc(
    title="Texts and names assembled from pieces",
    reads=("code/*",),
    yields=("assembled",),
    limitations=("`into` is known only when the call stands in the same statement",),
)
_FORMS = [
    (form["how"], tuple(form["has"]), re.compile(form["text"], re.IGNORECASE), frozenset(form.get("languages", ())))
    for form in table("assembled")["form"]
]


def read(material: Material) -> Iterator[Reading]:
    """Yield one reading for each way of assembling in a statement."""
    for statement in material.statements:
        text = statement.text
        for how, has, pattern, languages in _FORMS:
            if languages and material.language not in languages:
                continue
            if any(word in text for word in has) and pattern.search(text[:1000]):
                yield material.say(
                    "assembled", how, statement.line, statement.end, text, into=_into(material, statement)
                )


def _into(material: Material, statement: Statement) -> str:
    """Return the call with a power that the pieces flow into."""
    for call in statement.calls:
        if set(power_of(call.name, call.args, material.language)) - {"decode", "random"}:
            return call.name
    return ""
