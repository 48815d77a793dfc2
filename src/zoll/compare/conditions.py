"""Compares an old and a new condition: does the new one let more pass."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from zoll.compare.atoms import Atom, atoms
from zoll.compare.cases import among_cases, few_more_cases
from zoll.compare.lesser import (
    cut_short,
    empty_passes,
    folds_case,
    ignores_case,
    never_asked,
    of_any_length,
    of_first_descriptor,
    of_part,
    one_by_one,
    one_more_type,
    one_of_a_sign,
    only_ordered,
    refuses_one,
    runs_other_way,
    sets,
    takes_more,
    turned_to_a_number,
)
from zoll.compare.patterns import wider
from zoll.compare.reshaped import refused_anyway, spelled_out
from zoll.compare.strength import about, named, number, table
from zoll.parse.code import Statement
from zoll.parse.lengths import to_the_end

_LOOSER = {
    ("<", "<="), (">", ">="), ("==", "<="), ("==", ">="), ("==", "="), ("==", "prefix"), ("==", "suffix"),
    ("==", "contains"),
    ("==", "match"), ("prefix", "contains"), ("suffix", "contains"), ("<", "!="), (">", "!="), ("==", "truth"),
}  # fmt: skip


class Known(Protocol):
    """What the conditions of a function are weighed against."""

    compiled: bool

    @property
    def stems(self) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
        """How often each test stands in the old and in the new function."""

    @property
    def vocabulary(self) -> Counter[str]:
        """With how many fixed texts the old function compares each expression."""

    def lives(self, text: str) -> bool:
        """Tell whether the new function still speaks of what a text speaks of."""


_LESS_ASKED = (sets, takes_more, never_asked, one_of_a_sign, of_any_length)
_NO = frozenset({"false", "False", "FALSE", "0", "nil", "null", "None", "undefined", '""', "''", "``"})
_TIMED = ("hmac.Equal", "MessageDigest.isEqual", "subtle.ConstantTimeCompare")  # of names that say it only whole
_GATHERS = frozenset({"set", "frozenset", "list", "tuple", "Set", "new", "sorted"})
_LOOPS = frozenset({"for", "while", "do", "until"})
_PARTS = frozenset({"prefix", "suffix", "contains", "match"})
_INNER = re.compile(r"\w+\((.{1,120})\)")
_UPPER = frozenset({"<", "<="})
_LOWER = frozenset({">", ">="})
_MORE = re.compile(r"[+*]|<<")
_LESS = re.compile(r"[-/]|>>")
_WORDS = 3  # that a function tells apart at least by one expression, for it to be a parser of words
_SECRETS = frozenset({"key", "token", "password"})  # of these a capital is no small letter
_GIVEN = frozenset({"assign", "declare"})
_FALLS_BACK = re.compile(r"(?:\|\||\?\?|\bor|//) ?(?:''|\"\"|\{\}|\[\]|\d+);?\Z")
_OF_BYTES = re.compile(r"mem_?(?:cmp|eq)|bcmp", re.IGNORECASE)
_LONG = 16  # bytes: a fixed length of so many in place of a measured one is as likely the longer
_BRACKETED = re.compile(r"\([^()]*\)")
_TAKEN_OFF = re.compile(r"\w\s?-\s?[\w.]+$")
_MEASURE = re.compile(r"sizeof|strlen|len\b|length|size|LEN|SIZE|count")


class Weak(Struct, frozen=True):
    """One weakening: the fact's value, what stood there, what stands there, in which way it is weaker."""

    value: str
    old: str
    new: str
    kind: str = "weaker"
    how: str = ""


