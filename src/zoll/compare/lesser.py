"""Results and ends that are asked for less: the sign of a result, a part of a length, an order, a field of a whole."""

import re
from collections.abc import Iterable

from zoll.compare.atoms import RESULTS, Atom
from zoll.compare.strength import number, words_of

_COMPUTED = re.compile(r"\(\*.{1,200}?\)(\(.{3,300}\))", re.DOTALL)  # a call of what a pointer leads to
_PART = re.compile(r"\(?(.{1,200}?)\)?(?:>>|/)(\w{1,20})\)?", re.DOTALL)
_TYPE_OF = re.compile(r"typeof(?:\s|\w)")
_TYPES = frozenset({"string", "number", "bigint", "boolean", "symbol", "function", "object"})
_ORDERS = frozenset({"<", "<=", ">", ">="})
_LAST = re.compile(r"[A-Za-z_]*\W*\Z")  # the word that an expression ends in
_ELEMENTS = re.compile(r"[\[\](){},]")
_DESCRIPTOR = re.compile(r"(?:fds?|filedes|descriptor|socks?|socket)\d?(?:\[\w+\])?\Z", re.IGNORECASE)
_MEASURES = re.compile(r"len|size|count|index|find|\bcmp|compare", re.IGNORECASE)  # results with an order of their own
# What a result may be, beside what it had to be, once only its order is asked for: numbers below it, or above.
_JOINED = {("<=", 0): "negative", ("<", 1): "negative", ("<=", 1): "below", ("<", 2): "below"} | {
    (">=", 0): "positive", (">", -1): "positive", (">=", 1): "above", (">", 0): "above"
}  # fmt: skip


def one_by_one(olds: Iterable[Atom], new: Atom) -> bool:
    """Tell whether each element of a list was asked for before: `a == X or a == Y` that became `a in {X, Y}`."""
    asked = {old.right for old in olds if old.op == "==" and old.left == new.left}
    return new.op == "in" and {part for part in _ELEMENTS.split(new.right) if part} <= asked


def runs_other_way(old: Atom, new: Atom) -> bool:
    """Tell whether an order of the same two sides runs the other way now: `n <= 1` that became `n >= 1`.

    Of two of a kind (`a.size < b.size`) it says only which comes first.
    """
    if {old.op, new.op} - _ORDERS or not (old.right and new.right):
        return False
    if _LAST.findall(old.left[-80:])[:1] == _LAST.findall(old.right[-80:])[:1]:
        return False
    swapped = (old.left, old.right) == (new.right, new.left)
    same = (old.left, old.right) == (new.left, new.right)
    return swapped if old.op[0] == new.op[0] else same


def of_first_descriptor(old: Atom, new: Atom) -> bool:
    """Tell whether a descriptor may be 0 now, which is one as well: `if (fd > 0)` that became `if (fd >= 0)`."""
    forms = {(old.op, old.right), (new.op, new.right)}
    return old.left == new.left and forms == {(">", "0"), (">=", "0")} and bool(_DESCRIPTOR.search(old.left))


def only_ordered(old: Atom, new: Atom) -> str:
    """Say what newly counts as the result that was asked for, where a call's result had to be one number, or "".

    Failures are often negative: `if (verify(m) != 0)` that became `if (verify(m) > 0)` lets them through.
    """
    if not (old.test.call and new.test.call and same_call(old, new)) or _MEASURES.search(new.test.call):
        return ""
    wanted = _wanted(old)
    if wanted is None:
        return ""
    for op in (new.op, _AGAINST.get(new.op, "")):
        bound = _value(new.right)
        joined = _JOINED.get((op, bound), "") if bound is not None else ""
        if joined and _holds(op, bound or 0, wanted):
            return joined
    return ""


_AGAINST = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _wanted(old: Atom) -> int | None:
    """Return the one number that set a result apart from all others."""
    if old.op == "truth":
        return 0
    return _value(old.right) if old.op in {"==", "!="} else None


def _value(text: str) -> int | None:
    found = number(text.lstrip("-"))
    return -found if found is not None and text.startswith("-") else found


def _holds(op: str, bound: int, wanted: int) -> bool:
    """Whether the number that was wanted is on this side, right at the end."""
    return wanted == {"<=": bound, "<": bound - 1, ">=": bound, ">": bound + 1}[op]


def same_call(old: Atom, new: Atom) -> bool:
    """Say whether two atoms ask the result of one call; of what a pointer leads to its arguments tell."""
    if old.left == new.left:
        return True
    one, two = _COMPUTED.fullmatch(old.left), _COMPUTED.fullmatch(new.left)
    return bool(one and two and one[1] == two[1])


