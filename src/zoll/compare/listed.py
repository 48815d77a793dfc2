"""Lists that let in or keep out: what was added to them, what was taken out of them, which row of a table is weak."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from zoll.compare.alteration import TOKEN
from zoll.compare.marks import marks
from zoll.compare.statements import CLIPPED
from zoll.compare.strength import about, belongs, says, words_of
from zoll.compare.view import View, last
from zoll.compare.weakening import Weakening
from zoll.model import Fact
from zoll.parse.code import Statement

_MOST_TOKENS = 3000
_MOST_ELEMENTS = 3
_MOST_WORK = 120_000
_ROWS = 6
_TALL = 8
_RENAMED = 200  # constants that went, in which another's old name is looked for
_SHOWN = 60
_NAMES = frozenset({"constant", "name"})
_TEXTS = frozenset({"string", "regex"})
_BETWEEN = frozenset({",", "|", ":", "&", ";"})
_CLOSES = ")]}"
_VALUES = frozenset(
    {"True", "False", "None", "true", "false", "null", "nil", "NULL", "array", "set", "list", "frozenset"}
)
_QUIET = frozenset({"import", "directive", "label"})
_PLAIN = re.compile(r"[\w.$@>:*&\[\]\"'-]{1,120}")  # what a function or several variables are called is no list's name
_LIST = re.compile(r"[\[({,|]")
_DISPLAY = re.compile(r"\s*(?:[\[{]|(?:set|list|tuple|frozenset)\(\s*[\[{(])")
_CALLED = re.compile(r"\s*(?:await\s+|new\s+)?([A-Za-z_$][\w$.:>-]{0,120})(?:\[[^\[\]]{1,80}\]|<[^<>]{1,80}>)?\(")
_MAKES = re.compile(
    r"(?i)\w*(?:set|list|tuple|array|of|vec|map|dict|append|concat|union|merge|compile|regexp?|split|qw|from)"
)
_ADDS = frozenset({"add", "append", "push", "insert", "extend", "update", "unshift", "concat", "put"})
_REQUEST = re.compile(
    r"\b(?:req|request|environ|headers?|params?|query|args|argv|body|form|cookies?|input|payload|ctx|conn|client)\b",
    re.IGNORECASE,
)
# What needs no login, in two words; and what comes before one.
_WITHOUT = re.compile(
    r"(?:^|_)(?:no|non|without|before|pre|skip|un)_?(?:auth|login|csrf|verif|check|sign|session|token|password|tls|ssl|limit)"
    r"|(?:auth\w{0,12}|login|csrf|verif\w{0,8}|check|session|token)_(?:not_required|free|optional|exempt\w{0,4}|whitelist\w{0,4})(?:_|$)"
    r"|(?:^|_)open_(?:methods|paths|routes|urls|endpoints|actions|commands)(?:_|$)"
)
_GOES_WITHOUT = re.compile(
    r"\bskip_before_(?:action|filter)\b|\ballow_unauthenticated_access\b|\bexcludePathPatterns\b|\bcsrf_exempt\b"
    r"|\bskip_(?:forgery_protection|authoriz\w{1,12}|authent\w{1,12}|verify_authorized)\b|\bpermitAll\b"
    r"|\bexcept:|\bexcept\b(?=\W{1,6}\[)"
)
_GUARDS = re.compile(r"(?i)before_|middleware|auth|login|verif|protect|csrf")
# Of one statement that says it of several, nobody can tell here which list is which.
_ALSO_WITH = re.compile(
    r"\b(?:has(?:Any)?(?:Role|Authority)|authenticated|denyAll|rememberMe|access)\((?=.*\bpermitAll\b)|\bonly:.*\bexcept:"
)
_KEPT = re.compile(r"(?i)(?<![a-z])(?:keep|pass|preserve|retain|inherit|copy)(?:ed)?_?env")
# Variables by which whoever sets them brings code of his own into a program, or changes how it reads what it is given.
_LOADS = re.compile(
    r"LD_\w{3,20}|DYLD_\w{3,40}|GCONV_PATH|BASH_ENV|BASH_FUNC\w*|ENV|IFS|PS4|SHELLOPTS|PYTHON(?:PATH|HOME|STARTUP|INSPECT)|PERL5?(?:LIB|OPT|DB)|"
    r"RUBY(?:LIB|OPT)|NODE_(?:OPTIONS|PATH)|JAVA_TOOL_OPTIONS|CLASSPATH|LUA_(?:C?PATH|INIT)|TCLLIBPATH|GTK_MODULES|NLSPATH|"
    r"LOCPATH|MALLOC_\w{3,20}|GLIBC_TUNABLES|OPENSSL_(?:CONF|ENGINES|MODULES)|KRB5_CONFIG|RESOLV_HOST_CONF|HOSTALIASES|TMPDIR"
)
_REMARK = re.compile(r"(?:/\*|//|#)\s{0,4}(.{1,80})")
_PIECES = re.compile(r"[\s,|;]+")


Element = tuple[str, int, int]
Token = tuple[str, str, int]


class Listed(Struct, frozen=True):
    """One change of a list (exempting, refusing) or table (row): how it changed, by what, whose name, on which line."""

    value: str
    how: str
    element: str
    name: str
    line: int


def listings(view: View) -> Iterator[Weakening]:
    """Yield what became of lists whose names say what they are for, and rows of tables that are open."""
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:200]:
            one, two = view.sides[0][place], view.sides[1][other]
            for found in _changed(one, two, view):
                yield _said(index, found, two)
        for other in view.inserted(index):
            two = view.sides[1][other]
            for found in _joined(two):
                yield _said(index, found, two)


def _said(index: int, found: Listed, two: Statement) -> Weakening:
    subject = about(f"{found.name} {found.element}")
    traits = {"how": found.how, "new": found.element, "in": found.name, "about": subject}
    return Weakening(index, Fact("listed", found.value, marks(traits, _SHOWN)), found.line or two.line, two.text[:280])


def purpose(name: str) -> str:
    """Return what a list is for by its name: exempting, refusing or "".

    >>> purpose("EXEMPT_METHODS"), purpose("blockedHosts"), purpose("noAuthRoutes"), purpose("methods")
    ('exempting', 'refusing', 'exempting', '')
    """
    if _WITHOUT.search("_".join(words_of(name))) or _KEPT.search(name):
        return "exempting"
    refusing, exempting = says(name, "refusing"), says(name, "exempting")
    if refusing and exempting:  # `not_allowed`, `skip_required`: nobody can say
        return ""
    return "refusing" if refusing else "exempting" if exempting else ""


def _changed(one: Statement, two: Statement, view: View) -> Iterator[Listed]:
    name = _name(two) if one.kind == two.kind and one.kind not in _QUIET else ""
    why = purpose(name)
    if not name or (not why and two.end - two.line < _ROWS):
        return
    olds, news = _tokens(one, view.lines[0]), _tokens(two, view.lines[1])
    if max(len(olds), len(news)) > _MOST_TOKENS:
        return
    gone, came = _elements(olds, news)
    if one.target != two.target:  # what a list is called is none of its elements
        gone = [each for each in gone if each[0] != one.target]
        came = [each for each in came if each[0] not in {two.target, last(two.target)}]
    if why and _LIST.search(two.text) and (two.kind != "declare" or two.value):
        lost, more = [*gone, *_texts(one, two, gone)], [*came, *_texts(two, one, came)]
        if _handed(two):
            lost, more = ([each for each in side if _fixed(each[0])] for side in (lost, more))
        if len(lost) + len(more) <= _MOST_ELEMENTS or len(lost) == len(more) <= _MOST_ELEMENTS:
            yield from _grown(why, name, lost, more)
    yield from _rows(name, news, gone, came, view.lines[1])
    if two.end - two.line >= _TALL and one.end - one.line == two.end - two.line:
        yield from _row_changed(gone, came, view)


def _handed(two: Statement) -> bool:
    """Tell whether a statement's value is what one call gives back, of which the arguments are no list."""
    called = _CALLED.match(two.value)
    return called is not None and not _MAKES.fullmatch(last(called[1].replace("::", ".").replace("->", ".")))


