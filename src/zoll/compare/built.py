"""What Rust's compiler takes into a program: an attribute that left something out and is gone, or is turned round.

A function under `#[cfg(debug_assertions)]` that lost its attribute is in every program; `cfg(not(feature = "x"))` that
became `cfg(feature = "x")` builds in just the cases in which it did not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from rapidfuzz.distance import Levenshtein

from zoll.compare.atoms import body
from zoll.compare.lost import Lost
from zoll.compare.statements import Run
from zoll.compare.strength import named
from zoll.compare.view import View
from zoll.parse.code import Statement

_CFG = re.compile(r"\s*#!?\[cfg\((.{1,300})\)\]\s*\Z", re.DOTALL)
_ASIDE = re.compile(
    r"(?:test|debug_assertions|fuzzing)\Z|feature=\"[^\"]*(?:test|debug|unsafe|insecure|mock|fuzz|dev)[^\"]*\"\Z"
)
_TOKEN = re.compile(r"\"[^\"]*\"|\w+|\S")
_OTHER = re.compile(r"\s*(?:#!?\[|//|\Z)")  # a further attribute, a remark or nothing
_CALLED = re.compile(r"\b(?:fn|mod|const|static|struct|impl|use)\s+(\w+)|\b(\w+)!?\s*\(")
_LOGIC = frozenset({"not", "any", "all", "(", ")", ","})
_ASKED = re.compile(r"#\s?(?:ifn?def\s|if\s!?defined\s?\(?)\s?([A-Z][A-Z0-9_]{5,80})\)?")
_LETTERS = 2  # that two names differ by, one of which is misspelt
_AFTER = 8
_MOST = 40  # in one run


def built(view: View) -> Iterator[Lost]:
    """Yield what is newly built, or no longer, where only its attribute changed."""
    stayed = set(view.kept.values())
    for index, run in enumerate(view.runs):
        if view.language in ("c", "cpp"):
            yield from _misspelt(view, index, run)
            continue
        for one, cfg in _attributes(view.sides[0][place] for place in range(*run.old) if place not in view.kept):
            yield from _of_item(view, index, one, cfg)
        for two, cfg in _attributes(view.sides[1][other] for other in range(*run.new) if other not in stayed):
            yield from _left_out(view, index, two, cfg)


def _misspelt(view: View, index: int, run: Run) -> Iterator[Lost]:
    """Yield a name that C's preprocessor is asked for, of which one or two letters are others: nobody defines that.

    What stands under it checks something. A name that the file speaks of elsewhere is none that was misspelt.
    """
    for place, other in run.pairs[:_MOST]:
        one, two = view.sides[0][place], view.sides[1][other]
        asked = _ASKED.fullmatch(one.text.strip()), _ASKED.fullmatch(two.text.strip())
        if one.kind != "directive" or not asked[0] or not asked[1]:
            continue
        old, new = asked[0][1], asked[1][1]
        near = old != new and old not in _parts(new) and Levenshtein.distance(old, new) <= _LETTERS
        known = re.compile(rf"(?<!\w){new}(?!\w)")
        if near and not any(map(known.search, view.lines[0])) and _checks_under(view, other):
            yield Lost(index, "guard", two.text, old, "misspelt", "", two.line)


def _parts(name: str) -> list[str]:
    return name.split("_")


def _checks_under(view: View, other: int) -> bool:
    """Tell whether a condition that leaves stands between a directive and the next one."""
    new = view.sides[1]
    for at in range(other + 1, min(other + 1 + _MOST, len(new))):
        if new[at].kind == "directive":
            return False
        if new[at].kind == "condition" and any(one.kind in {"return", "jump", "throw"} for one in body(new, at)):
            return True
    return False


def _attributes(side: Iterable[Statement]) -> Iterator[tuple[Statement, str]]:
    """Yield the attributes that say in which builds something is, the first of many."""
    found = ((one, _CFG.fullmatch(one.text)) for one in side if one.kind == "directive")
    yield from islice(((one, "".join(cfg[1].split())) for one, cfg in found if cfg), _MOST)


def _of_item(view: View, index: int, one: Statement, cfg: str) -> Iterator[Lost]:
    """Yield an attribute that is gone from what it stood on, or was turned round."""
    item = _item(view.lines[0], one.line)
    at = _only(view.lines[1], item)
    if at < 0 or _only(view.lines[0], item) < 0:
        return
    now = _attribute(view.lines[1], at)
    if not now and _ASIDE.match(cfg):
        yield Lost(index, "guard", one.text, f"#[cfg({cfg})]", "built", "", at + 1)
    elif now and now != cfg and _bare(now) == _bare(cfg):
        yield Lost(index, "guard", one.text, f"#[cfg({cfg})]", "inverted", "", at + 1)


def _left_out(view: View, index: int, two: Statement, cfg: str) -> Iterator[Lost]:
    """Yield a function that checks and is now in builds for tests or for finding faults alone."""
    item = _item(view.lines[1], two.line)
    at = _only(view.lines[0], item)
    called = _CALLED.search(item)
    checks = called is not None and named(called[1] or called[2], "guard")
    if checks and at >= 0 and _ASIDE.match(cfg) and not _attribute(view.lines[0], at):
        yield Lost(index, "check", two.text, "", "compiled", "", two.line)


def _item(lines: Sequence[str], line: int) -> str:
    """Return the line of what an attribute in a line stands on."""
    held = lines[line : line + _AFTER]
    return next((text.strip() for text in held if not _OTHER.match(text)), "")


def _only(lines: Sequence[str], item: str) -> int:
    """Return the index of the one line that says the same, -1 where none or several do."""
    if len(item) < 4:
        return -1
    found = [at for at, text in enumerate(lines) if text.strip() == item]
    return found[0] if len(found) == 1 else -1


def _attribute(lines: Sequence[str], at: int) -> str:
    """Return what the attributes above a line say of builds, "" for nothing."""
    held = lines[max(0, at - _AFTER) : at]
    for text in reversed(held):
        if not _OTHER.match(text):
            return ""
        if found := _CFG.fullmatch(text):
            return "".join(found[1].split())
    return ""


def _bare(cfg: str) -> list[str]:
    """Return what a condition of a build speaks of, without its logic."""
    return sorted(word for word in _TOKEN.findall(cfg) if word not in _LOGIC)