def cut_short(old: Atom, new: Atom) -> tuple[str, str]:
    """Return the end that a test compared with and the part of it that counts now, two empty texts for none."""
    if old.op != new.op or new.op not in {"==", "!=", "<", "<=", ">", ">="}:
        return "", ""
    for before in (old.left, old.right):
        for after in (new.left, new.right):
            found = _PART.fullmatch(after)
            if found and before and found[1] == before and number(before) is None:
                return before, after
    return "", ""


# The first part of a text, without blanks; and an end of it that is as long as something.
_FIRST = re.compile(
    r"(.{1,120}?)(?:\[:([^\[\]:]{1,60})\]|\[\.\.([^\[\]]{1,60})\]|\.(?:substring|slice|substr)\(0,([^()]{1,60})\))",
    re.DOTALL,
)
_LONG = re.compile(r"(?i)len|size|count|num|\d|n\Z")


def of_any_length(old: Atom, new: Atom) -> bool:
    """Tell whether what had to be a text up to one place of it may end before that place now.

    `a == b[:i]` that became `b.startswith(a)`; where the part was as long as the other side, both are the same.
    """
    if (old.op, new.op) != ("==", "prefix") or not (old.holds and new.holds):
        return False
    for whole, part in ((old.left, old.right), (old.right, old.left)):
        found = _FIRST.fullmatch(part)
        bound = (found[2] or found[3] or found[4]) if found else ""
        if found and bound and (new.left, new.right) == (found[1], whole) and not _LONG.search(bound):
            return True
    return False


# A side of a comparison without regard to capitals.
_FOLDED = re.compile(
    r"(?:(.{1,200})\.(?:lower|upper|casefold|(?:to)?(?:Locale)?(?:Lower|Upper)Case|downcase|upcase|(?:to_)?(?:ascii_)?"
    r"(?:lower|upper)case|ToLower|ToUpper)\(?\)?|(?:strings\.To(?:Lower|Upper)|(?:mb_)?strto(?:lower|upper)|lc|uc|fc|lower|"
    r"upper)\s?\(?(.{1,200}?)\)?)",
    re.DOTALL,
)
_CALLED = re.compile(r".*\(\)", re.DOTALL)
_FIXED = re.compile(r"-?\d\w*|[\"'`].*|(?:\w+(?:::|\.|->)){0,4}\*?(?:[A-Z]\w*|k[A-Z]\w*|\w+_)", re.DOTALL)
_WORD = re.compile(r"\w+(?:::|\.)\w+")
_CASELESS = frozenset(
    {"EqualFold", "strcasecmp", "strncasecmp", "stricmp", "strnicmp", "_stricmp", "equalsIgnoreCase", "iequals",
     "eq_ignore_ascii_case", "compareToIgnoreCase", "g_ascii_strcasecmp", "OPENSSL_strcasecmp", "casecmp?"}
)  # fmt: skip


def takes_more(old: Atom, new: Atom) -> bool:
    """Tell whether what had to be one value may now be any of an order, or anything but another value.

    `role == ADMIN` that became `role >= OPERATOR`, `== 1` that became `>= 0`, `== "admin"` that became `!= ""`.
    """
    if old.left != new.left or old.op != "==" or not (old.right and new.right) or old.right == new.right:
        return False
    if not (_is_fixed(old.right) and _is_fixed(new.right)):
        return False
    wanted, bound = _value(old.right), _value(new.right)
    if wanted is not None and bound is not None and new.op in _ORDERS:
        return {"<": wanted < bound, "<=": wanted <= bound, ">": wanted > bound, ">=": wanted >= bound}[new.op]
    alike = (wanted is None) == (bound is None)  # else a number was given its name
    return alike and (new.op == "!=" or (new.op in _ORDERS and bound is None))


def _is_fixed(text: str) -> bool:
    return bool(_FIXED.fullmatch(text) or _WORD.fullmatch(text))


def of_part(old: Atom, new: Atom) -> bool:
    """Tell whether of both sides only the same field is compared now: `a != b` that became `a.mcc != b.mcc`."""
    if old.op != new.op or old.op not in {"==", "!="} or not old.right:
        return False
    fields = [after.removeprefix(before) for before, after in ((old.left, new.left), (old.right, new.right))]
    called = _CALLED.fullmatch(fields[0])  # makes both sides plain, and takes nothing off
    return fields[0] == fields[1] != "" and fields[0].startswith((".", "->")) and not called


def ignores_case(old: Atom, new: Atom) -> bool:
    """Tell whether a comparison takes capitals and small letters for the same now."""
    before, after = (atom.test.via.rsplit(".", 1)[-1] for atom in (old, new))
    return old.op == new.op and after in _CASELESS and before not in _CASELESS


def folds_case(old: Atom, new: Atom) -> bool:
    """Tell whether both sides are made small, or great, before they are compared: `a.lower() == b.lower()`."""
    if old.op != new.op or old.op not in {"==", "!="} or not old.right:
        return False
    folded = [_FOLDED.fullmatch(side) for side in (new.left, new.right)]
    return {(one[1] or one[2]) if one else "" for one in folded} == {old.left, old.right}