def compare_conditions(
    one: Statement,
    two: Statement,
    rejecting: tuple[bool, bool],
    known: Known,
    *,
    same_body: bool,
) -> Iterator[Weak]:
    """Yield how the new statement lets more pass; `known` is the pair of functions."""
    olds, old_joins = atoms(one, rejecting=rejecting[0])
    news, new_joins = atoms(two, rejecting=rejecting[1])
    loop = one.word in _LOOPS
    if _same_test(one, two) or (not same_body and says_opposite(one, two)):
        return (yield from _only_how(one, two))
    if spelled_out(olds, news):
        return
    left_old, left_new, shared = _cancel(olds, news)
    for old, new in shared:
        yield from _same_atom(old, new)
    met = _meet(left_old, left_new)
    for old, new in met:
        if refuses_one(old, new) and rejecting == (True, True) and not loop and _fewer(old, *known.stems):
            yield Weak("operator", old.text, new.text)
        if turned_to_a_number(old, new) and rejecting == (True, True) and not loop and _fewer(old, *known.stems):
            yield Weak("operator", old.text, new.text, how="turned")
            continue
        if rejecting == (True, True) and shared and refused_anyway(old, new, (old_joins, new_joins)):
            continue
        if (loop or known.compiled) and runs_other_way(old, new):
            continue  # a compiler turns orders round, and so does who walks a list from its end
        if known.compiled and old.left == new.left and among_cases(old, new, rejecting):
            continue
        weaker = (weak for weak in _changed(old, new, same_body=same_body) if not (loop and weak.value == "bound"))
        yield from (weak for weak in weaker if weak.value != "enumeration" or not one_by_one(olds, new))
    lost = [
        old
        for old in left_old
        if all(old is not pair[0] for pair in met)
        and _fewer(old, *known.stems)
        and known.lives(f"{old.left} {old.right}")
        and not _implied(old, news)
    ]
    gained = [
        new
        for new in left_new
        if not (new.op == "truth" and new.left in _NO)
        and not one_more_type(new, known.stems[0])
        and all(new is not pair[1] for pair in met)
        and _fewer(new, *known.stems[::-1])
    ]
    told = shared or (met and rejecting[0] == rejecting[1])
    if gained and not lost and _only_more_words(news, gained, new_joins, known):
        return
    if told and not loop and not _tried_again(two) and not (gained and _within(news, gained, old_joins, new_joins)):
        found = () if _falls_back(one, two) else _joints(lost, gained, old_joins, new_joins, turned=rejecting[0])
        passed = any(empty_passes(new, (twin for _, twin in shared)) for new in gained)
        yield from (replace(weak, how="empty") if passed and weak.value == "joint" else weak for weak in found)


def _falls_back(one: Statement, two: Statement) -> bool:
    """Tell whether both only name the value that is taken where there is no other: `host = asked || own || ""`."""
    return one.kind in _GIVEN and two.kind in _GIVEN and all(_FALLS_BACK.search(side.value) for side in (one, two))


def _tried_again(two: Statement) -> bool:
    """Tell whether a statement by itself calls the same again where it failed: `wget a || wget b` tests nothing."""
    return two.word == "||" and len({test.call for test in two.tests if test.op == "truth"}) == 1


def _only_more_words(news: list[Atom], gained: list[Atom], joins: list[str], known: Known) -> bool:
    """Tell whether what tells words apart is held against one more word, maybe in one case only: a parser learns it."""
    words = [_is_word(atom, known) for atom in news]
    fresh = [any(atom is one for one in gained) for atom in news]
    if len(joins) != len(news) - 1 or not any(map(bool.__and__, words, fresh)):
        return False
    for place, new in enumerate(fresh):
        beside = [
            at
            for at, join in ((place - 1, place - 1), (place + 1, place))
            if 0 <= at < len(news) and joins[join] == "&&"
        ]
        if new and not words[place] and not any(words[at] and fresh[at] for at in beside):
            return False
    return True


def _is_word(atom: Atom, known: Known) -> bool:
    literal = atom.test.literal
    return bool(literal and literal.kind == "string") and known.vocabulary[atom.left] >= _WORDS


