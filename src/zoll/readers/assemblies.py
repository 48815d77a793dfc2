"""Code and names put together from pieces."""

from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.ability import power_of
from zoll.readers.forms import forms_in
from zoll.readers.material import Material

DOC = Doc(
    title="Texts and names assembled from pieces",
    reads=("code/*",),
    yields=("assembled",),
    limitations=("`into` is known only when the call stands in the same statement",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield one reading for each way of assembling in a statement."""
    for statement, row in forms_in(material, "assembled"):
        yield material.say(
            "assembled", row["how"], statement.line, statement.end, statement.text, into=_into(material, statement)
        )


def _into(material: Material, statement: Statement) -> str:
    """Return the call with a power that the pieces flow into."""
    for call in statement.calls:
        if set(power_of(call.name, call.args, material.language)) - {"decode", "random"}:
            return call.name
    return ""
