"""What of two statements as a whole is asked for less: one step of several, any instead of all, a part of a text."""

import re
from collections import Counter
from collections.abc import Iterator

from zoll.compare.conditions import Weak, named_equal
from zoll.compare.strength import named, says
from zoll.compare.view import last
from zoll.parse.code import Statement
from zoll.parse.comparers import EQUAL, PREFIX, SUFFIX, THREE_WAY, WITH_LENGTH

_EQUALITY = re.compile(r"[!=]==?")
# What must hold of each, and of one only.
_QUANTORS = (
    ("all", "any"),
    ("every", "some"),
    ("allMatch", "anyMatch"),
    ("all?", "any?"),
    ("All", "Any"),
    ("all_of", "any_of"),
)
_DECIDES = frozenset({"condition", "return"})
_PARTS = PREFIX | SUFFIX | {"strstr", "strcasestr", "strpos", "stripos", "str_contains"}
# What a part was taken with before: `substr(a, 0, 2) == b` that became `starts_with(a, b)` asks the same.
_CUTS = WITH_LENGTH | {"substr", "mb_substr", "substring", "slice", "charAt", "char_at", "at", "front", "back", "first"}
_CUTS |= {"last", "Left", "Right", "left", "right", "compare", "rfind", "nth", "next", "basename", "rtrim", "ltrim"}
# What asks whether one path is beneath another, and what looks at texts.
_BENEATH = frozenset({"relative_to", "is_relative_to", "commonpath", "relativize", "Rel", "IsLocal"})
_AS_TEXT = _PARTS | {"index", "find", "indexOf", "includes", "Contains", "contains", "removeprefix", "startswith"}
_AS_TEXT |= {"startsWith", "HasPrefix", "partition"}
# A folder with the sign that ends its name: what only begins alike is not beneath it.
_WITH_END = re.compile(r"\b(?:sep|Separator|separatorChar)\b|\+ ?[\"'`]/[\"'`]|\}/[\"'`]")
_INDEX = re.compile(r"[\w)\]]\[")
# A pattern with the flag that means everywhere; an argument that means once.
_GLOBAL = re.compile(r"([/}|][a-fh-z]{0,4})g([a-z]{0,4})(?!\w)")
_ALONE = re.compile(r"(?<!&)&(?!&|=)")
_WAITED = re.compile(r"^return await (?=[\w$.]{1,80}\()")
_PROMISING = frozenset({"javascript", "typescript", "tsx"})
_AWAITED = re.compile(r"\(await ((?:[^()]|\((?:[^()]|\([^()]{0,80}\)){0,200}\)){1,300}?)\)")
_ONCE = re.compile(r",\s?(?:count\s?=\s?|max\w{0,12}\s?=\s?)?1(?=\s?\))")
# What libraries call it: no `sub_1f30`, no `subscribe`, no `resolve_source_replacement`.
_REPLACES = re.compile(r"(?i)(?<![a-z_])(?:(?:[a-z]{2,5}_)?replace(?:_?all|n)?|sub|subn|regsub)\s?\(")
_REPEATED = 600
_TURNED_NUMBERS = ((" eq ", " == "), (" ne ", " != "))
_WHOLE_MASK = re.compile(r"\(([\w.>-]{1,60}) ?& ?([\w.>:-]{1,60})\) ?== ?(?:\2|\1)(?!\w)")
_ANY_OF_MASK = re.compile(r"\([\w.>-]{1,60} ?& ?[\w.>:-]{1,60}\)(?: ?!= ?0|\.any\(\)| ?> ?0)?")
_UNLESS = re.compile(r"([\w.$]{3,60}) ?(?:!==?|~=) ?false\b|\bfalse ?!==? ?([\w.$]{3,60})")
_IN = re.compile(r"\bin\b|\.(?:includes|isdisjoint|include\?)\(|\bin_array\(")
_FOR = re.compile(r"\bfor\b")
_CALLED = re.compile(r"([A-Za-z_][\w.?]{1,60}?)\(")


_BESIDE_OR = re.compile(r"(\w+)[\])]*\s?\|=?\s?[(~!*&]*(\w+)")
_DIFFERENCES = re.compile(
    r"\^|\w*cmp\w*\(|\b(?:diff\w*|acc\w*|bad|wrong|mismatch\w*|result|ret|rc|rv|res|err\w*|fail\w*|d|r|x|v|delta|neq|ne)\s?(?:[|:]?=)"
)


