"""Which of two things of one kind is meant: names, fields, constants or arguments that were exchanged for each other.

A renaming takes the old name away; here both are still spoken of.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from zoll.compare.alteration import MOST_TOKENS, TOKEN
from zoll.compare.marks import marks
from zoll.compare.strength import about, says, table, words_of
from zoll.compare.view import View
from zoll.compare.weakening import Weakening
from zoll.model import Fact
from zoll.parse.code import Statement
from zoll.parse.spacing import one_quote

_NAMES = frozenset({"name", "constant"})
_MOST = 2
_SHOWN = 60
_LEVEL = re.compile(r"(?:LOGL?|LOG_LEVEL|LEVEL|EXIT|CLOCK|DEBUG|LL|MSG)_")  # how loud, or which way of telling the same
_TYPE = re.compile(r"_t$|^(?:u?int|float|[iu]|f)\d{1,3}$|^(?:[US]?Int|Float|Array|Vec)\d{0,3}\w{0,5}$")
# Calls to which it is all the same in which place an argument stands.
_EVEN = re.compile(r"(?i)(?:cmp|equals?|eq|compare\w*|min|max|join|union|concat|swap|xor|add|assert\w*|mul\w*)$")
_TELLS = re.compile(r"(?i)(?:error|exception|warn(?:ing)?|fatal|panic|print)f?\Z")  # words for people
_IDS = re.compile(r"(?:\w{1,8}_)?[ers]?[ug]id")
_PARAM = re.compile(r"[(,]\s?(?:const\s)?((?:struct\s)?\w+\s?\*)\s?(?<!char \*)(?<!char\*)(?<!void \*)(\w+)(?=\s?[,)])")
_SHORT = 2
_SEVERAL = 6
_BY_NAME = re.compile(r"\w{1,60}\s?(?:=(?![=>])|:(?!:))")
_FIELDS = 40
_GUARDED = frozenset({"password", "key", "token", "user", "host"})
_FIELD = re.compile(r"(?<![\w?])([A-Za-z_]\w{0,60})[\"']?\s?[:=]\s?(&?[A-Za-z_$@][\w.$@>\[\]-]{0,80})(?=\s?[,)}])")
_REASONS = frozenset({"reason", "reasons", "why", "cause", "errno", "ede", "alert"})
_WELL = frozenset({"ok", "okay", "none", "no", "success", "good", "valid", "accepted", "noerror", "not"})
_LATELY: deque[tuple[Sequence[str], str]] = deque(maxlen=2)  # lines of the two files that were asked last, as a text
_QUIET = frozenset({"import", "label", "directive", "other"})


Span = tuple[str, str, str]


class Exchange(Struct, frozen=True):
    """One thing taken for another: `kind` opposites, kin, constants, fields, arguments."""

    kind: str
    old: str
    new: str


def exchanges(view: View) -> Iterator[Weakening]:
    """Yield what was exchanged in the statements that stand for each other."""
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:200]:
            one, two = view.sides[0][place], view.sides[1][other]
            if one.kind in _QUIET or two.kind != one.kind or max(len(one.text), len(two.text)) > 1500:
                continue
            if two.word == "function" and not _turned(one, two):
                continue  # what a parameter or a result is declared as
            found = _exchanged(one, two, view)
            if found:
                subject = about(f"{found.old} {found.new}") or about(two.text[:300])
                fact = Fact(
                    "exchanged", found.kind, marks({"old": found.old, "new": found.new, "about": subject}, _SHOWN)
                )
                yield Weakening(index, fact, two.line, f"{one.text[:140]} -> {two.text[:140]}")


def _exchanged(one: Statement, two: Statement, view: View) -> Exchange | None:
    turned = _turned(one, two)
    if turned:
        return turned
    spans = _spans(one, two)
    if two.kind == "assign" and _tells_why(two.target, spans):
        return None
    kinds = {_kind(*span, view) for span in spans}
    if not spans or len(spans) > _MOST or "" in kinds or len({span[:2] for span in spans}) > 1:
        return None
    return Exchange(min(kinds), *spans[0][:2])


def _tells_why(target: str, spans: Sequence[Span]) -> bool:
    """Tell whether one reason of a failure took another's place: what went wrong goes wrong as before."""
    of_reason = not _REASONS.isdisjoint(words_of(target)[-2:])
    both = [name for old, new, _ in spans for name in (old, new)]
    return of_reason and bool(both) and all(name.isupper() and _WELL.isdisjoint(words_of(name)) for name in both)


def _turned(one: Statement, two: Statement) -> Exchange | None:
    """Return two arguments of one call that changed places."""
    for old, new in zip(one.calls, two.calls, strict=False):
        even = _EVEN.search(old.name) or says(old.name, "log") or says(old.name, "noisy") or _TELLS.search(old.name)
        if old.name == new.name and not even and len(old.args) == len(new.args) and old.args != new.args:
            moved = [pair for pair in zip(old.args, new.args, strict=True) if pair[0] != pair[1]]
            if all(_BY_NAME.match(argument) for pair in moved for argument in pair):
                continue  # `f(a=1, b=2)` is `f(b=2, a=1)`
            if len(moved) == _SHORT and moved[0] == moved[1][::-1]:
                return Exchange("arguments", ", ".join(old.args), ", ".join(new.args))
            if _SHORT < len(moved) <= _SEVERAL and _reordered(moved):
                return Exchange("arguments", ", ".join(old.args), ", ".join(new.args))
    return _named_otherwise(one, two)


