"""Origins that are allowed by their own word: what a browser says of the asking page is handed back as allowed."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement, Test
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material

DOC = Doc(
    title="Origins that are handed back as allowed, whoever asks",
    reads=("code/*",),
    yields=("lapse",),
    limitations=("a list that is asked in another function, of which nothing is handed in, is not seen",),
)
_HEADER = re.compile(r"(?i)access-control-allow-origin(.{0,200})", re.DOTALL)
_ASKING = re.compile(
    r"(?i)(?:headers?|req(?:uest)?|\$_SERVER|env|meta)\b[\w.()]{0,30}?[\s.\[(:\"'>-]{1,4}(?:http_)?origin\b|\bHTTP_ORIGIN\b"
)
_NAME = re.compile(r"[$@]?[A-Za-z_]\w*")
_FETCHES = re.compile(r"(?i)(?:^|\.)(?:get|header|set|add|insert|append|put|write)\w*$")
_EMPTY = frozenset({"", "''", '""', "null", "nil", "None", "undefined", "NULL"})
_BACK = 60  # statements before the header that are looked at


def read(material: Material) -> Iterator[Reading]:
    """Yield each place that allows the origin which asks, with no look at which one it is."""
    if not _speaks(material.data):
        return
    frame = frame_of(material)
    beneath = {at for index in material.indices for at in frame.children.get(index, ())}
    for at in sorted(beneath.union(material.indices)):  # what changed may be the condition above
        statement = frame.statements[at]
        found = _HEADER.search(statement.text)
        if found and _mirrors(frame, at, found[1]):
            yield material.say("lapse", "mirrored", statement.line, 0, statement.text)


@lru_cache(maxsize=4)
def _speaks(data: bytes) -> bool:
    return b"access-control-allow-origin" in data.lower()


def _mirrors(frame: Frame, at: int, value: str) -> bool:
    """Tell whether the value of the header is the origin that asks, and nobody asks which it is."""
    before = frame.statements[max(0, at - _BACK) : at]
    names = {one.target.split()[-1].lstrip("&*") for one in before if one.target and _ASKING.search(one.value)}
    mine = names & set(_NAME.findall(value))
    if not mine and not _ASKING.search(value):
        return False
    return not any(_looks(one, mine) for one in (*before, frame.statements[at]))


def _looks(one: Statement, names: set[str]) -> bool:
    """Tell whether a statement asks which origin it is: compares it, or hands it to something that may."""
    if any(_compares(test) and _speaks_of(f"{test.left} {test.right}", names) for test in one.tests):
        return True
    if any(f"[{name}]" in one.text for name in names):
        return True
    calls = [call for call in one.calls if not _FETCHES.search(call.name)]
    return any(_speaks_of(argument, names) for call in calls for argument in call.args)


def _compares(test: Test) -> bool:
    return test.op != "truth" and test.right.strip() not in _EMPTY


def _speaks_of(text: str, names: set[str]) -> bool:
    return bool(names.intersection(_NAME.findall(text))) or bool(_ASKING.search(text))
