"""Over how much a comparison goes and how much randomness is drawn, and what makes such a length a weak one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from zoll.parse.arithmetic import evaluate
from zoll.parse.code import Call, Statement

_COMPARES = re.compile(
    r"memn?(?:case)?cmp|memeq|mem_?equal|strn(?:case|i)?cmp|timing_?safe|const(?:ant)?_?time|consttime|\bct_|bcmp|secure_?(?:cmp|compare|equal)|"
    r"safe_?(?:cmp|equal|memcmp)|wcsn(?:case)?cmp|(?:digest|h?mac|hash|sig|tag|key|icv)_?n?cmp|crypto_verify|slow_?equals",
    re.IGNORECASE,
)
_EQUALS = re.compile(
    r"compare_digest|timing_?safe_?equal|constant_?time|hash_equals|secure_?(?:compare|equals?)|ct_eq|slow_?equals|isequal|^equals?$|bytes_?equal|"
    r"memeq|verify_slices_are_equal|safe_str_cmp|arrays?_?equals?",
    re.IGNORECASE,
)
_DRAWS = re.compile(
    r"rand(?:om)?_?bytes|urandom|getrandom|get_?random|arc4random_buf|randombytes|token_(?:hex|bytes|urlsafe)|gnutls_rnd|drbg_random|gen_?random|generate_?random|"
    r"fill_?random|random_?fill|fill_bytes|uid_?safe|^uid$|nanoid|random_?(?:string|hex|alphanumeric|b(?:ase)?64)|secure_?random|rand_?buf|^sec(?:ure)?_?rand|next_?bytes",
    re.IGNORECASE,
)
_FILLS = re.compile(r"(?:rng|rand(?:om)?|drbg|entropy|urandom)_?\.(?:fill|read|generate|get)\w{0,8}$", re.IGNORECASE)
_FULL = frozenset({"ReadFull", "ReadAtLeast"})  # Go: what they fill comes from the reader that they are given first
_RANDOM = re.compile(r"(?:\w{1,20}\.)?(?:rand(?:om)?(?:ness)?|entropy)(?:\.Reader)?$", re.IGNORECASE)
_BYTES_OF = re.compile(r"(?:\.|->)(?:data|c_str|begin|cbegin|as_ptr|as_mut_ptr|as_slice|as_bytes|as_ref|bytes)\(\)$")
_SIZE_OF_CALL = re.compile(r"sizeof\s*\(\s*[\w.>-]{1,80}(?:\.|->)(?:data|c_str|get|begin|ptr|buf)\(\)\s*\)")
_AMOUNT_AT = {"getrandom": 1, "gnutls_rnd": 2, "BCryptGenRandom": 2, "getentropy": 1, "arc4random_buf": 1}
_SLICED = (
    re.compile(r"^(.{1,160}?)\[\s*0?\s*(?::|\.\.[.=<]?)\s*([^\]:]{1,80}(?:\[[^\]]{0,40}\][^\]:]{0,40})?)\]\)*$"),
    re.compile(r"^(.{1,160}?)\[\s*0\s*,\s*([^\]]{1,80})\]$"),
    re.compile(r"^(.{1,160}?):sub\(\s*1\s*,\s*(.{1,80})\)$"),
    re.compile(
        r"^(.{1,160}?)\.(?:slice|substring|substr|subarray|byteslice|Substring|AsSpan)\(\s*0\s*,\s*(.{1,80})\)$"
    ),
    re.compile(r"^(.{1,160}?)\.(?:take|Take|first|left|slice_to)\(\s*(.{1,80})\)$"),
    re.compile(
        r"^(?:mb_|iconv_)?(?:substr|copyOfRange|Arrays\.copyOfRange)\(\s*(.{1,160}?)\s*,\s*0\s*,\s*(.{1,80})\)$"
    ),
    re.compile(r"^(?:Arrays\.)?copyOf\(\s*(.{1,160}?)\s*,\s*(.{1,80})\)$"),
)
_NEW_BYTES = re.compile(r"^new byte\[\s*([^\]]{1,40})\]$|^make\(\[\]byte,\s*([^)]{1,40})\)$")
_SIZEOF = re.compile(r"sizeof\s*\(?\s*(\*?)\s*\(?&?([\w.>\[\]-]{1,80})\)*")
_TYPES = re.compile(r"^(?:struct|union|enum|unsigned|signed|const)\b|_t$|^[A-Z][a-z]\w*$|^[A-Z][A-Z0-9_]+$")
_SMALL = re.compile(
    r"^sizeof\s*\(?\s*(?:char|short|int|unsigned(?: (?:int|char|short))?|u_?int(?:8|16|32)(?:_t)?|u8|u16|u32|"
    r"(?:void|char) ?\*|size_t|long)\s*\)?$"
)
_MEASURES = re.compile(r"\b(?:strlen|len|length|size|count|mb_strlen|bytesize|byteLength|Length|wcslen)\b")
_CHOSEN = re.compile(r"\?|\bmin\w{0,4}\s*[!(]|\bMIN\w{0,6}\s*\(|\bif\b.{1,80}\belse\b|\.min\(", re.IGNORECASE)
_ENDED = re.compile(r"(?:std::)?strlen\([^()]{1,80}\)\+1|1\+(?:std::)?strlen\([^()]{1,80}\)")
_CUT = re.compile(r"(?<![&*/>(])\s(?:&|%|>>|/)\s(?![&])|(?<=\))(?:&|%|>>|/)(?=[\w(])|&\w[\w.]*\(")
# A size from which another one is taken: what is left of both may be nothing. Ends and beginnings are no sizes.
_SIZE = r"(?:sizeof\b|\w{0,20}(?:len|LEN|size|SIZE|length|LENGTH)\w{0,12}\b|[A-Z][A-Z0-9_]{3,60}\b)"
_LESS = re.compile(rf"{_SIZE}.{{0,60}}[\w)\]]\s?-\s?\(?{_SIZE}")
_ANSWER = re.compile(
    r"(?:!+\s?|not )[\w(].{0,160}|[^?]{1,160}?(?:[=!<>]=|\s[<>]\s)[^?]{1,120}|"
    r"[^?]{1,160}(?:\.|->)(?:empty|is_?[eE]mpty)",
    re.DOTALL,
)
_INSIDE = re.compile(r"\([^()]*\)")
_JOINS = re.compile(r"[|&{]|=>|->\s?\w+\s?[({]|\b(?:if|and|or|lambda|else)\b")
_CAST = re.compile(r"^(?:static_cast<[\w: ]{1,40}>\s?|\((?:u?int\w{0,12}|size_t|unsigned(?: \w+)?|long|short)\)\s?)")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]{2,}(?:\s?[*/]\s?\d{1,4})?")  # `SID_LEN * 2` is as fixed as its name
_SHARE = re.compile(r"sizeof.{1,80}/\s*sizeof")
_NAME = re.compile(r"[A-Za-z_]\w*")
_FIXED = re.compile(r"""(?:[bBrRuUL@]{0,2}|u8R?|\[\]byte\(|Buffer\.from\()["']|\Z""")  # a fixed text
_DEEPEST = 6  # brackets in brackets
FEW_COMPARED, FEW_DRAWN = 4, 7  # bytes: more than so many cannot be guessed at once


class Length(Struct, frozen=True):
    """A length: `purpose` is compared or drawn; the call or operator; as written; what is compared or filled."""

    purpose: str
    call: str
    text: str
    sides: tuple[str, ...]
    line: int = 0


def lengths(statement: Statement) -> Iterator[Length]:
    """Yield the lengths of a statement's comparisons and draws, in source order; fixed texts are no secrets."""
    for call in statement.calls:
        last, compares, equals, draws = _named(call.name)
        if len(call.args) >= 2 and compares:
            yield from _compared(call, statement.line)
        if equals:
            yield from _sliced("compared", call.name, (*_receiver(call, statement.text), *call.args), statement.line)
        if draws or (last in _FULL and _RANDOM.match(call.args[0])):
            yield from _drawn(call, last, statement.line)
    for test in statement.tests:
        if test.op in ("==", "!=") and test.right and test.literal is None and not _EQUALS.search(test.via):
            yield from _sliced("compared", test.via or test.op, (test.left, test.right), statement.line)


@lru_cache(maxsize=1 << 14)
def _named(name: str) -> tuple[str, bool, bool, bool]:
    """Return the last name of a call, and whether it compares, is a method that does, and draws or fills."""
    last = name.rsplit(".", 1)[-1]
    draws = _DRAWS.search(last) or _FILLS.search(name)
    return last, bool(_COMPARES.search(last)), bool(_EQUALS.search(last)), bool(draws)


def _receiver(call: Call, text: str) -> tuple[str, ...]:
    """Return the slice that a comparing method is asked of, as in `want[..n].ct_eq(got)`; nothing where it is none."""
    if "[]." not in call.name:
        return ()
    found = re.search(rf"([\w.$]{{1,80}}\[[^\[\]]{{1,80}}\])\.{re.escape(call.name.rsplit('.', 1)[-1])}\(", text)
    return (found[1],) if found else ()


def whole(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each test for being equal that compares them whole."""
    for test in statement.tests:
        if test.op in ("==", "!=") and test.right and not test.length and test.literal is None:
            yield _flat(test.left), _flat(test.right)


def _compared(call: Call, line: int) -> Iterator[Length]:
    if len(call.args) == 3 and not any(map(_FIXED.match, call.args[:2])):
        yield Length("compared", call.name, call.args[2], call.args[:2], line)


def _sliced(purpose: str, name: str, sides: tuple[str, ...], line: int) -> Iterator[Length]:
    for place, side in enumerate(sides[:3]):
        base, amount = cut(side)
        if amount and not any(map(_FIXED.match, sides)):
            others = (one for at, one in enumerate(sides) if at != place)
            yield Length(purpose, name, amount, (base, *others), line)


def cut(text: str) -> tuple[str, str]:
    """Return what a slice from the start is taken of and up to where, two empty texts for anything else.

    >>> cut("mac[:4]"), cut("substr($a, 0, 8)"), cut("mac")
    (('mac', '4'), ('$a', '8'), ('', ''))
    >>> cut("h.Sum(b[:0])"), cut("h.Sum(nil)[:4]")
    (('', ''), ('h.Sum(nil)', '4'))
    """
    if len(text) > 240 or not any(mark in text for mark in ("[", "(")):
        return "", ""
    for form in _SLICED:
        found = form.match(text.strip())
        if found and found[1].count("(") == found[1].count(")"):  # else it is of what a call is handed: `h.Sum(b[:0])`
            return found[1], found[2].strip()
    return "", ""


def _drawn(call: Call, last: str, line: int) -> Iterator[Length]:
    args = call.args
    found = next(_sliced("drawn", call.name, args, line), None)
    if found:
        yield found
        return
    if len(args) == 1:
        made = _NEW_BYTES.match(args[0])
        yield Length("drawn", call.name, (made[1] or made[2]) if made else args[0], (), line)
    elif 2 <= len(args) <= 4:
        place = min(_AMOUNT_AT.get(last, len(args) - 1), len(args) - 1)
        yield Length("drawn", call.name, args[place], args[:place][-1:], line)


def weakness(length: Length, pointers: frozenset[str] = frozenset()) -> str:
    """Return why a length is a weak one, "" for none.

    none: nothing at all; few: too few bytes; pointer: the size of a pointer; answer: a yes or no, one byte at most, as
    in `memcmp(a, b, n == 0)`; chosen: a condition or the smaller of two decides; cut: something is taken off by an
    operation; other: the size of something else; input: the length of one of the two sides decides.
    """
    text = " ".join(length.text.split())
    value = evaluate(text)
    if value is not None:
        few = FEW_COMPARED if length.purpose == "compared" else FEW_DRAWN
        return "none" if value <= 0 else "few" if value <= few else "cut" if _CUT.search(text) and value < 16 else ""
    if _SMALL.match(text):
        return "few"
    if is_answer(text):
        return "answer"
    if _CHOSEN.search(text):
        return "chosen"
    if _CUT.search(text) and not _SHARE.search(text):
        return "cut"
    return _of_size(length, text, pointers) or _of_sides(length, text)


def to_the_end(text: str) -> bool:
    """Tell whether a length takes in the nought that ends a text: then both must end there.

    >>> to_the_end("strlen(own) + 1"), to_the_end("strlen(own)")
    (True, False)
    """
    return _ENDED.fullmatch("".join(text.split())) is not None


def is_answer(text: str) -> bool:
    """Tell whether what is written where a length belongs is a yes or no.

    >>> is_answer("n == 0"), is_answer("static_cast<size_t>(key.empty())"), is_answer("!strlen(a)"), is_answer("a->len")
    (True, True, True, False)
    >>> is_answer("n > 8 ? 8 : n"), is_answer("min(a > b, c)"), is_answer("key.size()")
    (False, False, False)
    """
    bare = _CAST.sub("", " ".join(text[:300].split()))
    bare = bare[1:-1] if bare[:1] == "(" and bare[-1:] == ")" else bare
    for _ in range(_DEEPEST):  # what stands in the brackets of a call is no answer of the whole
        shorter = _INSIDE.sub("", bare)
        if shorter == bare:
            break
        bare = shorter
    return bool(_ANSWER.fullmatch(bare)) and not _JOINS.search(bare)


def _of_size(length: Length, text: str, pointers: frozenset[str]) -> str:
    if _SIZE_OF_CALL.fullmatch(text):  # what hands a pointer out
        return "pointer"
    found = _SIZEOF.fullmatch(text)
    if found is None or found[1] or _TYPES.search(found[2]):
        return ""
    what = found[2].rstrip(")")
    if what in pointers:
        return "pointer"
    return (
        "" if any(_speaks(side, what) or _speaks(what, side) for side in length.sides) or not length.sides else "other"
    )


def _of_sides(length: Length, text: str) -> str:
    if length.purpose != "compared" or not _MEASURES.search(text):
        return ""
    flat = _flat(text)
    return "input" if any(side and _BYTES_OF.sub("", _flat(side)) in flat for side in length.sides) else ""


def _speaks(text: str, name: str) -> bool:
    """Tell whether a text names something, or the whole that it belongs to."""
    bare = name.strip("&*() ")
    return bool(bare) and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text) is not None


def shortened(old: Length, new: Length, pointers: frozenset[str] = frozenset()) -> str:
    """Return how a length became weaker, "" where it did not or nobody can say."""
    before, after = _flat(old.text), _flat(new.text)
    if before == after:
        return ""
    one, two = evaluate(old.text), evaluate(new.text)
    if one is not None and two is not None:
        return "shorter" if two < one else ""
    weak, was = weakness(new, pointers), weakness(old, pointers)
    if weak and weak != was:
        return weak
    if before and after.startswith(before) and after[len(before)] in "-/%&>":
        return "shorter"
    if old.purpose == "compared" and _LESS.search(new.text) and not _LESS.search(old.text):
        return "cut"
    if old.purpose == "compared" and _SIZEOF.fullmatch(old.text.strip()) and _SIZEOF.fullmatch(new.text.strip()):
        return "element" if "*" in after and "*" not in before else ""
    if old.purpose == "compared" and fixed(old.text) and not fixed(new.text) and two is None and _lowercase(after):
        return "variable"
    return ""


def fixed(text: str) -> bool:
    """Tell whether a length is fixed: a number, a size, the name of a constant."""
    text = text.strip()
    return evaluate(text) is not None or bool(_SIZEOF.fullmatch(text)) or bool(_CONSTANT.fullmatch(text))


def _lowercase(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z_$][\w.>$-]*", text))


def pointers_of(statement: Statement) -> frozenset[str]:
    """Return the names that a declaration or the head of a function makes pointers."""
    if statement.kind != "declare" and statement.word != "function":
        return frozenset()
    return frozenset(re.findall(r"\*\s*(?:const\s+|restrict\s+)?([A-Za-z_]\w*)\s*(?=[,;)=]|$)", statement.text[:1000]))


def _flat(text: str) -> str:
    return "".join(text.split())
