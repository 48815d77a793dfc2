"""What a function does with a value that it is handed: where it takes it, or to which function it hands it on."""

import re
from collections.abc import Iterator

from msgspec import Struct

from zoll.parse.code import Call, Statement
from zoll.readers.kept import first_name, kept_paths
from zoll.readers.material import Material
from zoll.readers.outlets import outlet
from zoll.readers.tables import pattern
from zoll.readers.words import last_called

_FILLS = pattern("passages", "fills")
_NAME = re.compile(r"[A-Za-z_]\w*")
_STREAM = re.compile(r"(?:stream|writer|sock|conn|proc|process)\.write")
_OWN = frozenset(["self", "this", "cls"])


class Passage(Struct, frozen=True):
    """Where a value goes: `to` is an outlet, or else the function `called` gets it as argument number `argument`."""

    to: str = ""
    called: str = ""
    argument: int = 0


def passages(material: Material, held: str) -> Iterator[Passage]:
    """Yield where the value of a parameter goes, followed through locals in the order of the statements."""
    holding = {held.lstrip("$@*&")}
    for statement in material.statements:
        _spread(statement, holding)
        for call in statement.calls:
            positions = [index for index, argument in enumerate(call.args) if _holds(argument, holding)]
            if positions:
                to = outlet(call, statement, material.language)
                if to == "file" and _STREAM.fullmatch(call.name):
                    continue  # whither a stream leads that was handed in, only the caller knows
                if to:
                    yield Passage(to)
                elif own(call):
                    yield from (Passage("", last_called(call.name), position) for position in positions)


def _spread(statement: Statement, holding: set[str]) -> None:
    """Add what a statement makes of a value that is held."""
    if statement.kind in ("assign", "declare") and statement.target and _holds(statement.value, holding):
        target = _NAME.search(statement.target)
        if target and target[0] not in _OWN:
            holding.add(target[0])
    for call in statement.calls:
        if len(call.args) > 1 and _FILLS.search(call.name) and any(_holds(one, holding) for one in call.args[1:]):
            into = _NAME.search(call.args[0])
            if into and into[0] not in _OWN:
                holding.add(into[0])


def _holds(expression: str, holding: set[str]) -> bool:
    return any(first_name(path) in holding for path in kept_paths(expression[:1500]))


def own(call: Call) -> bool:
    """Say whether a call may be one of a function of the release: by itself, or of one thing that has a name.

    >>> own(Call("report_login")), own(Call("self.report")), own(Call("a.b.report")), own(Call("make().report"))
    (True, True, False, False)
    """
    receiver = call.name.rpartition(".")[0].lstrip("$")
    return (
        not call.new and (receiver.isidentifier() or not receiver) and last_called(call.name).strip("!?").isidentifier()
    )


def parameter(params: tuple[str, ...], argument: int) -> str:
    """Return the parameter that an argument is, "" for none; what stands for the rest takes all behind it.

    >>> parameter(("self", "line"), 0), parameter(("fmt", "args"), 4)
    ('line', 'args')
    """
    named = params[1:] if params and params[0] in (*_OWN, "&self") else params
    return named[min(argument, len(named) - 1)] if named else ""