def _fixed(text: str) -> bool:
    return text[:1] in "\"'`" or text.isupper()


def _texts(one: Statement, two: Statement, told: Sequence[Element]) -> list[Element]:
    """Return the texts of one statement that the other does not have, nor an element that was `told`."""
    there = {literal.text for literal in two.literals}
    mine = [literal for literal in one.literals if literal.kind in _TEXTS and not literal.built]
    fresh = [literal for literal in mine if literal.text not in there and not any(literal.text in e[0] for e in told)]
    return [(f'"{literal.text}"', literal.line, -1) for literal in fresh]


def _name(two: Statement) -> str:
    """Return what a statement's list is called: what it is assigned to, else the test's subject."""
    if two.target:
        return two.target if _PLAIN.fullmatch(two.target) else ""
    for test in two.tests:
        if test.op == "in":
            return test.right if purpose(test.right) else test.left
    return _without(two) if two.kind in {"call", "other", "directive", "return"} else ""


def _without(two: Statement) -> str:
    """Return the call that says which actions or paths go without a check: `skip_before_action :login, only: [...]`."""
    found = _GOES_WITHOUT.search(two.text)
    if not found or _ALSO_WITH.search(two.text) or (found[0].startswith("except") and not _GUARDS.search(two.text)):
        return ""
    return found[0].strip(" (:")


