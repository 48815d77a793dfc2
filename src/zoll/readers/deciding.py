"""What a condition's atom tests: the class of the test, its subject, and the literal on the other side."""

import re
from functools import lru_cache

from msgspec import structs

from zoll.parse.code import Literal, Statement, Test
from zoll.readers.frame import Frame, Origin, Tested, makes_text
from zoll.readers.material import Material
from zoll.readers.tables import table
from zoll.readers.words import about_of, last_called, shown, split, subject_of

_CONSTANT = re.compile(r"(?:[A-Za-z_]\w*(?:\.|::|->))*([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|k[A-Z]\w+)\)?")
_ERRNO = re.compile(
    r"E(?:AGAIN|INTR|NOENT|EXIST|INVAL|WOULDBLOCK|INPROGRESS|ACCES|PERM|NOMEM|PIPE|OF|BADF|CONN\w+|TIMEDOUT|NO\w+|ALREADY|IO)"
)
_NOTHING = frozenset(
    [
        "",
        "NULL",
        "null",
        "nil",
        "None",
        "undefined",
        "nullptr",
        "0",
        "-1",
        "''",
        '""',
        "'\\0'",
        "false",
        "False",
        "FALSE",
        "true",
        "True",
        "TRUE",
        "0L",
        "INVALID_HANDLE_VALUE",
        "NaN",
        "void 0",
        "EOF",
        "err",
        "io.EOF",
    ]
)
_REMAINDER = re.compile(r"%\s?(\d{3,9})[uUlL]{0,2}\)?\Z")
# A number that a question is handed, which is no mask, no round one and no small one: `has_community(a, 0xfde80b0c)`.
_HANDED = re.compile(r"[(,]\s?(0[xX][0-9a-fA-F]{4,16}|\d{5,12})[uUlL]{0,3}\s?[,)]")
_ROUND = 1000
_EQUAL = frozenset(["==", "==="])
_SEQUENCE = frozenset(
    [
        "count",
        "counter",
        "counts",
        "seq",
        "sequence",
        "attempt",
        "attempts",
        "tries",
        "step",
        "stage",
        "state",
        "phase",
        "hits",
        "times",
        "ticks",
        "index",
        "tick",
        "rounds",
        "nth",
        "calls",
    ]
)
_FILE_TESTS = frozenset(["-e", "-f", "-d", "-r", "-w", "-x", "-s", "-L", "-h", "-S", "-p", "-u", "-k"])
_PRESENCE = frozenset(["isset", "empty", "defined", "is_null", "exists"])
_GUARDING = frozenset(table("names")["guarding"]["words"]) - frozenset(["is", "has", "can", "test", "match", "compare"])
_RESULTS = frozenset(["err", "error", "rc", "ret", "retval", "errno", "e", "exc", "exception"])
# What the system keeps its last error in: a number held against it tells which error.
_ERRORS = re.compile(
    r"(?:.*[.>:])?_?(?:errno|__errno_location(?:\(\)|_result)?|winerror|(?:WSA)?GetLastError(?:\(\))?|last_error)\Z",
    re.IGNORECASE,
)
_TOLD = frozenset(["is", "ok", "valid", "allowed", "enabled"])
_SWITCHES = frozenset(
    ["true", "false", "yes", "no", "on", "off", "none", "null", "undefined", "auto", "y", "n", "1", "0"]
)
# Labels that take whatever no other label took.
_DEFAULTS = frozenset(["*", "_", "default", "else"])
# `"x" in options` asks whether a field is there; only where a stranger fills the fields is it a word that decides.
_SPOKEN = frozenset(["header", "input", "packet", "command", "password", "user", "token"])
_FAULTS = frozenset(["error", "err", "eagain", "eof", "fail", "failed", "failure"])
_COUNTED = frozenset(["seq", "sequence", "attempt", "attempts", "tries", "hits", "times", "ticks", "tick"])
_LITERAL_START = re.compile(r"""\s*(?:[rbuLf@]{0,2}["'`/]|-?\d)""")
_PLAIN = re.compile(r"[$@]?([A-Za-z_]\w*)")
_QUOTED = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\]){1,100})\1""")
# A question whether something is in a local list; what is asked may itself be a call.
_IN_LOCAL = re.compile(r"([a-z_]\w{0,40})\.(?:count|contains|has|includes|include\?)\((.{1,120})\)")
_MEMBERS = 16
_LISTED = 4  # texts that one function compares with
_COMMON = frozenset([0, 1, 2, -1])
# In a script, the word that it was called with: which step to take (`case "$1" in start)`).
_POSITIONAL = re.compile(r"[\"']?\$\{?[1-9@*]\}?[\"']?")
# Where output goes is no part of what is tested.
_REDIRECTED = re.compile(r"[0-9&]?>{1,2}&?\s*[^\s;|&)\"']+")
# A program that `awk` or `sed` is given: its `$1` is no argument of the script.
_PROGRAM = re.compile(r"\b(?:awk|sed|cut|tr|grep)\s[^|`)]{0,40}?'[^']{0,200}'")
_DIGEST = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}")
_SUMMED = re.compile(r"(?:^|[(`;&{])\s*(?:md5|sha\d{1,3}|b2)sum\s+(?:-\w+\s+)*[\"']?[$/\w]")
_NEAR = 40
_COMMAND = re.compile(r"[\w./+-]*[A-Za-z][\w.+-]*")
# Commands that pass on what they are given, so that a test of them is a test of that.
_SPEAKING = frozenset(["echo", "printf", "printenv", "env", "test", "expr", "export", "set"])
# A local that the condition itself sets: `(s = getenv("NAME")) != NULL && *s`.
_FETCHED = r"\b{}\s{{0,3}}=\s{{0,3}}[\w.:]{{0,40}}getenv\(\s{{0,2}}[\"'](\w{{1,80}})[\"']"
# What takes on an identity or hands something to it asks whether that went well: `if (setuid(getuid()) < 0)`.
_CHANGES = r"set(?:e|re|res|fs)?[ug]id|setgroups|initgroups"
_CHANGING = re.compile(rf"(?:^|\.)(?:{_CHANGES})$")
_TAKES_ON = re.compile(rf"[!( ]{{0,6}}(?:\w{{1,20}}\.)?(?:{_CHANGES}|[fl]?chown)\s?\(")
_KEPT = ("environment", "time", "identity", "file")
# What asks for memory: whether it got any says nothing of what is written there later.
_ASKS_MEMORY = re.compile(r"\w{0,20}[mcz]alloc\w{0,4}")


def changes_identity(statement: Statement) -> bool:
    """Say whether a statement calls what changes as whom the program runs."""
    return any(_CHANGING.search(call.name) for call in statement.calls)


def tested(test: Test, frame: Frame, index: int) -> Tested:
    """Classify one atom of the condition at statement `index`; the frame remembers it for the next reader."""
    key = (index, hash(test) if test.op == "in" else id(test))
    if key not in frame.known:
        frame.known[key] = _tested(test, frame, index)
    return frame.known[key]


def _tested(test: Test, frame: Frame, index: int) -> Tested:
    subject, other = _sides(test)
    if frame.language == "shell":
        subject = _PROGRAM.sub(" ", _REDIRECTED.sub(" ", subject))
    sources = frame.sources_at(subject, index)
    command = _commanded(test, frame)
    if command and command not in _SPEAKING:
        sources -= {"environment"}
    if test.call and test.call.rsplit(".", 1)[-1] not in subject:
        sources |= frame.sources_at(f"{test.call}({subject})", index)
    if "identity" in sources and _TAKES_ON.match(subject):
        sources -= {"identity"}
    if _allocated(test, subject, other, frame, index):
        sources -= frozenset(_KEPT)
    every = _cycle(subject) if test.literal and test.literal.kind == "number" and test.op in _EQUAL else ""
    if every:
        return Tested("sequence", _named("sequence", test, subject, frame, index), "", every, "cycle")
    literal = test.literal or _made(other) or _held(other, frame, index) or _held_left(test, frame, index)
    handed = _handed(test, subject) if literal is None and not {*_KEPT, "length"} & sources else ""
    if handed:
        return Tested("magic", last_called(test.call), about_of(subject), handed, "number")
    kind = _kind(test, subject, other, sources, literal, frame, index)
    said = literal.text if literal else (other if kind == "constant" else "")
    about = _about(kind, subject, sources, frame)
    return Tested(
        kind, _named(kind, test, subject, frame, index), about, shown(said)[:80], literal.kind if literal else ""
    )


def _handed(test: Test, subject: str) -> str:
    """Return the odd number that a call is handed whose yes or no is asked for, "" for none.

    >>> _handed(Test("truth", "f(a, 0xfde80b0c)", call="f"), "f(a, 0xfde80b0c)")
    '0xfde80b0c'
    """
    found = _HANDED.search(subject) if test.op == "truth" and test.call else None
    number = int(found[1], 0 if found[1][:2] in {"0x", "0X"} else 10) if found else 0
    mask = number & (number + 1) == 0 or number & (number - 1) == 0 or number % 0x100 in {0, 0xFF}
    return "" if found is None or mask or number % _ROUND == 0 else found[1]


def _cycle(subject: str) -> str:
    """Return how often something happens that a remainder decides about, "" for a round number or a small one.

    >>> _cycle("p.n.Add(1)%100003"), _cycle("i % 1000"), _cycle("sum % 97")
    ('100003', '', '')
    """
    found = _REMAINDER.search(subject)
    number = int(found[1]) if found else 0
    return found[1] if found and number >= 100 and number % 10 and number & (number - 1) else ""


def _allocated(test: Test, subject: str, other: str, frame: Frame, index: int) -> bool:
    """Say whether all that is asked is whether memory was to be had: `p = malloc(n); if (p == NULL)`."""
    if test.op != "truth" and other.strip() not in {"NULL", "nullptr", "0"}:
        return False
    plain = _PLAIN.fullmatch(subject.strip("!() "))
    origin = frame.origin_of(plain[1], index) if plain else None
    return bool(origin and _ASKS_MEMORY.fullmatch(last_called(origin.call)))


def _commanded(test: Test, frame: Frame) -> str:
    """Return the command that a shell condition runs (`if grep -q x file`), "" for any other test."""
    words = _REDIRECTED.sub(" ", test.left).strip("! ").split()
    if frame.language != "shell" or test.op != "truth" or test.via or len(words) < 2 or test.left[:1] in "\"'([":
        return ""
    return next((word for word in words if _COMMAND.fullmatch(word)), "")


def _about(kind: str, subject: str, sources: frozenset[str], frame: Frame) -> str:
    if frame.language == "shell" and _POSITIONAL.fullmatch(subject.strip()):
        return "mode"
    if kind == "file":
        return "path"
    said = next((name for name in ("header", "environment", "time") if name in sources), "")
    return said or about_of(subject) or "input" * ("input" in sources)


def _named(kind: str, test: Test, subject: str, frame: Frame, index: int) -> str:
    """Return the subject's name; for the environment that of the variable, for a tested call that of the call."""
    if kind in {"environment", "literal"}:
        head = _PLAIN.match(subject.lstrip("*!( "))
        text = frame.statements[index].text
        inside = re.search(_FETCHED.format(re.escape(head[1])), text) if head and "getenv(" in text else None
        if inside:
            return inside[1]
        origin = frame.origin_of(head[1], index) if head else None
        if origin and origin.name:
            return origin.name
    if kind in {"file", "call"} and test.call:
        return last_called(test.call)
    if kind == "call":
        return _commanded(test, frame) or _checked(subject, frame, index) or subject_of(subject)
    return subject_of(subject) or subject_of(test.call)


