"""Secrets that are handed on: a password or key of whoever signs in goes into a file, a log, a command or to a peer."""

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.kept import first_name, kept_names, kept_paths, last_name, passes_on
from zoll.readers.material import Material
from zoll.readers.outlets import for_debugging, outlet, streamed
from zoll.readers.passages import own
from zoll.readers.secret_names import secret
from zoll.readers.tables import pattern
from zoll.readers.words import last_called

DOC = Doc(
    title="Secrets handed on: written to a file, a log or a command, or sent",
    reads=("code/*",),
    yields=("handed",),
    limitations=(
        "what a secret is shows in names alone",
        "values are followed through assignments and formatted buffers inside one function only",
    ),
)
_FILLS = re.compile(r"(?:^|_|\.)(?:\w{0,8}printf|str[ln]?(?:cpy|cat)|mem(?:cpy|move)|stpcpy|push_str|append|extend)$")
_ASKS = pattern("handing", "asks")
_LEAVES = pattern("handing", "leaves")
_WHOLE = pattern("handing", "whole")
_TARGET = re.compile(r"[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*){0,12}")
_CALLED = re.compile(r"([A-Za-z_]\w*)\(")
_MEMBER = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:->|\??\.)[A-Za-z_]\w*")
_STREAM = re.compile(r"\bo?fstream\s{1,4}([A-Za-z_]\w*)")
_HEXED = re.compile(
    r"(?i)(?:hex|b(?:ase)?64)[\w.:]{0,24}\(\s?(?!.{0,40}pub)(?:\w{1,40}(?:\.|->))*((?:\w{0,20}_)?(?:keys|sk|secrets?|private_?key|"
    r"(?:session|master|traffic)_?key|shared_?secret)(?:(?:\.|->)\w{1,30})?)\b"
)
# Forms that write out whatever an object holds: Go's `%+v`, Rust's `{:?}`, fields of loggers that take anything.
_SHOWN = re.compile(r"%[+#]v|\{\w{0,30}:#?\?\}|\b(?:zap|slog)\.(?:Any|Reflect)\(")
_OWN = frozenset(["self", "this", "cls"])
_BACK = 60  # statements before the one that hands on


def read(material: Material) -> Iterator[Reading]:
    """Yield each call that hands a secret on, with where it goes."""
    for index in material.indices:
        statement = material.statements[index]
        told = dict(_outlets(material, statement))
        for call, to in told.items():
            name = (_secret_among(material, index, call) or _told_in_hex(call, to)) if call.args else ""
            if name:
                how = "debug" if to == "log" and for_debugging(call) else ""
                yield material.say(
                    "handed", to, call.line or statement.line, statement.end, statement.text,
                    call=last_called(call.name), name=name, how=how,
                )  # fmt: skip
        yield from _to_own(material, statement, told)


def _told_in_hex(call: Call, to: str) -> str:
    """Return the key of which a call writes the bytes down in letters: `log("%s", hex(keys.sk_e()))`."""
    found = _HEXED.search(" ".join(call.args)[:400]) if to in ("log", "file", "screen") else None
    return found[1] if found else ""


def _to_own(material: Material, statement: Statement, told: Container[Call]) -> Iterator[Reading]:
    """Yield secrets that a call takes of which only the release knows what it does with them."""
    if statement.kind == "throw" or material.language == "shell":
        return
    for number, call in enumerate(statement.calls):
        name = last_called(call.name)
        makes = _FILLS.search(name) or (
            passes_on(name) and (number or statement.kind != "call")
        )  # its result is followed
        if call.args and call not in told and own(call) and not makes and not _LEAVES.search(name):
            for argument, given in enumerate(call.args):
                secret_name = _first_secret(kept_paths(given[:1500]), material)
                if secret_name:
                    yield material.say(
                        "handed", "own", call.line or statement.line, statement.end, statement.text,
                        call=name, name=secret_name, argument=str(argument),
                    )  # fmt: skip


