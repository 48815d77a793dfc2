"""Which environment variables are read."""

import re
from collections.abc import Iterator
from functools import cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.frame import assigned_in
from zoll.readers.interfaces import interface_of
from zoll.readers.material import Material
from zoll.readers.tables import pattern, table

DOC = Doc(
    title="Environment variables read",
    reads=("code/*",),
    yields=("environment",),
    limitations=("a name built at run time is shown as (variable)",),
)
_HINTS = ("env", "Env", "ENV", "getProperty", "$_SERVER")
_NAME = r"""[\[({\s:]*:?["'`]?([A-Za-z_][\w.]{1,60})["'`]?"""
_READS = pattern("environments", "reads")
_SERVED = frozenset(["php", "perl"])  # a web server hands them the headers of a request so (RFC 3875, 4.1.18)
_SHELL = re.compile(r"\$(?:\{([A-Z][A-Z0-9_]{2,60})(:?[-=]([^}]{0,60}))?[^}]{0,80}\}|([A-Z][A-Z0-9_]{2,60}))")


def read(material: Material) -> Iterator[Reading]:
    """Yield one reading for each place that reads a variable; in shell one for each name that is not set here."""
    if material.language == "shell":
        yield from _shell(material)
        return
    whole = "\n".join([statement.text for statement in material.statements])
    hints = [hint for hint in _HINTS if hint in whole]
    seen: set[Reading] = set()
    for statement in material.statements if hints else ():
        if any(hint in statement.text for hint in hints):
            fresh = [reading for reading in _reads(material, statement) if _spot(reading) not in seen]
            seen.update(map(_spot, fresh))
            yield from fresh


def _spot(reading: Reading) -> Reading:
    """Return the reading without its words: a header holds the text of its initialiser again."""
    return Reading(reading.fact, reading.at)


def _reads(material: Material, statement: Statement) -> Iterator[Reading]:
    for found in _READS.finditer(statement.text):
        quoted = found[1] or found[0].rstrip()[-len(found[2]) - 1 : -len(found[2])] in {".", "{", "["}
        name = found[2] if quoted or found[2].isupper() else "(variable)"
        header = material.language in _SERVED and name.startswith("HTTP_")
        yield _said(material, statement, name, found[4] or "", "header" if header else "")


def _said(material: Material, statement: Statement, name: str, default: str, via: str = "") -> Reading:
    known = interface_of(name, material.part.place.path)
    return material.say(
        "environment", name, statement.line, statement.end, statement.text, default=default, known=known, via=via
    )


@cache
def _own() -> frozenset[str]:
    """Return the names of what a shell sets by itself."""
    return frozenset(table("environments")["shell"].split())


def _shell(material: Material) -> Iterator[Reading]:
    held = (
        {statement.target for statement in material.statements if statement.target}
        | assigned_in(material.data)
        | _own()
    )
    for statement in material.statements:
        for found in _SHELL.finditer(statement.text):
            name = found[1] or found[4]
            if name not in held:
                held.add(name)
                yield _said(material, statement, name, found[3] or "")