def listed(material: Material, frame: Frame) -> str:
    """Return `texts` in a function of an executable that tells many texts apart, as a parser of words does, else "".

    An executable has no other file that could speak of the words of its configuration.
    """
    compiled = material.part.kind.startswith("executable/")
    return "texts" if compiled and frame.vocabulary >= _LISTED else ""


def members(test: Test, frame: Frame) -> tuple[Test, ...]:
    """Return `x in ("a", "b")` as one test for each text of the list, anything else as it is.

    So is a list that is a local of the function: `spared.count(x) > 0`, `spared.contains(x)`.
    """
    asked, name = _in_local(test)
    listed = frame.texts_of(name) if name else ()
    if listed:
        return tuple(structs.replace(test, op="in", left=asked, right=name, literal=one) for one in listed[:_MEMBERS])
    if test.op != "in" or test.literal or test.right[:1] not in {"(", "[", "{"}:
        return (test,)
    texts = dict.fromkeys(found[2] for found in _QUOTED.finditer(test.right))
    each = [structs.replace(test, literal=Literal(text, "string")) for text in texts]
    return tuple(each[:_MEMBERS]) or (test,)


def _in_local(test: Test) -> tuple[str, str]:
    """Return what is asked for and the list that it is looked for in, two empty texts where there is no such list."""
    if test.literal and test.literal.text != "0":
        return "", ""
    if test.op in {"in", "contains"}:
        asked, name = (test.left, test.right) if test.op == "in" else (test.right, test.left)
        return (asked, name) if asked and _PLAIN.fullmatch(name) else ("", "")
    held = _IN_LOCAL.match(test.left)
    return (held[2], held[1]) if held else ("", "")