def _tokens(one: Statement, lines: Sequence[str]) -> list[Token]:
    """Return the tokens of a statement with the line each stands on; what was clipped is read from the file."""
    if lines and (one.end > one.line or len(one.text) >= CLIPPED):
        return [
            (found.lastgroup or "", found[0], number)
            for number in range(one.line, min(one.end, len(lines), one.line + 2000) + 1)
            for found in TOKEN.finditer(_REMARK.sub("", lines[number - 1][:400]))
        ]
    return [(found.lastgroup or "", found[0], one.line) for found in TOKEN.finditer(one.text)]


def _elements(olds: Sequence[Token], news: Sequence[Token]) -> tuple[list[Element], list[Element]]:
    """Return the elements, texts apart, that went and that came: as written, line and number of the first token."""
    mine, theirs = ([token[:2] for token in side] for side in (olds, news))
    gone: list[Element] = []
    came: list[Element] = []
    for a, b, c, d in _gaps(mine, theirs):
        gone += _split(olds, a, b)
        came += _split(news, c, d)
    both = {text for text, _, _ in gone} & {text for text, _, _ in came}  # only moved
    return [one for one in gone if one[0] not in both], [one for one in came if one[0] not in both]


def _gaps(mine: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield what differs as spans of both; nothing where too much differs to be looked at in short time."""
    most = min(len(mine), len(theirs))
    first = next((at for at in range(most) if mine[at] != theirs[at]), most)
    last = next((at for at in range(most - first) if mine[-1 - at] != theirs[-1 - at]), most - first)
    one, two = mine[first : len(mine) - last], theirs[first : len(theirs) - last]
    if len(one) * len(two) <= _MOST_WORK:
        for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if tag != "equal":
                yield first + a, first + b, first + c, first + d


def _split(tokens: Sequence[Token], start: int, end: int) -> Iterator[Element]:
    """Yield the elements among some tokens: names and what hangs on them."""
    first = start
    for place in range(start, end + 1):
        if place == end or tokens[place][1] in _BETWEEN:
            while first < place and tokens[first][0] not in _NAMES:
                first += 1
            text = "".join(token[1] for token in tokens[first:place]).rstrip(_CLOSES)
            text += "]" * (text.count("[") - text.count("]"))
            if text and text not in _VALUES and text.count("(") == text.count(")") and text[-2:] != "[]":
                yield text, tokens[first][2], first
            first = place + 1


def _grown(why: str, name: str, gone: Sequence[Element], came: Sequence[Element]) -> Iterator[Listed]:
    if why == "exempting" and came and not gone:
        text, line, _ = came[0]
        loads = next((one for one in came if _LOADS.fullmatch(one[0].strip("\"'"))), None)
        yield Listed(why, "loads", loads[0], name, loads[1]) if loads else Listed(why, _how(text), text, name, line)
    elif why == "refusing" and gone and not came:
        yield Listed(why, "shrank", gone[0][0], name, 0)
    elif why == "refusing" and len(gone) == len(came) and _kept_out_less(gone, came):
        yield Listed(why, "shrank", gone[0][0], name, came[0][1])
    elif len(gone) == len(came) == 1:
        more = _alternatives(came[0][0]) - _alternatives(gone[0][0])
        less = _alternatives(gone[0][0]) - _alternatives(came[0][0])
        if why == "exempting" and more and not less:
            yield Listed(why, "grew", min(more), name, came[0][1])
        elif why == "refusing" and less and not more and _alternatives(came[0][0]):
            yield Listed(why, "shrank", min(less), name, came[0][1])


def _kept_out_less(gone: Sequence[Element], came: Sequence[Element]) -> bool:
    """Tell whether several texts became others, or a form with a star one of the many that it stands for."""
    if len(gone) == 1:
        return _one_of(came[0][0], gone[0][0])
    return len(gone) > 1 and all(_quoted(each[0]) for each in (*gone, *came))


def _quoted(text: str) -> bool:
    return text[:1] in "\"'`"


def _one_of(text: str, form: str) -> bool:
    """Tell whether a text is one of the many that a form with a star at its end stands for: `LD_*` and `LD_PRELOAD`."""
    bare = form.strip("\"'`")
    return len(bare) > 2 and bare.endswith("*") and "*" not in text and text.strip("\"'`").startswith(bare[:-1])


def _alternatives(text: str) -> set[str]:
    """Return the words of a literal that lists several, as patterns and blank separated lists do."""
    if text[:1] not in "\"'`":
        return set()
    return {piece for piece in _PIECES.split(text.strip("\"'`^$()")) if piece}


def _rows(
    name: str, news: Sequence[Token], gone: Sequence[Element], came: Sequence[Element], lines: Sequence[str]
) -> Iterator[Listed]:
    """Yield an open value that came into a table of constants of which the others are mostly not so."""
    for text, line, place in came:
        if not text.isupper() or not _open(text) or any(belongs(old, text) for old, _, _ in gone[:_RENAMED]):
            continue
        kin = [word for kind, word, _ in news if kind == "constant" and words_of(word)[:1] == words_of(text)[:1]]
        if len(kin) >= _ROWS and 3 * sum(map(_open, kin)) <= 2 * len(kin) and news[place][1] == text:
            yield Listed("row", "weak", text, _row(lines, line) or name, line)


def _row_changed(gone: Sequence[Element], came: Sequence[Element], view: View) -> Iterator[Listed]:
    """Yield the one row of a table in which a constant went, came or became another."""
    if len(gone) > 1 or len(came) > 1 or not (gone or came):
        return
    if not all(text.isupper() for text, _, _ in (*gone, *came)):
        return
    side, (text, line, _) = (1, came[0]) if came else (0, gone[0])
    name = _row(view.lines[side], line)
    if name and came and _WITHOUT.search("_".join(words_of(text))):
        yield Listed("row", "weak", text, name, line)
    elif name and not (came and _open(text)):
        yield Listed("row", "changed", f"{gone[0][0] if gone else ''} > {text if came else ''}".strip(), name, line)


def _open(word: str) -> bool:
    return any(says(piece, "open") for piece in words_of(word)[1:])


def _row(lines: Sequence[str], line: int) -> str:
    """Return what a row of a table is called: the remark behind it, else its first text."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    remark = _REMARK.search(text)
    if remark:
        return remark[1].removesuffix("*/").strip()
    return next((found[0] for found in TOKEN.finditer(text[:400]) if found.lastgroup == "literal"), "")


def _joined(two: Statement) -> Iterator[Listed]:
    """Yield what a new statement adds to a list, or takes from outside into a list that it makes."""
    for call in two.calls:
        holder = last(call.name.rpartition(".")[0])
        if last(call.name) in _ADDS and call.args and purpose(holder) == "exempting":
            yield Listed("exempting", _how(call.args[-1]), call.args[-1], holder, two.line)
    if purpose(last(two.target)) == "exempting" and _DISPLAY.match(two.value):
        for text in map(str.strip, two.value.strip()[1:-1].split(",")):
            if _how(text) == "given":
                yield Listed("exempting", "given", text, two.target, two.line)


def _how(text: str) -> str:
    return "given" if _REQUEST.search(text) and text[:1] not in "\"'`" else "grew"
