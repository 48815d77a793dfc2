"""What a call can do to the machine or the network."""

import re
from collections.abc import Iterator
from itertools import islice

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.ability import argument_kind, fixed_text, in_shell, names_type, opens, power_of, powers_by_path
from zoll.readers.descent import made_of, names_in
from zoll.readers.forms import forms_in
from zoll.readers.material import Material
from zoll.readers.tables import pattern
from zoll.readers.words import shown

DOC = Doc(
    title="Powers: processes, code from text, network, files, identity, memory",
    reads=("code/*",),
    yields=("power",),
    limitations=("names are resolved through the file's own imports; wrappers in other files are the judge's work",),
)

_ANYHOW = frozenset({"credential", "memory"})  # what a path shows that is only read
_DOMAIN = re.compile(r"""[\w.{}$%-]*\.[a-z][a-z0-9-]+(?:\.[a-z]{2,})?["'`]""")  # the end of a text: `.n.example"`
_WATCHES = pattern("powers", "watches")
_STOPS = re.compile(r"(?:^|[._])(?:kill|killpg|terminate|SIGKILL|destroyForcibly|pkill|TerminateProcess)$")


def read(material: Material) -> Iterator[Reading]:
    """Yield one reading for each power of each call, and for forms that have a power without a plain call."""
    for index in material.indices:
        statement = material.statements[index]
        for call in statement.calls:
            yield from _call(material, call, statement, index)
    yield from _stopped(material)
    for statement, row in forms_in(material, "forms"):
        power, call_name = row["gives"], row["call"]
        yield material.say(
            "power",
            power,
            statement.line,
            statement.end,
            statement.text,
            call=call_name,
            arg=row.get("arg", "variable"),
        )


def _call(material: Material, call: Call, statement: Statement, index: int) -> Iterator[Reading]:
    powers = power_of(call.name, call.args, material.language)
    if material.language != "shell" and opens(call.name):
        powers = _with_held(material, call, index, powers)
    if not powers or names_type(call.name, statement.text, material.part.place.path):
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
            under="domain" if power == "resolve" and kind == "built" and _joins_domain(call) else "",
        )


def _with_held(material: Material, call: Call, index: int, powers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the powers of a call that opens something, with those that the paths show which its locals hold."""
    given = ", ".join(call.args)[:300]
    if not names_in(given):
        return powers
    held = tuple(text for text, _ in islice(made_of(material.statements, index, given), 1, 4))
    writes = "write" in powers
    shown = [power for power in powers_by_path(call.name, held, powers) if writes or power in _ANYHOW] if held else []
    return tuple(dict.fromkeys([*powers, *shown]))


def _stopped(material: Material) -> Iterator[Reading]:
    """Yield the names of tools that watch a system, in a function that stops processes by their names."""
    for statement in material.told:
        if statement.tests and any(_WATCHES.fullmatch(literal.text) for literal in statement.literals):
            stops = (call.name for one in material.statements for call in one.calls if _STOPS.search(call.name))
            if any(stops):
                yield material.say(
                    "power", "kill", statement.line, statement.end, statement.text, call="watcher", arg="fixed"
                )


def _joins_domain(call: Call) -> bool:
    """Tell whether a name that is looked up is put together before a fixed domain; an address with its port is not."""
    return not call.name.endswith("Addr") and any(map(_DOMAIN.search, call.args))