def _sides(test: Test) -> tuple[str, str]:
    """Return the subject's text and the other side's; a literal or constant on the left is turned round.

    Not a constant that a literal is held against: `#if LIBRARY_VERSION >= 0x30000000L` asks for the version.
    """
    fixed = _constant(test.right) or _LITERAL_START.match(test.right)
    if (
        test.right
        and "$" not in test.left
        and (_LITERAL_START.match(test.left) or (_constant(test.left) and not fixed))
    ):
        return test.right, test.left
    return test.left, test.right


def _made(expression: str) -> Literal | None:
    """Return a built literal for an expression that makes its text from codes or pieces."""
    return Literal("built", "string", built=True) if expression and makes_text(expression) else None


def _held(expression: str, frame: Frame, index: int) -> Literal | None:
    """Return the literal that a local holds, if the expression is such a local."""
    plain = _PLAIN.fullmatch(expression.strip())
    origin: Origin | None = frame.origin_of(plain[1], index) if plain else None
    if origin and plain and (origin.built or frame.builds(plain[1])):
        return Literal("built", "string", built=True)
    if origin and origin.literal and origin.kind != "number":
        return Literal(origin.literal, origin.kind)
    return _fixed(plain[1], frame) if plain and not origin else None


def _fixed(name: str, frame: Frame) -> Literal | None:
    """Return what the file's own constant holds; a number in a CONSTANT stays a constant."""
    value = frame.constants.get(name)
    if value is None:
        return None
    if value.kind == "number":
        return None if name.isupper() else value
    return value


