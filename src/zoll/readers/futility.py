"""Checks and wipes that come to nothing by what stands around them.

A check whose answer a pipe or a declaration swallows, a verifier that tells right from wrong and lets both pass, a wipe
of what was emptied before. They need no old side: what is wholly new is judged by what it does.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.outcomes import name_outcome
from zoll.readers.tables import pattern

DOC = Doc(
    title="Checks that a pipe or a declaration swallows, verifiers that refuse nobody, wipes of what is empty",
    reads=("code/*",),
    yields=("lapse",),
    limitations=(
        "commands that verify are known by name: readers/tables/patterns.toml",
        "a wipe and the emptying before it have to stand in one block",
    ),
)
_VERIFYING = pattern("futility", "verifying")
_PASSES_ON = r"(?:tee|cat|logger|ts|systemd-cat|pv|less|more|nl|fold|cstream|unbuffer)\b[^|]{0,160}"
_PIPED = re.compile(rf"({_VERIFYING.pattern})[^|;`)]{{0,300}}\|\s?(?:&\s?)?{_PASSES_ON}$")
_MASKED = re.compile(
    rf"^(?:local|export|readonly|declare|typeset)\s[^$;|]{{0,80}}=[\"']?\$\(\s?({_VERIFYING.pattern})[^)]{{0,300}}\)[\"']?\s?"
    r"(?:\|\||&&)"
)
_KEPT = (b"pipefail", b"PIPESTATUS", b"pipestatus")
_REFUSER = pattern("futility", "refuser")
_EQUAL = pattern("futility", "equal")
_FINE = frozenset(["true", "True", "TRUE", "1", "0", "nil", "Ok(())", "Ok(true)", "!0"])
_NO = frozenset(["false", "False", "FALSE", "0", "-1", "1", "nil", "null", "None", "!1"])
_GIVEN_UP = ("failure", "exit")
_NEAR = 8  # statements between an emptying and a wipe
_NAME = r"(?P<name>[A-Za-z_][\w.>-]{0,60}?)"
_NOUGHT = r"(?:0|'\\0'|'\\x00'|0x0+|NULL)"
_EMPTIES = re.compile(
    rf"{_NAME}\.(?:clear\(\)|(?:truncate|set_len|resize)\(0\))|"
    rf"(?P<go>\w{{1,40}}) = (?P=go)\[:0\]|(?P<size>[\w.>-]{{1,60}}) = 0|"
    rf"(?:\*(?P<text>\w{{1,40}})|(?P<first>\w{{1,40}})\[0\]) = {_NOUGHT}"
)
_WIPES = pattern("futility", "wipes")
_WIPING = ("zero", "memset", "cleanse", "clear", "wipe", "fill(0)", "Zero")


def read(material: Material) -> Iterator[Reading]:
    """Yield each check and each wipe that comes to nothing."""
    frame = frame_of(material)
    if material.language == "shell":
        yield from _swallowed(material)
        return
    yield from _unfailing(material, frame)
    for index in material.indices:
        statement = frame.statements[index]
        if statement.kind == "call" and (call := _wiped_empty(frame.statements, index)):
            yield material.say("lapse", "emptied", statement.line, 0, statement.text, call=call)


def _swallowed(material: Material) -> Iterator[Reading]:
    """Yield the commands that verify whose answer is that of what stands behind a pipe or before them."""
    if any(word in material.data for word in _KEPT):
        return
    for statement in material.told:
        text = statement.text[:800]
        masked = _MASKED.search(text)
        piped = _PIPED.search(text.rstrip("; ")) if "|" in text and "$(" not in text else None
        found = masked or piped
        if found:
            call = found[1].split()[0]
            yield material.say("lapse", "masked" if masked else "piped", statement.line, 0, statement.text, call=call)


def _unfailing(material: Material, frame: Frame) -> Iterator[Reading]:
    """Yield a function that by its name verifies, tells right from wrong, and says yes after both."""
    function = material.function
    if function is None or not _REFUSER.fullmatch(function.name.rsplit(".", 1)[-1]):
        return
    asked = next((one for one in frame.statements if one.kind == "condition" and _tells_apart(one)), None)
    if asked is None or _may_refuse(frame):
        return
    given = {one.value.strip(" ;()") for one in frame.statements if one.kind == "return"}
    if len(given) == 1 and all(map(_says_yes, given)) and _says_yes_here(given.pop(), material.language):
        yield material.say("lapse", "unfailing", asked.line, 0, asked.text, call=function.name.rsplit(".", 1)[-1])


def _tells_apart(one: Statement) -> bool:
    """Tell whether a condition holds what is secret against what was given, or asks what verifies."""
    names = (*(test.via or test.call for test in one.tests), *(call.name for call in one.calls))
    return any(_EQUAL.search(name.rsplit(".", 1)[-1]) for name in names if name)


def _may_refuse(frame: Frame) -> bool:
    """Tell whether any statement throws, ends, leaves by a jump, or sets or hands out anything that says no."""
    for index, one in enumerate(frame.statements):
        if one.kind == "throw" or one.word in ("goto", "raise") or one.word in ("catch", "except"):
            return True
        if one.kind in ("assign", "declare") and one.value.strip(" ;") in _NO and one.word != "function":
            return True
        if any(effect.kind in _GIVEN_UP for effect in frame.effects(index)):
            return True
    return False


def _says_yes(value: str) -> bool:
    return value in _FINE or name_outcome(value) == "success"


def _says_yes_here(value: str, language: str) -> bool:
    """Tell whether a value says yes in a language: nought only where that is how all is well."""
    return value not in ("0", "nil") or (language in ("c", "cpp") if value == "0" else language == "go")


def _wiped_empty(statements: Sequence[Statement], index: int) -> str:
    """Return what is wiped over a length that is nought by then, as it was emptied just before, "" for nothing."""
    text = statements[index].text[:300]
    found = _WIPES.search(text) if any(word in text for word in _WIPING) else None
    if not found:
        return ""
    told = {name: value for name, value in found.groupdict().items() if value}
    here = statements[index]
    for one in reversed(statements[max(0, index - _NEAR) : index]):
        if (one.within, one.branch) != (here.within, here.branch):
            continue
        emptied = _EMPTIES.fullmatch(one.text[:200].rstrip("; "))
        if emptied and _same(emptied.groupdict(), told):
            return next(iter(told.values()))
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", one.text) for name in told.values()):
            return ""
    return ""


def _same(emptied: dict[str, str | None], wiped: dict[str, str]) -> bool:
    """Tell whether what was emptied is what bounds the wipe: a whole, a slice, a length, a text that ends at nought."""
    whole = emptied["name"] or emptied["go"]
    if whole:
        return whole in (wiped.get("whole"), wiped.get("slice"), wiped.get("held"))
    if emptied["size"]:
        return emptied["size"] == wiped.get("amount")
    return (emptied["text"] or emptied["first"]) == wiped.get("ended")
