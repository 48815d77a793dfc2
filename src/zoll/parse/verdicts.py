"""How the result of a call is tested, read off the text around it: much faster than parsing, and unsure of itself."""

import re
from string import ascii_letters, digits

_AFTER = re.compile(rb"\s{0,8}(==|!=|<=|>=|===|!==|<(?!<)|>(?!>))=?\s{0,8}\(?\s{0,4}(-?\s?\w{1,60})")
_IS = re.compile(rb"\s{0,8}is\s(?:not\s)?None\b")
_NOT = (b"!", b"not")  # at the end of what stands before, as the next ones
_ASKS = re.compile(rb"(?:\b(?:if|while|elif|elsif|unless|assert|until|and|or)|&&|\|\|)\Z")
_CAST = re.compile(rb"\(\s{0,2}(?:const\s)?\w{1,30}\s{0,2}\*{0,2}\s{0,2}\)\s{0,4}\Z")
_GIVEN = re.compile(rb"([A-Za-z_$][\w.$>-]{0,60})\s{0,4}:?=\s{0,8}(?:await\s)?\Z")
_ALONE = re.compile(rb"(?:\A|[;{})\n:]|\belse|\bdo)\Z")
_REMARK = re.compile(rb"\s{0,200}(?://|\*|#(?!\w)|/\*|--\s)")
_IN_TEXT = re.compile(rb"\"[^\"\n]{0,200}\Z")
_QUESTION = re.compile(rb"\b(?:if|while|elif|unless)\b[\s(]{0,8}(!|not\s)?\s{0,4}")
_MORE = re.compile(rb"[\w.>-]")
_SET = re.compile(rb"\s{0,4}=[^=]")
_MEMBER = re.compile(rb"[\w.]")
_BRACKET = re.compile(rb"[()]")
_FOLLOWS = re.compile(rb"\s{0,8}(?:;|\n|\}|\Z)")
_NOTHING = frozenset([b"0", b"NULL", b"nil", b"nullptr", b"null", b"None", b"false", b"FALSE", b"False", b"0L", b"0U"])
_PLAIN = re.compile(rb"-?\d{1,10}|[A-Z][A-Z0-9_]{1,60}")  # anything else is looked for, and no verdict
_WORDS = frozenset([b"true", b"TRUE", b"True"])
_HEAD, _BEHIND, _BODY = 200, 400, 300
_LONGEST = 90  # more than what gives a result to a variable has
_OBJECT = (ascii_letters + digits + "_.:$").encode()  # of what names an object
_WORD = 24  # more than any of the words before a call has
_DEFINES = re.compile(rb"\s{0,40}(?:\{|->|const\s{0,40}\{|throws\b)")
_DEFINED = re.compile(rb"\b(?:def|function|func|fn|sub|class|define|new)\s{1,8}\Z")


def verdict(data: bytes, start: int, end: int) -> tuple[str, str]:
    """Return the parts into which a test cuts the results of the call whose name is `data[start:end]`, and the test.

    The parts are the same for a test and for its opposite: `0` for `if (f())`, `!f()`, `f() != 0`; `<0` for `f() < 0`
    and `f() >= 0`; `>0`; `=1`; `none` where nobody looks; "" where that cannot be said.
    """
    closed = _closed(data, end)
    head = data[max(0, start - _HEAD) : start]
    line = head[head.rfind(b"\n") + 1 :]
    if closed < 0 or _quiet(line) or _DEFINES.match(data, closed):
        return "", ""
    head = _receiver(head)
    if head.rstrip().endswith(b")"):
        head = _CAST.sub(b"", head)
    if _DEFINED.search(head[-_WORD:]):
        return "", ""
    tested = _AFTER.match(data, closed)
    if tested:
        return _cut(tested[1], tested[2])
    if _IS.match(data, closed):
        return "0", "is None"
    bare = head.rstrip()
    if bare.endswith(_NOT):
        return "0", "!"
    if _ASKS.search(head.rstrip(b" \t\r\n(!")[-_WORD:]):
        return "0", "if"
    given = _GIVEN.search(head, max(0, len(head) - _LONGEST)) if bare.endswith((b"=", b"await")) else None
    if given:
        return _later(data, closed, given[1])
    alone = b"\n" in head[len(bare) :] or _ALONE.search(bare[-_WORD:])
    return ("none", "") if alone and _FOLLOWS.match(data, closed) else ("", "")


def _quiet(line: bytes) -> bool:
    """Tell whether what stands behind the beginning of a line is a remark or inside a text."""
    return _REMARK.match(line) is not None or (b'"' in line and _IN_TEXT.search(line) is not None)


def _closed(data: bytes, end: int) -> int:
    """Return where the arguments of a call end whose name ends at `end`, -1 where it is none."""
    at = end
    while data[at : at + 1] in (b" ", b"\t"):
        at += 1
    if data[at : at + 1] != b"(":
        return -1
    depth = 0
    for found in _BRACKET.finditer(data, at, at + _BEHIND):
        depth += 1 if found[0] == b"(" else -1
        if not depth:
            return found.end()
    return -1


def _receiver(head: bytes) -> bytes:
    """Return what stands before a name without the object that it is asked of."""
    bare = head.rstrip(_OBJECT)
    while bare.endswith(b"->"):
        bare = bare[:-2].rstrip(_OBJECT)
    return bare


def _cut(mark: bytes, value: bytes) -> tuple[str, str]:
    value = value.replace(b" ", b"")
    shown = f"{mark.decode()} {value.decode('utf-8', 'replace')}"
    if mark[:2] in (b"==", b"!="):
        if value in _NOTHING:
            return "0", shown
        plain = _PLAIN.fullmatch(value)
        return "0" if value in _WORDS else f"={value.decode('ascii')}" if plain else "", shown
    low = {(b"<", b"0"): "<0", (b">=", b"0"): "<0", (b">", b"-1"): "<0", (b"<=", b"-1"): "<0"}
    high = {(b">", b"0"): ">0", (b"<=", b"0"): ">0", (b"<", b"1"): ">0", (b">=", b"1"): ">0"}
    return (low | high).get((mark, value), ""), shown


def _later(data: bytes, closed: int, name: bytes) -> tuple[str, str]:
    """Return how the variable that a result goes to is tested in the next lines."""
    around = data[closed : closed + _BODY]
    if name not in around:
        return "", ""
    found = next((one for one in _QUESTION.finditer(around) if _names(around, name, one.end())), None)
    if not found or _given_anew(around[: found.start()], name):
        return "", ""
    end = found.end() + len(name)
    tested = _AFTER.match(around, end)
    if tested:
        return _cut(tested[1], tested[2])
    return ("0", "!" if found[1] else "if") if not _IS.match(around, end) else ("0", "is None")


def _names(text: bytes, name: bytes, at: int) -> bool:
    """Tell whether the variable stands at a place, and none that only begins like it."""
    return text.startswith(name, at) and not _MORE.match(text, at + len(name))


def _given_anew(text: bytes, name: bytes) -> bool:
    """Tell whether the variable gets another value."""
    at = text.find(name)
    while at >= 0:
        if _SET.match(text, at + len(name)) and not _MEMBER.match(text[at - 1 : at]):
            return True
        at = text.find(name, at + 1)
    return False