def never_asked(old: Atom, new: Atom) -> bool:
    """Tell whether the answer of a call that compares, 0 or 1, is now held against an order that it always is in."""
    return bool(old.test.via) and old.test.via == new.test.call and old.op == "==" and new.op in {">=", "<="}


_NOTHING = frozenset({"0", "NULL", "nullptr", "false", "FALSE", "true", "TRUE", "1"})
_NAMED = re.compile(r"(?:\w+(?:::|\.)){0,4}[A-Z][A-Z0-9_]{2,60}|-\d{1,6}")


def turned_to_a_number(old: Atom, new: Atom) -> bool:
    """Tell whether a named limit is gone, and an order runs the other way: `age > MOST` that became `age < 0`."""
    ways = {old.op[:1], new.op[:1]} == {"<", ">"} and {old.op, new.op} <= _ORDERS
    return ways and old.left == new.left and number(old.right) is None and number(new.right.lstrip("-")) is not None


_ONE_ERROR = re.compile(r"(?:errors|xerrors)\.(?:Is|As)\((\w{1,30}),.{1,120}\)", re.DOTALL)


def refuses_one(old: Atom, new: Atom) -> bool:
    """Tell whether any result but nought was refused and now a single one is: `rc != 0` that became `rc == EXPIRED`.

    Anything else may be of several kinds, of which one matters here.
    """
    if not (old.test.call or old.left.lower() in RESULTS):
        return False
    told = _ONE_ERROR.fullmatch(new.left) if new.op == "truth" and not new.holds else None
    if told:  # Go
        return told[1] == old.left and old.op == "==" and old.right == "nil"
    if old.left != new.left or new.op != "!=" or new.right in _NOTHING or not _NAMED.fullmatch(new.right):
        return False
    return (old.op == "truth" and not old.holds) or (old.op == "==" and _value(old.right) == 0)


def sets(old: Atom, new: Atom) -> bool:
    """Tell whether what was compared is set now: `uid != 0` that became `uid = 0`."""
    return new.op == "=" and old.op in _ORDERS | {"==", "!="} and (old.left, old.right) == (new.left, new.right)


_GIVEN = re.compile(
    r"(?:hdr?|header|pkt|packet|msg|message|req|request|input|token|claims?|payload|body|params?|sent|given|received|recv|"
    r"peer|client|resp?|rsp|response|remote|supplied|presented|signature|sig|mac|digest|answer|nonce|cookies?)\Z"
)
_PLACES = frozenset(
    {"offset", "off", "len", "length", "size", "count", "index", "idx", "pos", "position", "num", "number", "depth"}
)
_EMPTY = frozenset({"0", "NULL", "nullptr", "null", "nil", "None", "undefined", '""', "''", "False"})


def empty_passes(gained: Atom, news: Iterable[Atom]) -> bool:
    """Tell whether a side that comes in passes where it is empty: `got != want` became `got && got != want`."""
    empty = (gained.op == "truth" and not gained.holds) or (gained.op == "==" and gained.right in _EMPTY)
    blank = gained.test.literal is not None and gained.test.literal.text.isspace()  # atoms hold no blanks
    if not empty or blank:
        return False
    held = [new for new in news if new.op == "==" and new.right and gained.left in {new.left, new.right}]
    return any(_comes_in(gained.left) and not _comes_in(_beside(new, gained.left)) for new in held)


def _beside(new: Atom, side: str) -> str:
    return new.right if new.left == side else new.left


def _comes_in(side: str) -> bool:
    """Tell whether a side of a comparison is by its name what somebody sent, and no place or size in it."""
    words = words_of(side)
    return not _FIXED.fullmatch(side) and any(map(_GIVEN.match, words)) and _PLACES.isdisjoint(words)


_SIGNED = re.compile(r"(?:mem|str|wcs)\w{0,8}cmp|\bbcmp")


def one_of_a_sign(old: Atom, new: Atom) -> bool:
    """Tell whether a comparison's answer, of which only the sign says anything, is now held against one number.

    `if (memcmp(a, b, n) <= 0)` that became `if (memcmp(a, b, n) == -1)` holds for what is equal no more.
    """
    asked = old.test.call or old.test.via
    if not asked or asked != (new.test.call or new.test.via) or not _SIGNED.search(asked):
        return False
    bound = _value(new.right)
    return old.op in _ORDERS and new.op in {"==", "!="} and bound is not None and bound != 0


def one_more_type(new: Atom, stems: Iterable[tuple[str, ...]]) -> bool:
    """Tell whether a test takes one more type of a thing that was asked for its type before: it lets nobody pass."""
    typed = new.op == "==" and _TYPE_OF.match(new.left) is not None and new.right.strip("\"'") in _TYPES
    return typed and any(new.left in sides for sides in stems)
