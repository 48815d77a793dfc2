"""Calls whose result decides, and what happens when they fail or hold."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement, Test
from zoll.readers.deciding import tested
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.tables import table
from zoll.readers.words import split

DOC = Doc(
    title="Guards: calls whose result decides",
    reads=("code/*",),
    yields=("guard",),
    limitations=("a result kept in a field and tested in another function is not followed",),
)
_RANK = ("failure", "exit", "success", "zero", "return", "skip", "state")
_WORDS = frozenset(table("names")["guarding"]["words"])
_DECORATOR = re.compile(r"@([\w.]+)|#\[(\w+)")
_HEAD = re.compile(r"[!(\s]{0,8}([A-Za-z_]\w*)(?![\w(])")
_LOCAL = re.compile(r"[!$@(\s]*([A-Za-z_]\w*)[)\s]*")


def read(material: Material) -> Iterator[Reading]:
    """Yield one guard for each tested call, and for decorators named as guards."""
    frame = frame_of(material)
    for index in material.indices:
        statement = frame.statements[index]
        for test in statement.tests:
            name = _guarding(test, frame, index)
            if name:
                effect = _effect(frame, index, statement)
                yield material.say("guard", name, test.line or statement.line, 0, statement.text, effect=effect)
        if statement.kind == "directive":
            yield from _decorator(material, statement)


def _guarding(test: Test, frame: Frame, index: int) -> str:
    """Return the call whose result the atom tests, also through a local: `rc = verify(x); if (rc < 0)`."""
    if test.op == "case" or tested(test, frame, index).kind in {"length", "type", "literal", "magic"}:
        return ""
    if test.call:
        return test.call
    local = _LOCAL.fullmatch(test.left)
    origin = frame.origin_of(local[1], index) if local else None
    if origin:
        return "" if origin.sources else origin.call
    return _handed_back(test, frame, index)


def _handed_back(test: Test, frame: Frame, index: int) -> str:
    """Return the check just before that was handed the variable which is tested: `check(x, &found); if (found.bad)`."""
    head, before = _HEAD.match(test.left), frame.statements[index - 1] if index else None
    if not head or before is None or before.kind != "call" or before.within != frame.statements[index].within:
        return ""
    given = f"&{head[1]}"
    calls = (call for call in before.calls if given in map(str.strip, call.args))
    return next((call.name for call in calls if _WORDS & set(split(call.name))), "")


def _effect(frame: Frame, index: int, statement: Statement) -> str:
    if statement.kind != "condition":
        return "success" if statement.kind == "return" else "assign"
    if statement.word.startswith("assert"):
        return "failure"
    kinds = {effect.kind for child in frame.children.get(index, ()) for effect in frame.effects(child)}
    powers = sorted(kind for kind in kinds if kind.startswith("power."))
    return next(
        (kind for kind in _RANK if kind in kinds), powers[0] if powers else "call" if "call" in kinds else "none"
    )


def _decorator(material: Material, statement: Statement) -> Iterator[Reading]:
    found = _DECORATOR.match(statement.text)
    name = (found[1] or found[2]) if found else ""
    if set(split(name)) & _WORDS:
        yield material.say("guard", name, statement.line, statement.end, statement.text, effect="failure")
