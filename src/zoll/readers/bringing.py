"""Commands and code from outside: a request or a peer brings what is run, or the function just wrote the file."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call
from zoll.readers.ability import argument_kind, fixed_text, in_shell, power_of
from zoll.readers.descent import BACK, made_of, names_in
from zoll.readers.material import Material
from zoll.readers.tables import pattern

DOC = Doc(
    title="What is run or loaded and comes from a request, from a peer, or was written just before",
    reads=("code/*",),
    yields=("brought",),
    limitations=(
        "values are followed through assignments inside one function only",
        "of a command only what names the program counts, or all of it where a shell reads it",
        "shell scripts are left out: what they run came from outside every day",
    ),
)
_RUNS = frozenset({"run", "evaluate", "load"})
_WRITES = frozenset({"write", "fetch"})
_REQUEST = pattern("bringing", "request")
_PEER = pattern("bringing", "peer")
_MESSAGE = pattern("bringing", "message")
_HANDLED = pattern("bringing", "handler")
_DATA = pattern("bringing", "data")
_OPENS = pattern("bringing", "opens")
_MOVES = re.compile(r"(?i)copy|move|rename|transfer")
_VARIABLE = re.compile(r"\$[A-Za-z_]\w{0,60}")
_SENDS = frozenset({"send", "__send__"})
_HANDED = re.compile(r"[A-Za-z_$][\w$.>\[\]-]{0,60}")


def read(material: Material) -> Iterator[Reading]:
    """Yield each call that runs, evaluates or loads what comes from outside the program."""
    if material.language == "shell":
        return
    for index in material.indices:
        statement = material.statements[index]
        if statement.kind == "import":
            continue
        for call in statement.calls:
            named = _named(call, material.language)
            if named and _giver(material, index, named, "load") == "request":
                yield material.say(
                    "brought", "named", call.line or statement.line, statement.end, statement.text,
                    call=call.name, from_="request",
                )  # fmt: skip
            for power in _RUNS.intersection(power_of(call.name, call.args, material.language)):
                given = _given(call, power, material.language)
                giver = _giver(material, index, given, power) if given else ""
                if given and not giver and (power == "evaluate" or in_shell(call.name, call.args, material.language)):
                    giver = "data" if power != "load" and _of_data(material, index, given) else ""
                if giver:
                    yield material.say(
                        "brought", power, call.line or statement.line, statement.end, statement.text,
                        call=call.name, from_=giver,
                    )  # fmt: skip


def _named(call: Call, language: str) -> str:
    """Return what says which function is called: of `$code(...)` in PHP, of `thing.send(name)` in Ruby."""
    if language == "php" and _VARIABLE.fullmatch(call.name):
        return call.name
    sends = language == "ruby" and call.name.rpartition(".")[2] in _SENDS and call.args
    return call.args[0] if sends and not fixed_text(call.args[0]) and call.args[0][:1] != ":" else ""


def _given(call: Call, power: str, language: str) -> str:
    """Return the arguments that say what is run: for a program its name, for code and for a shell all of them."""
    if not call.args or call.name.startswith("WebAssembly") or argument_kind(call.args, language) == "fixed":
        return ""
    if power != "run" or in_shell(call.name, call.args, language):
        return ", ".join(call.args)[:600]
    first = call.args[0].strip()
    return first.strip("[({").partition(",")[0] if first.startswith("[") else first[:300]


def _giver(material: Material, index: int, given: str, power: str) -> str:
    """Say who brings a value: a request, a peer, or the function's own writing; "" for nobody from outside."""
    if _written(material, index, given.strip("&* ")):
        return "file"
    params = {param.strip("$@%*& ") for param in (material.function.params if material.function else ())}
    for text, calls in made_of(material.statements, index, given):
        if _REQUEST.search(text):
            return "request"
        if _PEER.search(text):
            return "peer"
        if any("fetch" in power_of(call.name, call.args, material.language) for call in calls):
            return "net"
        if power != "load" and any(map(_MESSAGE.fullmatch, names_in(text) & params)):
            return "message"
        if power == "run" and any(map(_HANDLED.fullmatch, names_in(text) & params)):
            return "request"
    return ""


def _of_data(material: Material, index: int, given: str) -> bool:
    """Tell whether a value is read from data that the function itself takes apart, or from what describes something."""
    return any(_DATA.search(text) for text, _ in made_of(material.statements, index, given))


def _written(material: Material, index: int, given: str) -> bool:
    """Tell whether the function wrote what it now runs: the same local names the file."""
    if not _HANDED.fullmatch(given) or fixed_text(given):
        return False
    for one in reversed(material.statements[max(0, index - BACK) : index]):
        for call in one.calls:
            named = call.args[1:2] if _MOVES.search(call.name) else call.args[:3]
            writes = not _WRITES.isdisjoint(power_of(call.name, call.args, material.language))
            if writes and any(arg.strip("&* ") == given for arg in named) and _OPENS.search(call.name):
                return True
    return False