def _reordered(moved: Sequence[tuple[str, str]]) -> bool:
    """Tell whether arguments, of which one is a secret or somebody, took each other's places in pairs.

    Where only one of them stands elsewhere, and the others moved up, the callee takes them so now.
    """
    apart = set(moved)
    return (
        len(apart) == len(moved)
        and apart == {pair[::-1] for pair in moved}
        and any(about(old) in _GUARDED for old, _ in moved)
    )


def _named_otherwise(one: Statement, two: Statement) -> Exchange | None:
    """Return two values that changed places under the names of what they are for: `{own: a, peer: b}`."""
    if one.text.count(",") > _FIELDS or not _FIELD.search(one.text):
        return None
    mine, theirs = (_FIELD.findall(side.text) for side in (one, two))
    if [name for name, _ in mine] != [name for name, _ in theirs]:
        return None
    moved = [(old, new) for old, new in zip(mine, theirs, strict=True) if old != new]
    if len(moved) != _SHORT or moved[0][0][1] != moved[1][1][1] or moved[0][1][1] != moved[1][0][1]:
        return None
    before, after = (", ".join(": ".join(pair[side]) for pair in moved) for side in (0, 1))
    return Exchange("arguments", before, after) if about(before) in _GUARDED else None


def _spans(one: Statement, two: Statement) -> list[Span]:
    """Return each name that took the place of another, and what stands before (a blank behind: it is called)."""
    olds, news = (
        [(found.lastgroup, found[0]) for found in TOKEN.finditer(one_quote(side.text))] for side in (one, two)
    )
    if not 0 < len(olds) == len(news) <= MOST_TOKENS:
        return []
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a != 1 or d - c != 1 or not {olds[a][0], news[c][0]} <= _NAMES:
            return []
        before = "".join(word for _, word in olds[max(0, a - 3) : a]) + " " * (news[c + 1 : c + 2] == [("mark", "(")])
        found.append((olds[a][1], news[c][1], before))
    return found


def _kind(old: str, new: str, before: str, view: View) -> str:
    """Return in which way two names are of one kind, "" for none; both must have been spoken of and still be."""
    if min(len(old), len(new)) < _SHORT:
        return ""
    kind = _alike(old, new, before)
    if not kind and _of_one_type(view, old, new):
        return "kin"
    if kind == "opposites" and before.endswith((".", "->")) and _IDS.fullmatch(old) and _IDS.fullmatch(new):
        return kind  # both are fields of the same thing, which need not be spoken of elsewhere
    near = kind == "kin" or (kind == "opposites" and not old.isupper())
    return kind if kind and _speaks(view, 1, old, near=near) and _speaks(view, 0, new, near=near) else ""


def _of_one_type(view: View, old: str, new: str) -> bool:
    """Tell whether two names are parameters of one type of a function of C, and no plain numbers or texts."""
    heads = [side[0].text[:600] if side and side[0].word == "function" else "" for side in view.sides]
    if view.language not in ("c", "cpp") or heads[0] != heads[1]:
        return False
    types = _types(heads[1])
    return old in types and types[old] == types.get(new)


@lru_cache(maxsize=1024)
def _types(head: str) -> dict[str, str]:
    """Return the types of a function's parameters that point to a thing, by name."""
    return {name: kind for kind, name in _PARAM.findall(head)}


def _alike(old: str, new: str, before: str) -> str:
    """Return what two names have in common, "" for nothing."""
    mine, theirs = words_of(old), words_of(new)
    if old.lower() == new.lower() or _LEVEL.match(old) or (_TYPE.search(old) and _TYPE.search(new)):
        return ""
    apart = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    if len(mine) == len(theirs) and len(apart) == 1 and _opposed(*apart[0]):
        return "opposites"
    if before.endswith(" ") or old in new or new in old:  # of calls and of names told more fully, only two sides
        return ""
    if old.isupper() and new.isupper() and mine[:1] == theirs[:1]:
        return "constants"
    if before.endswith("::") or (before.endswith(".") and before[-2:-1].isalnum()):
        titled = old[:1].isupper() and new[:1].isupper()
        return "constants" if titled else "fields" if before.endswith(".") else ""
    if before.endswith("->"):
        return "fields"
    return "kin" if len(mine) == len(theirs) > 1 and len(apart) == 1 else ""


def _speaks(view: View, side: int, word: str, *, near: bool) -> bool:
    """Tell whether the function of a side has a word, or its file unless the word must be `near`."""
    word = word.lstrip("@")
    if word in view.words[side]:
        return True
    whole = "" if near else _whole(view.lines[side])
    return word in whole and re.search(rf"(?<![\w$]){re.escape(word)}(?![\w$])", whole) is not None


def _whole(lines: Sequence[str]) -> str:
    """Return a file's text, joined once for all its functions."""
    known = next((text for of, text in _LATELY if of is lines), None)
    if known is None:
        known = "\n".join(lines)
        _LATELY.append((lines, known))
    return known


@lru_cache(maxsize=4096)
def _opposed(one: str, two: str) -> bool:
    """Tell whether two words stand for the two sides of something."""
    return any({one, two} <= set(pair.split("/")) for pair in table().words["opposites"])
