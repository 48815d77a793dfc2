"""Checks that stand there and stop nobody: only logged, not looked at, swallowed, or passed by what says nothing.

They need no old side: what is wholly new is judged by what it does.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement, Test
from zoll.parse.uneven import uneven
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.tables import pattern
from zoll.readers.words import last_called, split

DOC = Doc(
    title="Checks that stop nobody: only logged, ignored, swallowed, passed by what is missing, bent, or made on half",
    reads=("code/*",),
    yields=("lapse",),
    limitations=(
        "that a log line tells of a failure shows in its words alone",
        "that a call verifies shows in its name alone, as do what is a path and what a folder",
    ),
)
_FAILS = pattern("lapses", "fails")
_SECRET = pattern("lapses", "secret")
_VERIFIES = frozenset(["verify", "verifies", "verified", "validate", "authenticate", "authorize", "authorise"])
_COMPARES = pattern("lapses", "compares")
_ASKS = frozenset(["is", "has", "can", "may", "equals", "matches"])
_PREPARES = pattern("lapses", "prepares")
_TELLING = frozenset(["check_ajax_referer", "check_admin_referer"])  # WordPress: told `false`, they end nothing
_THROWING = frozenset(["python", "java", "php", "ruby", "javascript", "typescript", "tsx", "perl", "lua", "shell"])
_DISCARDED = re.compile(r"(?:let\s+)?_(?:\s*,\s*_)*\s*:?=(?!=)|\(\s*void\s*\)|var\s+_\s*=")
_NOTHING = re.compile(r"NULL|nullptr|nil|None|null|undefined|0|-1")
_COMPARISON = re.compile(r"\b(?:str|mem|wcs|bc|timingsafe_mem|crypto_mem|const_mem)n?(?:case)?_?cmp\w{0,10}\s?\(")
_CUTS = re.compile(r"\s{0,4}(?:%|&(?!&)|>>|\*)")
_NARROWS = re.compile(r"\(\s?(?:u?int(?:8|16)_t|(?:unsigned\s|signed\s)?(?:char|short)|u(?:8|16)|uchar)\s?\)\s?\Z")
_FOLDER = re.compile(
    r"^(?:str\()?[\w.$>()-]{0,60}(?:dir|directory|folder|root|base|home|prefix)(?:_?path)?\)?(?:\(\))?$", re.IGNORECASE
)
_PATH = re.compile(r"path|file|real|resolved|target|dest|abs|full", re.IGNORECASE)
_EXPECTED = frozenset(
    ("expected", "trusted", "required", "correct", "stored", "secret", "own", "our", "real", "valid", "wanted")
)
_GIVEN = frozenset(
    [
        "given",
        "received",
        "claims",
        "claim",
        "payload",
        "token",
        "request",
        "req",
        "header",
        "headers",
        "params",
        "body",
        "input",
        "idinfo",
        "provided",
        "supplied",
        "submitted",
        "presented",
        "query",
        "cookie",
        "cookies",
        "user",
    ]
)
_NAMES = re.compile(r"[A-Za-z_]\w*")
_ENDS = re.compile(r"sep\b|slash|/|pattern", re.IGNORECASE)
_DEEP = _VERIFIES | frozenset(["auth", "check", "valid", "verifier", "validator"])
_QUIET = frozenset(["log", "none"])


def read(material: Material) -> Iterator[Reading]:
    """Yield each check that stops nobody."""
    frame = frame_of(material)
    for index in material.indices:
        statement = frame.statements[index]
        found = ""
        if statement.word == "catch":
            found = "swallowed" if _swallowed(frame, index) else ""
        elif statement.kind == "condition":
            found = "logged" if _only_logged(frame, index) else "passed" if _passes(material, frame, index) else ""
            found = found or ("uneven" if uneven(frame.statements, index, _called(material)) else "")
        elif statement.calls and _ignored(statement, material.language):
            found = "ignored"
        for lapse in (found, _bent(statement), _sibling(statement), _begun(statement)):
            if lapse:
                yield material.say("lapse", lapse, statement.line, 0, statement.text, call=_check(statement))


def _called(material: Material) -> str:
    return material.function.name.rsplit(".", 1)[-1] if material.function else ""


def _check(statement: Statement) -> str:
    named = (*_asked(statement.tests), *(call.name for call in statement.calls))
    return next(iter(named), "").rsplit(".", 1)[-1]


@lru_cache(maxsize=1 << 12)
def _verifies(name: str, language: str) -> bool:
    """Tell whether a call by its name says whether something is right, and nothing else."""
    last = last_called(name)
    words = split(last)
    if not words or _PREPARES.search(last):
        return False
    if _COMPARES.search(last):
        return True
    if language in _THROWING:  # what is not right is thrown there
        return words[0] in _ASKS and bool(_SECRET.search(last))
    return bool(_VERIFIES.intersection(words)) and bool(_SECRET.search(last))


def _ignored(statement: Statement, language: str) -> bool:
    """Tell whether a statement makes a check and throws its result away."""
    call = statement.calls[0]
    if call.name in _TELLING and [one.strip() for one in call.args[2:]] == ["false"]:
        return statement.kind == "call" and statement.text.startswith(call.name)
    if not _verifies(call.name, language) or not call.args:
        return False
    if statement.kind in ("assign", "declare"):
        return bool(_DISCARDED.match(statement.text))
    return statement.kind == "call" and language != "rust" and statement.text.startswith(_written(call))


def _written(call: Call) -> tuple[str, ...]:
    last = call.name.rsplit(".", 1)[-1]
    return (last, call.name, call.name.replace(".", "->"), call.name.replace(".", "::"), "(void")


def _bent(statement: Statement) -> str:
    """Tell whether arithmetic is done on what a comparison says, so that what differs may count as equal."""
    for found in _COMPARISON.finditer(statement.text[:1000]) if "cmp" in statement.text else ():
        end = _closed(statement.text, found.end() - 1)
        if end > 0 and (_CUTS.match(statement.text, end) or _NARROWS.search(statement.text[: found.start()])):
            return "bent"
    return ""


def _closed(text: str, start: int) -> int:
    """Return where the bracket that opens at `start` is closed, 0 for nowhere near."""
    depth = 0
    for place in range(start, min(start + 400, len(text))):
        depth += (text[place] == "(") - (text[place] == ")")
        if not depth:
            return place + 1
    return 0


def _sibling(statement: Statement) -> str:
    """Tell whether a path is held against a folder as text: what only begins alike passes."""
    for test in statement.tests:
        if test.op == "prefix" and _FOLDER.search(test.right) and _PATH.search(test.left):
            return "" if _ENDS.search(test.right) else "sibling"
    return ""


def _begun(statement: Statement) -> str:
    """Tell whether what is expected need only begin with what comes in: nothing at all, or one letter, passes."""
    for test in statement.tests:
        if test.op == "prefix" and not test.literal:
            whole, part = (
                {word for name in _NAMES.findall(side) for word in split(name)} for side in (test.left, test.right)
            )
            if whole & _EXPECTED and part & _GIVEN and not part & _EXPECTED:
                return "begun"
    return ""


def _only_logged(frame: Frame, index: int) -> bool:
    """Tell whether a failed comparison of what must be right is written to the log, and then all goes on."""
    statement = frame.statements[index]
    inside = frame.children.get(index, ())
    if not inside or any(frame.statements[child].kind != "call" for child in inside):
        return False
    if not any(map(_compared, (*_asked(statement.tests), *(call.name for call in statement.calls)))):
        return False
    kinds = {effect.kind for child in inside for effect in frame.effects(child)}
    words = " ".join(frame.statements[child].text for child in inside)
    return "log" in kinds and kinds <= _QUIET and bool(_FAILS.search(words))


def _asked(tests: Iterable[Test]) -> Iterator[str]:
    return (test.via or test.call for test in tests if test.via or test.call)


def _compared(called: str) -> bool:
    name = called.rsplit(".", 1)[-1]
    return bool(_COMPARES.search(name)) or (bool(_SECRET.search(name)) and bool(_VERIFIES.intersection(split(name))))


def _swallowed(frame: Frame, index: int) -> bool:
    """Tell whether what a verifying call throws is caught, told to the log at most, and forgotten."""
    inside = [frame.statements[child] for child in frame.children.get(index, ())]
    if not all(one.kind in ("call", "other", "jump") and one.word != "continue" for one in inside):
        return False
    kinds = {effect.kind for child in frame.children.get(index, ()) for effect in frame.effects(child)}
    within = frame.statements[index].within
    tried = [frame.statements[at] for at in frame.children.get(within, ()) if at < index][-6:]
    verifying = any(
        _SECRET.search(call.name) and _VERIFIES.intersection(split(call.name.rsplit(".", 1)[-1]))
        for one in tried
        for call in one.calls
    )
    return verifying and kinds <= _QUIET | {"skip"}


def _passes(material: Material, frame: Frame, index: int) -> bool:
    """Tell whether a function that verifies returns what it returns at its end where a value could not be had.

    Some other early leaving has to return something else, else nobody knows which result means what.
    """
    function = material.function
    statement = frame.statements[index]
    if function is None or not _DEEP.intersection(split(function.name.rsplit(".", 1)[-1])):
        return False
    if len(statement.tests) != 1 or not _missing(statement.tests[0], frame, index):
        return False
    mine = _returned(frame, index)
    last = frame.statements[-1]
    if not mine or last.kind != "return" or last.value.strip() != mine or last.within >= 0:
        return False  # of two that `?` chooses between, neither is what it returns at its end
    others = {
        _returned(frame, at) for at, one in enumerate(frame.statements) if one.kind == "condition" and at != index
    }
    return bool(others - {"", mine})


def _missing(test: Test, frame: Frame, index: int) -> bool:
    """Tell whether a test asks whether a call gave nothing."""
    nothing = (test.op == "truth" and test.negated) or (test.op == "==" and _NOTHING.fullmatch(test.right.strip()))
    failed = test.op == "!=" and test.right.strip() in ("nil", "NULL") and "err" in test.left.lower()
    if not nothing and not failed:
        return False
    origin = frame.origin_of(test.left.strip("!() "), index)
    return bool(test.call or (origin and origin.call))


def _returned(frame: Frame, index: int) -> str:
    """Return the constant that the body of a condition returns at once, "" for none."""
    inside = [frame.statements[child] for child in frame.children.get(index, ())]
    if not inside or inside[-1].kind != "return" or inside[-1].branch == "else" or len(inside) > 3:
        return ""
    value = inside[-1].value.strip()
    return value if re.fullmatch(r"-?\d+|[A-Z][A-Z0-9_]+|true|false|True|False|nil", value) else ""