def of_operator(one: Statement, two: Statement, language: str = "") -> Iterator[Weak]:
    """Yield a value of which now only the last step counts, and a comparison that no longer asks for the type."""
    if one.operator in {"|=", "&="} and two.operator == "=" and one.target == two.target and one.value == two.value:
        yield Weak("operator", one.operator, two.operator)
    if "await " in one.text and one.text != two.text and not (language in _PROMISING and _hands_on(one, two)):
        yield from _unawaited(one, two)
    for strict, loose in _TURNED_NUMBERS:  # Perl: texts that are no numbers are all equal as numbers
        if strict in one.text and one.text.replace(strict, loose, 1) == two.text:
            yield Weak("operator", strict.strip(), loose.strip())
    yield from _of_mask(one, two)
    if "&" in one.text and "|" in two.text:
        yield from _of_joined_mask(one, two)
    if "|" in one.text and "&" in two.text:
        yield from _of_gathering(one, two)
    if "false" in one.text and two.text != one.text:
        yield from _of_default(one, two)
    for strict, loose in (("===", "=="), ("!==", "!=")):
        if one.text.count(strict) > two.text.count(strict) and _signs(one.text) == _signs(two.text):
            yield Weak("operator", strict, loose)


def _of_joined_mask(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a mask that is joined to what it was held against: `a & bit` that became `a | bit` is never nought."""
    tests = zip(one.tests, two.tests, strict=False) if one.kind == two.kind and len(one.tests) == len(two.tests) else ()
    for old, new in tests:
        if _ALONE.search(old.left) and _ALONE.sub("|", old.left, count=1).replace(" ", "") == new.left.replace(" ", ""):
            yield Weak("operator", old.left, new.left)


def _hands_on(one: Statement, two: Statement) -> bool:
    """Tell whether a promise is handed on outside of any `try`: the caller waits for what was waited for."""
    waited = _WAITED.match(one.text) if one.kind == "return" and one.within < 0 else None
    return waited is not None and two.text == _WAITED.sub("return ", one.text) and _closes_last(one.text)


def _closes_last(text: str) -> bool:
    """Tell whether the first bracket of a text is closed by its last sign."""
    depth = 0
    for at, sign in enumerate(text.rstrip("; ")):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and not depth:
            return at + 1 == len(text.rstrip("; "))
    return False


def _unawaited(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield an answer that nobody waits for any more: what was promised is true, and what it throws stops nobody."""
    guards = one.kind == "call" and any(named(call.name, "guard") for call in one.calls)
    plain = {one.text.replace("await ", "", 1), _AWAITED.sub(r"\1", one.text, count=1)}
    if (one.kind in _DECIDES or guards) and two.text in plain:
        at = one.text.index("await ")
        yield Weak("operator", one.text[at:], two.text[at - (one.text[at - 1 : at] == "(") :], how="unawaited")


def _of_mask(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield bits that all had to be set and of which one is enough now: `(a & b) == b` that became `(a & b) != 0`."""
    whole = _WHOLE_MASK.search(one.text) if "&" in one.text and "&" in two.text else None
    if whole and not _WHOLE_MASK.search(two.text):
        some = next((found for found in _ANY_OF_MASK.finditer(two.text) if whole[2].strip() in found[0]), None)
        if some:
            yield Weak("operator", whole[0], some[0])


def _of_gathering(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield differences of which one was enough and that all have to be there now: `bad = a | b` became `bad = a & b`.

    Constants that are joined are flags, and differ in nothing.
    """
    for mark in ("|=", "|"):
        for found in re.finditer(rf"(?<!\|){re.escape(mark)}(?![|=])", one.text[:_REPEATED]):
            start, end = found.span()
            if one.text[:start] + mark.replace("|", "&") + one.text[end:] == two.text:
                beside = _BESIDE_OR.search(one.text[max(0, start - 60) : end + 60])
                if not (beside and (beside[1].isupper() or beside[2].isupper())) and _DIFFERENCES.search(one.text):
                    yield Weak("operator", one.text, two.text, how="gathered")


def _of_default(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a protection that was on unless it was switched off, and is now off unless it is switched on."""
    for found in _UNLESS.finditer(one.text[:_REPEATED]):
        name = found[1] or found[2]
        own = re.escape(name)
        asked = re.search(rf"(?:{own}\s?===?\s?true|true\s?===?\s?{own}|!!{own})\b", two.text)
        if asked and named(name, "strict") and not says(name, "loose"):
            yield Weak("argument", found[0], asked[0])


def of_repeat(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a replacement that was made wherever its pattern stood and now only at the first place."""
    if len(one.text) > _REPEATED or len(two.text) > _REPEATED:
        return
    for found in _GLOBAL.finditer(one.text):
        place = found.end() - 1 - len(found[2])
        if one.text[:place] + one.text[place + 1 :] == two.text:
            yield Weak("repeat", found[0], found[1] + found[2])
            return
    once = _ONCE.search(two.text)
    if once and two.text[: once.start()] + two.text[once.end() :] == one.text and _replaces(one.text[: once.start()]):
        yield Weak("repeat", one.text[:60], two.text[:60])


def _replaces(text: str) -> bool:
    """Tell whether a text ends within a call that replaces, behind what is looked for and what comes there instead."""
    heads = list(_REPLACES.finditer(text))
    return bool(heads) and "," in text[heads[-1].end() :]


def _signs(text: str) -> list[str]:
    """Return the comparisons of a text for equality, strict or not."""
    return [found[:2] for found in _EQUALITY.findall(text)]


def of_quantor(one: Statement, two: Statement, *, rejecting: bool) -> Iterator[Weak]:
    """Yield what had to hold of each and now of one only, `all` that became `any`; the other way round for refusals."""
    before, after = (Counter(last(call.name) for call in side.calls) for side in (one, two))
    for each, some in _QUANTORS:
        turned = rejecting != _negated(one, (each, some))
        strong, weak = (some, each) if turned else (each, some)
        if before[strong] > after[strong] and after[weak] > before[weak]:
            yield Weak("operator", strong, weak)


def _negated(statement: Statement, names: tuple[str, str]) -> bool:
    return any(test.negated for test in statement.tests if last(test.call) in names)


def of_part(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield an equality that became a look at a part, or one that gives away how much is right, wherever it stands.

    `names.any(|n| n == name)` that became `names.any(|n| n.starts_with(name))`.
    """
    before, after = _called(one), _called(two)
    gone, came = before - after, after - before
    beneath, text = next(iter(gone.keys() & _BENEATH), ""), next(iter(sorted(came.keys() & _AS_TEXT)), "")
    if beneath and text and not _WITH_END.search(two.text):
        yield Weak("operator", beneath, text)
    if beneath and text:
        return
    if "slices.Contains(" in one.text and "slices.Contains(" not in two.text:  # one of a list, and now a part of a text
        found = re.search(r"strings\.(?:Contains|HasPrefix|HasSuffix)\(", two.text)
        if found and found[0] not in one.text:
            yield Weak("operator", "slices.Contains", found[0][:-1])
    part = next((name for name in came if name in _PARTS), "")
    equal = next((name for name in gone if name in EQUAL | THREE_WAY or named_equal(name)), "")
    signs = _signs(one.text), _signs(two.text)
    cut = gone.keys() & _CUTS or len(_INDEX.findall(one.text)) > len(_INDEX.findall(two.text))
    if part and (equal or len(signs[0]) > len(signs[1])) and not cut:
        yield Weak("operator", equal or signs[0][0], part)
    elif part and not cut and (_members(one.text) > _members(two.text) or _LISTED & gone.keys()):
        yield Weak("operator", "in", part)
    elif named_equal(equal) and len(signs[1]) > len(signs[0]):
        yield Weak("operator", equal, signs[1][-1])


_LISTED = frozenset({"Contains", "contains", "includes", "include?", "in_array"})  # of a whole list


def _members(text: str) -> int:
    """Count the questions whether something is one of several; the `in` of a loop asks nothing."""
    return len(_IN.findall(text)) - len(_FOR.findall(text))


def _called(one: Statement) -> Counter[str]:
    """Return how often a statement calls what, by last names."""
    return Counter(map(last, _CALLED.findall(one.text)))
