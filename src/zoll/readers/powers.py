"""What a call can do to the machine or the network."""

from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.ability import argument_kind, fixed_text, in_shell, power_of
from zoll.readers.forms import forms_in
from zoll.readers.material import Material
from zoll.readers.words import shown

DOC = Doc(
    title="Powers: processes, code from text, network, files, identity, memory",
    reads=("code/*",),
    yields=("power",),
    limitations=("names are resolved through the file's own imports; wrappers in other files are the judge's work",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield one reading for each power of each call, and for forms that have a power without a plain call."""
    for statement in material.told:
        for call in statement.calls:
            yield from _call(material, call, statement)
    for statement, row in forms_in(material, "forms"):
        power, call_name = row["gives"], row["call"]
        yield material.say(
            "power", power, statement.line, statement.end, statement.text, call=call_name, arg="variable"
        )


def _call(material: Material, call: Call, statement: Statement) -> Iterator[Reading]:
    powers = power_of(call.name, call.args, material.language)
    if not powers:
        return
    kind = argument_kind(call.args, material.language)
    name = next(
        (text for text in map(fixed_text, call.args[:3]) if 0 < len(text) <= 60 and any(map(str.isalnum, text))), ""
    )
    if material.language == "shell" and call.args:
        plain = kind == "fixed" or call.name.startswith(">")
        name = next((arg for arg in call.args if not arg.startswith("-")), "")[:60] if plain else ""
    for power in powers:
        shell = "yes" if power == "run" and in_shell(call.name, call.args, material.language) else ""
        yield material.say(
            "power",
            power,
            call.line or statement.line,
            0,
            statement.text,
            call=call.name,
            arg=kind,
            shell=shell,
            name=shown(name),
        )