def _only_how(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield weaker ways of making the same comparison."""
    mine, theirs = (sorted(atoms(side, rejecting=False)[0], key=lambda atom: atom.stem) for side in (one, two))
    for old, new in zip(mine, theirs, strict=True):
        yield from _same_atom(old, new)


def _same_test(one: Statement, two: Statement) -> bool:
    """Tell whether two conditions ask the same, whatever they decide about."""
    mine, theirs = atoms(one, rejecting=False), atoms(two, rejecting=False)
    return mine[1] == theirs[1] and sorted(old.key for old in mine[0]) == sorted(new.key for new in theirs[0])


def says_opposite(one: Statement, two: Statement) -> bool:
    """Tell whether a condition was turned round along with its branches."""
    mine, theirs = atoms(one, rejecting=False), atoms(two, rejecting=True)
    return mine[1] == theirs[1] and sorted(old.key for old in mine[0]) == sorted(new.key for new in theirs[0])


def _implied(atom: Atom, news: list[Atom]) -> bool:
    """Tell whether a lost test of being there at all is implied by a test of what is inside."""
    inner = _INNER.fullmatch(atom.left)
    core = inner.group(1) if inner else atom.left
    return atom.op == "truth" and any(core in new.left or core in new.right for new in news)


def _fewer(atom: Atom, here: Counter[tuple[str, ...]], there: Counter[tuple[str, ...]]) -> bool:
    return there[atom.stem] < here[atom.stem]


def _cancel(olds: list[Atom], news: list[Atom]) -> tuple[list[Atom], list[Atom], list[tuple[Atom, Atom]]]:
    left_new = list(news)
    left_old, shared = [], []
    for old in olds:
        twin = next((new for new in left_new if new.key == old.key), None)
        if twin is None:
            left_old.append(old)
        else:
            left_new.remove(twin)
            shared.append((old, twin))
    return left_old, left_new, shared


def _meet(olds: list[Atom], news: list[Atom]) -> list[tuple[Atom, Atom]]:
    """Pair what is left: equal sides first, then equal left ones, then equal right ones but for plain numbers."""
    met: list[tuple[Atom, Atom]] = []
    for near in (_sides, _lefts, _rights):
        for old in olds:
            if any(old is pair[0] for pair in met):
                continue
            twin = next((new for new in news if near(old, new) and all(new is not pair[1] for pair in met)), None)
            if twin is not None:
                met.append((old, twin))
    return met


def _sides(old: Atom, new: Atom) -> bool:
    return old.stem == new.stem


def _lefts(old: Atom, new: Atom) -> bool:
    same = old.left == new.left or bool(old.test.call and old.test.call == new.test.call)
    less = (
        of_part(old, new)
        or refuses_one(old, new)
        or never_asked(old, new)
        or one_of_a_sign(old, new)
        or folds_case(old, new)
    )
    return same or bool(only_ordered(old, new)) or any(cut_short(old, new)) or less or of_any_length(old, new)


def _rights(old: Atom, new: Atom) -> bool:
    return bool(old.right) and old.right == new.right and len(old.right) > 3 and number(old.right) is None


def _same_atom(old: Atom, new: Atom) -> Iterator[Weak]:
    """Yield a comparison that is the same but for the function or the length it compares with."""
    if named_equal(old.test.via) and not named_equal(new.test.via):
        yield Weak("operator", old.test.via, new.test.via or new.op)
    elif ignores_case(old, new) and not _begins_a_header(new):
        yield Weak("operator", old.text, new.text)
    if shorter(old.test.length, new.test.length) and not _over_whole_text(old, new):
        yield Weak("length", old.test.length or "whole", new.test.length)


def _begins_a_header(new: Atom) -> bool:
    """Tell whether a fixed text is the word that something else follows: `Basic `, `Bearer `, of which case is free."""
    return new.test.literal is not None and new.test.literal.text[-1:] in {" ", ":", "="}


def _over_whole_text(old: Atom, new: Atom) -> bool:
    """Tell whether bytes are compared with all of a fixed text: what was compared behind its end is no part of it."""
    one, two, length = old.test.literal, new.test.literal, number(new.test.length)
    if one is None or two is None or one.text != two.text or length is None:
        return False
    return _OF_BYTES.search(new.test.via) is not None and len(two.text) <= length


def named_equal(via: str) -> bool:
    """Tell whether a comparing call takes constant time."""
    name = via.rsplit(".", 1)[-1].lower()
    return via.endswith(_TIMED) or name in table().words["equal"] or "constant_time" in name


def shorter(old: str, new: str) -> bool:
    """Tell whether a compared length has become shorter; comparing the whole counts as the longest."""
    if old == new or not new:
        return False
    if not old:
        return not to_the_end(new)
    one, two = number(old), number(new)
    if one is not None and two is not None:
        return two < one
    if two is not None and one is None:
        return two < _LONG and bool(_MEASURE.search(old))
    flat_old, flat_new = "".join(old.split()), "".join(new.split())
    return (flat_old in flat_new and bool(_LESS.match(flat_new.replace(flat_old, "", 1)))) or (
        "min(" in flat_new.lower() and flat_old in flat_new
    )


def _changed(old: Atom, new: Atom, *, same_body: bool) -> Iterator[Weak]:
    """Yield what is weaker in an atom of which one side stayed."""
    joined, part = only_ordered(old, new), cut_short(old, new)
    if joined:
        yield Weak("operator", old.text, new.text, how=joined)
    elif any(part):
        yield Weak("length", *part, how="cut")
    elif any(less(old, new) for less in _LESS_ASKED):
        yield Weak("operator", old.text, new.text)
    elif of_part(old, new):
        yield Weak("length", old.text, new.text, how="part")
    elif folds_case(old, new):
        if about(f"{old.left} {old.right}") in _SECRETS:
            yield Weak("operator", old.text, new.text, how="case")
    elif old.stem == new.stem or (old.left == new.left and not old.right and not new.right):
        yield from _operator(old, new, same_body=same_body)
        yield from _same_atom(old, new)
    elif old.op == new.op or (old.op in _UPPER and new.op in _UPPER) or (old.op in _LOWER and new.op in _LOWER):
        yield from _other_side(old, new)
    elif new.op == "in" and old.op == "==" and old.right and old.right in new.right:
        yield Weak("enumeration", old.right, new.right, "widened")
    elif _begins(old, new):
        return
    elif _in_order(old, new) or (old.left == new.left and (old.op, new.op) in _LOOSER and new.op in _PARTS):
        yield Weak("operator", old.text, new.text)


def _in_order(old: Atom, new: Atom) -> bool:
    """Tell whether two sides that had to be equal are now only in order, as in `0 < n <= len(a)`."""
    if old.op != "==" or not old.holds or new.op not in _UPPER | _LOWER:
        return False
    flat, sides = "".join(new.words.split()), (re.escape(old.left), re.escape(old.right))
    orders = (f"{one}[<>]=?{two}" for one, two in (sides, sides[::-1]))
    return any(re.search(rf"(?<!\w){order}(?!\w)", flat) for order in orders)


def _begins(old: Atom, new: Atom) -> bool:
    """Tell whether a comparison of so many characters became a test of the same beginning."""
    return bool(old.test.length) and new.op == "prefix" and old.right.strip("\"'") == new.right.strip("\"'")


def _operator(old: Atom, new: Atom, *, same_body: bool) -> Iterator[Weak]:
    opposite = {old.op, new.op} == {"==", "!="} or (old.op == new.op and old.holds != new.holds)
    if opposite or runs_other_way(old, new):
        if same_body and "".join(old.text.split()) != "".join(new.text.split()):  # the same words turned nothing round
            yield Weak("negation", old.text, new.text)
    elif of_first_descriptor(old, new):
        return
    elif ((old.op, new.op) in _LOOSER and old.holds and new.holds and not _begins(old, new)) or (
        old.op == "!=" and new.op in _PARTS and not new.holds
    ):
        yield Weak("operator", old.text, new.text)


def _other_side(old: Atom, new: Atom) -> Iterator[Weak]:
    if old.left == new.left and old.op in _UPPER | _LOWER:
        grown = _grown(old.right, new.right)
        if ((grown > 0 and old.op in _UPPER) or (grown < 0 and old.op in _LOWER)) and not few_more_cases(old, new):
            yield Weak("bound", old.text, new.text)
    elif (old.left == new.left and old.op == "match" and old.holds and wider(old.right, new.right)) or (
        old.left == new.left and old.op in {"prefix", "suffix"} and old.holds and _shortened(old, new)
    ):
        yield Weak("literal", old.right, new.right)
    elif old.left == new.left and old.op == "in" and old.holds and _superset(old.right, new.right):
        yield Weak("enumeration", old.right, new.right, "widened")
    elif old.op == "truth" and old.holds and new.left.startswith(old.left + "|"):
        yield Weak("literal", old.left, new.left)


def _shortened(old: Atom, new: Atom) -> bool:
    one, two = old.right.strip("\"'`"), new.right.strip("\"'`")
    return two != one and (one.startswith(two) if old.op == "prefix" else one.endswith(two))


def _superset(old: str, new: str) -> bool:
    one, two = set(re.findall(r"[\w.*-]+", old)), set(re.findall(r"[\w.*-]+", new))
    return one < two - _GATHERS


def _grown(old: str, new: str) -> int:
    """Return 1 when a bound has grown, -1 when it has shrunk, 0 when one cannot tell."""
    one, two = number(old.lstrip("-")), number(new.lstrip("-"))
    if one is not None and two is not None:
        one, two = (-one if old.startswith("-") else one), (-two if new.startswith("-") else two)
        return (two > one) - (two < one)
    old, new = (side[1:-1] if _BRACKETED.fullmatch(side) else side for side in (old, new))
    for long, short, sign in ((new, old, 1), (old, new, -1)):
        rest = long.removeprefix(short)
        if short and rest != long:
            rest = rest.lstrip()
            off = rest[:1] in {"*", "/"} and _TAKEN_OFF.search(short)  # more of what is taken off is less
            grown = -sign if off else sign
            return grown if _MORE.match(rest) else -grown if _LESS.match(rest) else 0
    return 0


def _within(news: list[Atom], gained: list[Atom], old_joins: list[str], joins: list[str]) -> bool:
    """Tell whether all that is new is only asked for besides what was, as in `old && !(new && new)`."""
    if len(joins) != len(news) - 1:
        return False
    fresh = [any(new is one for one in gained) for new in news]
    edges = [join for join, one, two in zip(joins, fresh, fresh[1:], strict=False) if one != two]
    known = [join for join, one, two in zip(joins, fresh, fresh[1:], strict=False) if not (one or two)]
    if known.count("||") > old_joins.count("||"):
        return False  # what had to hold together may hold by itself, too
    return bool(edges) and set(edges) == {"&&"}


def _joints(
    lost: list[Atom], gained: list[Atom], old_joins: list[str], new_joins: list[str], *, turned: bool
) -> Iterator[Weak]:
    """Yield what asks for less; joins are those of what must hold to pass, the code's own when not turned."""
    before, after = Counter(old_joins), Counter(new_joins)
    if lost and not gained and after["&&"] < before["&&"] and after["||"] <= before["||"]:
        for atom in lost:
            yield Weak("atom", atom.text, "")
    elif gained and not lost and after["||"] > before["||"] and after["&&"] >= before["&&"]:
        for atom in gained:
            yield Weak("joint", "", atom.text)
    elif not gained and not lost and after["||"] > before["||"] and after["&&"] < before["&&"]:
        yield Weak("joint", "||", "&&") if turned else Weak("joint", "&&", "||")
    elif gained and _opened_up(old_joins, new_joins) and len(new_joins) >= len(gained):
        yield Weak("joint", lost[0].text if lost else "", gained[0].text)  # `a && b` that became `a || c`
    elif lost and len(gained) == len(lost) and all(_always(atom) for atom in gained):
        yield Weak("atom", lost[0].text, gained[0].text)


def _opened_up(old_joins: list[str], new_joins: list[str]) -> bool:
    """Tell whether all had to hold and one of them is enough now."""
    return set(old_joins) == {"&&"} and set(new_joins) == {"||"}


def _always(atom: Atom) -> bool:
    return atom.op == "truth" and atom.left in {"1", "true", "True", "TRUE"} and atom.holds


def guards(statement: Statement) -> list[str]:
    """Return the names of calls whose result a statement decides on."""
    return [test.call or test.via for test in statement.tests if test.call or (test.via and named(test.via, "guard"))]