def _outlets(material: Material, statement: Statement) -> Iterator[tuple[Call, str]]:
    """Yield what takes something out of the function in a statement, and whither."""
    if statement.kind == "throw":
        return
    for call in statement.calls:
        to = outlet(call, statement, material.language)
        if to:
            yield call, to
    if material.language == "cpp" and "<<" in statement.text:
        to, poured = streamed(statement, _file_streams(material.data))
        if to:
            yield Call(statement.text.partition("<<")[0].strip()[:80], poured, statement.line), to


@lru_cache(maxsize=4)
def _file_streams(data: bytes) -> frozenset[str]:
    """Return the locals that are streams of files, as the source declares them."""
    return frozenset(_STREAM.findall(data.decode("utf-8", "replace"))) if b"fstream" in data else frozenset()


def _secret_among(material: Material, index: int, call: Call) -> str:
    """Return the name of a secret among the arguments of a call, itself or through a local that holds it."""
    paths = [path for argument in call.args for path in kept_paths(argument[:1500])]
    if not paths:
        return ""
    return (
        _first_secret(paths, material)
        or _carried(material, index, _holding(paths))
        or _within_whole(material, call, paths)
    )


def _within_whole(material: Material, call: Call, paths: list[str]) -> str:
    """Return the secret that is a member of an object written out whole, as the function's own text says."""
    given = [argument[:1500] for argument in call.args]
    if not any(map(_WHOLE.search, (name for argument in given for name in _CALLED.findall(argument)))) and not any(
        map(_SHOWN.search, given)
    ):
        return ""
    held = {path for path in paths if path not in _OWN}
    members = (found[0] for one in material.statements[:_BACK] for found in _MEMBER.finditer(one.text[:400]))
    named = [path for path in members if first_name(path) in held]
    return _first_secret(named, material)


def _holding(paths: list[str]) -> frozenset[str]:
    """Return the paths and what they are members of, both of which a statement may give the value to."""
    return frozenset([*paths, *map(first_name, paths)]) - _OWN


def _first_secret(paths: list[str], material: Material) -> str:
    around = material.function.name if material.function else ""
    beside = (*paths, around, *_params(material))
    return next((last_name(path) for path in paths if secret(path, beside)), "")


def _carried(material: Material, index: int, wanted: frozenset[str]) -> str:
    """Return the secret that one of the wanted locals was made of, shortly before."""
    for one in reversed(material.statements[max(0, index - _BACK) : index]):
        given = _given(one, wanted)
        found = (_first_secret(given, material) if given else "") or (_asked(one, wanted) if one.calls else "")
        if found:
            return found
        if given:
            wanted |= _holding(given)
    return ""


def _asked(one: Statement, wanted: frozenset[str]) -> str:
    """Return the call of a statement that asks somebody for a secret and gives it to a wanted local."""
    call = next((call for call in one.calls if _ASKS.search(call.name.replace("()", ""))), None)
    if call is None:
        return ""
    target = _TARGET.search(one.target)
    places = [argument for argument in call.args if argument.startswith("&")]  # its result says only whether it worked
    filled = {name for argument in places or call.args for name in kept_names(argument[:200])}
    filled |= {target[0]} if target and not places else set()
    return last_name(call.name) if not wanted.isdisjoint(filled) else ""


def _given(one: Statement, wanted: frozenset[str]) -> list[str]:
    """Return the paths of names of which a statement makes the value of a wanted local."""
    if one.kind in ("assign", "declare") and one.target and not one.tests:
        target = _TARGET.search(one.target)
        return (
            kept_paths(one.value[:1500]) if target and not wanted.isdisjoint((target[0], first_name(target[0]))) else []
        )
    for call in one.calls:
        if len(call.args) > 1 and _FILLS.search(call.name) and wanted.intersection(kept_names(call.args[0])):
            return [path for argument in call.args[1:] for path in kept_paths(argument)]
    return []


def _params(material: Material) -> tuple[str, ...]:
    return material.function.params if material.function else ()