def _held_left(test: Test, frame: Frame, index: int) -> Literal | None:
    return _held(test.left, frame, index) if test.via and test.right else None


def _kind(
    test: Test, subject: str, other: str, sources: frozenset[str], literal: Literal | None, frame: Frame, index: int
) -> str:  # fmt: skip
    if test.via in _FILE_TESTS or test.call in _FILE_TESTS or _sums_file(subject, literal, frame, index):
        return "file"
    for source in _KEPT:
        if source in sources:
            return source
    if _commanded(test, frame):
        return "call"
    if "type" in sources and not (literal and literal.kind == "string" and test.via):
        return "type"
    if test.op == "truth":
        return _bare(test, subject, sources, frame, index)
    if literal is not None:
        return _against_literal(test, subject, sources, literal)
    if other.strip() in _NOTHING or _ERRNO.fullmatch(other.strip()):
        return "call" if test.call else "null"
    return _against_name(test, subject, other, sources)


def _sums_file(subject: str, literal: Literal | None, frame: Frame, index: int) -> bool:
    """Say whether a script holds the digest of a file against a fixed one, as for configuration nobody has changed."""
    if frame.language != "shell" or literal is None or not _DIGEST.fullmatch(literal.text):
        return False
    name = subject.strip("\"'${} ")
    values = (one.value for one in frame.statements[max(0, index - _NEAR) : index] if one.target == name)
    return any(_SUMMED.search(text) for text in (subject, *values))


def _checked(subject: str, frame: Frame, index: int) -> str:
    """Return the guard-like call whose result a plain local holds: `ok = verify(x); if (!ok)`."""
    plain = _PLAIN.fullmatch(subject.strip("!() "))
    origin = frame.origin_of(plain[1], index) if plain else None
    name = last_called(origin.call) if origin else ""
    return name if _GUARDING & set(split(name)) else ""


def _bare(test: Test, subject: str, sources: frozenset[str], frame: Frame, index: int) -> str:
    if test.call.rsplit(".", 1)[-1] in _PRESENCE:
        return "null" if test.negated else "flag"
    if test.call or _checked(subject, frame, index):
        return "length" if "length" in sources else "call"
    words = set(split(subject))
    if words & _RESULTS or (test.negated and not words & _TOLD):
        return "null"
    return "length" if "length" in sources else "flag"


def _against_literal(test: Test, subject: str, sources: frozenset[str], literal: Literal) -> str:
    if literal.built and literal.text != "built":
        return "flag"
    if test.op == "case" and literal.text in _DEFAULTS:
        return "flag"
    if test.op == "in" and _is_left(test, literal) and about_of(test.right) not in _SPOKEN:
        return "flag"
    if literal.kind == "regex":
        return "literal"
    if literal.kind in {"number", "char"}:
        return _against_number(test, subject, sources, literal)
    if literal.text == "":
        return "null"
    if literal.text.lower() in _SWITCHES:
        return "flag"
    if len(literal.text) == 1:
        return "magic"
    return "literal"


def _is_left(test: Test, literal: Literal) -> bool:
    return test.left.strip().strip("\"'`rbu") == literal.text


def _against_number(test: Test, subject: str, sources: frozenset[str], literal: Literal) -> str:
    number = number_of(literal)
    if "length" in sources or (about_of(subject) == "length" and number is not None):
        return "length"
    if number is not None and _ERRORS.match(subject_of(subject)):
        return "null"
    if number is None:
        return "magic" if literal.text not in {"", "\x00"} else "null"
    sequence = bool(_SEQUENCE & set(split(subject))) or "++" in subject or "--" in subject
    if number in _COMMON:
        return "call" if test.call else "null" if number in {0, -1} else "flag"
    if sequence:
        return "sequence"
    sized = test.op not in {"==", "!=", "in", "case"} and number > 0 and number & (number - 1) == 0
    return "length" if sized else "magic"


def _against_name(test: Test, subject: str, other: str, sources: frozenset[str]) -> str:
    if _constant(other):
        return "null" if _FAULTS & set(split(other)) else "constant"
    if "length" in sources:
        return "length"
    if test.call or test.via:
        return "call"
    return "sequence" if "++" in subject or "--" in subject or _COUNTED & set(split(subject)) else "flag"


@lru_cache(maxsize=16384)
def _constant(expression: str) -> bool:
    found = _CONSTANT.fullmatch(expression.strip())
    return bool(found and len(found[1]) >= 3 and found[1] not in {"NULL", "TRUE", "FALSE", "EOF"})


def number_of(literal: Literal) -> int | None:
    """Return the whole number that a literal spells in any of the languages, else None."""
    text = literal.text.strip().rstrip("uUlLnN").replace("_", "").replace("'", "")
    try:
        return int(text, 0)
    except ValueError:
        pass
    try:
        return int(text, 8) if literal.kind == "number" and text.startswith("0") else None
    except ValueError:
        return None
