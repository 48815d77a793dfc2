"""Counts of failed tries that are kept no more: who guesses is never locked out.

`s->tries++` that is gone, stands only behind the way out that a wrong password takes, is made in one case only or taken
modulo something; and a count that is set back before anything was checked.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from zoll.compare.atoms import body, ends
from zoll.compare.conditions import Weak
from zoll.compare.strength import words_of
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_HINTS = ("tries", "attempt", "fail", "strike", "tally", "wrong", "bad", "invalid", "lock", "ban")
_PATH = r"[$@*&]{0,2}[A-Za-z_]\w{0,60}(?:(?:\.|->|::|\?\.)[$@]?\w{1,60}|\[[^\[\]]{1,60}\]){0,6}"
_STEP = re.compile(rf"\+\+\s?\(?(?P<before>{_PATH})|(?P<behind>{_PATH})\)?\s?(?:\+\+|\+=)")
_ONE_MORE = re.compile(rf"\(?({_PATH})\s?\+\s?1\)?")
_SELF = re.compile(r"^[$@*&]{0,3}(?:(?:self|this)(?:\.|->))?[$@]?")
_WRAPS = re.compile(r"[%&]")
_TRIES = ("fail", "attempt", "tries", "strike", "tally", "badpw", "badlog", "badpass")
_WRONG = frozenset({"bad", "wrong", "invalid", "denied", "incorrect"})
_OF_WHAT = frozenset(
    {"count", "counter", "counts", "cnt", "num", "number", "pwd", "pw", "password", "passwords", "pin", "pins", "login"}
    | {"logins", "auth", "auths", "guess", "guesses", "otp", "logons", "logon"}
)
_LOCKS = frozenset({"lock", "locked", "lockout", "ban", "banned", "block", "blocked"})
_WHOM = frozenset(
    {"account", "user", "until", "login", "ip", "client", "peer", "out", "source", "logins", "lockout", "address"}
)
_RAISES = frozenset(
    {"increment", "incr", "increase", "inc", "bump", "record", "register", "count", "add", "note", "tick", "raise"}
    | {"incremented", "track", "store", "remember", "save", "update", "log", "get"}
)
_CLEARS = frozenset({"reset", "clear", "forget", "zero", "delete", "del", "unset", "remove"})
_AGAIN = frozenset({"retry", "retries", "reconnect", "resend", "retransmit"})
# A function that by its name keeps guessers out needs to say no more of what it counts.
_THROTTLES = re.compile(
    r"(?i)throttl\w*\s?\(|(?:rate_?limit|lock_?out|brute)\w*\s?\(|(?:login|auth|logon)_?(?:fail|limit|attempt)\w*\s?\(|throttl\w{0,20}(?:login|auth)"
)
_COUNTS = frozenset({("count",), ("counter",), ("cnt",), ("hits",), ("num",)})
_MEASURED = re.compile(r"(?i)metric|stats?\b|statist|prom|telemetr|monitor|histogram|gauge|span|test")
_OF_PEOPLE = re.compile(
    r"(?i)passw|login|logon|auth|lock_?out|account|\bpin\b|_pin\b|otp|\bban|credential|throttl|brute|pwd"
)
_ASKS = re.compile(r"(?i)passw|verif|check|auth|valid|match|cmp|compare|equal|login|otp|pin\b|lock|secret|credential")
_UP = re.compile(r"\+\+|\+=|\+\s?1\b")
_NOUGHT = frozenset({"0", "0u", "0U", "0L", "0UL", "nil", "None", "null", "NULL", "[]", "{}"})


_MOST = 20  # counts of one function that are looked at


class _Count(Struct, frozen=True):
    """Where something is counted: the statement's index, what it is called, whether it outlasts the function."""

    index: int
    name: str
    lasting: bool
    called: bool = False


def uncounted(view: View) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield the run, the weakening and both statements, where failed tries are not counted as they were."""
    if view.compiled or not (olds := list(_raised(view.sides[0]))) or not _of_people(view):
        return
    news = list(_raised(view.sides[1]))
    for old in olds[:_MOST]:
        same = [new for new in news if new.name == old.name]
        if len(same) == 1 and sum(each.name == old.name for each in olds) == 1:
            yield from _otherwise(view, old, same[0])
        elif not same and (run := _run_of(view, 0, old.index)) >= 0:
            yield from _no_more(view, run, old, len(news) >= len(olds))
    before = {each.index for each in _set_back(view.sides[0])}
    for new in [*_set_back(view.sides[1])][:_MOST]:
        run = _run_of(view, 1, new.index)
        if run >= 0 and new.lasting and _unchecked(view, new.index, before):
            two = view.sides[1][new.index]
            yield run, Weak("tally", "", two.text, how="recounts"), two, two


def _of_people(view: View) -> bool:
    """Tell whether a function speaks of who logs in: other things are tried as well, and fail."""
    return _OF_PEOPLE.search(" ".join(view.words[0])) is not None


def _raised(side: Sequence[Statement]) -> Iterator[_Count]:
    """Yield where a count of tries goes up, or a lock-out is laid on."""
    throttles = bool(side) and side[0].word == "function" and bool(_THROTTLES.search(side[0].text[:200]))
    for index, one in enumerate(side):
        if one.word == "function" or not (throttles or _hinted(one.text)):
            continue
        path = _stepped(one)
        counts = throttles and bool(path) and _lasts(path) and words_of(path)[-1:] in _COUNTS
        if path and (counts or tries(path) or _locks(path)):
            yield _Count(index, _key(path), _lasts(path))
            continue
        for call in one.calls:
            own = words_of(last(call.name))
            told = f"{call.name} {' '.join(call.args[:2])}"
            kept = next((found for arg in call.args[:4] if (found := _ONE_MORE.fullmatch(arg.strip()))), None)
            if kept and tries(kept[1]):  # `cache.set(name, fails + 1)`
                yield _Count(index, _key(kept[1]), lasting=True, called=True)
                continue
            if not _RAISES.isdisjoint(own) and tries(told) and not _MEASURED.search(told):
                yield _Count(index, _key(last(call.name)), lasting=True, called=True)


def _hinted(text: str) -> bool:
    """Say whether a text has a word of tries or of locking somebody out: most have none."""
    return any(map(text.lower().__contains__, _HINTS))


def _stepped(one: Statement) -> str:
    """Return the path of what a statement counts up or locks, "" for nothing."""
    if one.kind == "assign" and one.target:
        flat, value = "".join(one.target.split()), "".join(one.value.split())
        if one.operator == "+=" or _one_more(value, flat) or _one_more(value.removeprefix("("), flat):
            return flat
        return flat if _locks(flat) and value not in _NOUGHT | {"false", "False", "FALSE"} else ""
    found = _STEP.search(one.text) if "++" in one.text or "+=" in one.text else None
    return "".join((found["before"] or found["behind"]).split()) if found else ""


def _one_more(value: str, path: str) -> bool:
    """Tell whether a value begins with a path and a plus, or is a digit, a plus and the path."""
    behind = value[len(path) :] if value.startswith(path) else ""
    return behind.startswith(("+", ")+")) or (value[:1].isdecimal() and value[1:] == f"+{path}")


def _set_back(side: Sequence[Statement]) -> Iterator[_Count]:
    """Yield where a count of tries is set to nought."""
    for index, one in enumerate(side):
        if one.word == "function" or not _hinted(one.text):
            continue
        if one.kind == "assign" and one.operator in {"", "="} and one.value.strip() in _NOUGHT and tries(one.target):
            yield _Count(index, _key(one.target), _lasts(one.target))
        for call in one.calls:
            if not _CLEARS.isdisjoint(words_of(last(call.name))) and tries(last(call.name)):
                yield _Count(index, _key(last(call.name)), lasting=True, called=True)


def tries(name: str) -> bool:
    """Tell whether what is so called counts tries that failed.

    >>> tries("u->failedLogins"), tries("bad_pw_count"), tries("self.attempts[user]"), tries("retries"), tries("bad")
    (True, True, True, False, False)
    """
    own = words_of(name)
    if not _AGAIN.isdisjoint(own):
        return False
    wrong = not _WRONG.isdisjoint(own) and not _OF_WHAT.isdisjoint(own)
    return wrong or any(word.startswith(_TRIES) for word in own)


def _locks(name: str) -> bool:
    own = frozenset(words_of(name))
    return bool(own & _LOCKS) and bool(own & _WHOM)


def _key(path: str) -> str:
    return _SELF.sub("", "".join(path.split()))


def _lasts(path: str) -> bool:
    """Tell whether a path leads into something that stays when the function is left."""
    return any(mark in path for mark in (".", "->", "[", "::", "@"))


def _otherwise(view: View, old: _Count, new: _Count) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield how one count goes up otherwise: taken modulo, only in one case, only where a check already let in."""
    one, two = view.sides[0][old.index], view.sides[1][new.index]
    if two.kind == "assign" and _WRAPS.search(two.value) and not _WRAPS.search(one.value):
        how, at = "counts-part", new.index
    elif _in_a_case(view, old, new):
        how, at = "counts-some", two.within
    elif _past_a_check(view, old, new):
        how, at = "counts-late", new.index
    else:
        return
    run = _run_of(view, 1, at)
    if run >= 0:
        words = view.sides[1][at].text if how == "counts-some" else two.text
        yield run, Weak("tally", one.text, words, how=how), one, two


def _in_a_case(view: View, old: _Count, new: _Count) -> bool:
    """Tell whether a new condition stands around what was counted outside of it."""
    one, two = view.sides[0][old.index], view.sides[1][new.index]
    around = two.within
    if around < 0 or around in view.back or view.sides[1][around].kind != "condition":
        return False
    if tries(view.sides[1][around].text):  # it counts as far as it needs to
        return False
    return view.sides[1][around].within == view.partner.get(one.within, -1)


def _past_a_check(view: View, old: _Count, new: _Count) -> bool:
    """Tell whether what was counted before a check that refuses is counted only behind it now."""
    home = view.sides[1][new.index].within
    return any(
        old.index < at and view.partner.get(at, new.index) < new.index
        for at in _checks(view.sides[0])
        if at in view.partner and view.sides[1][view.partner[at]].within == home
    )


def _no_more(view: View, run: int, old: _Count, taken_over: bool) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield what is counted up no more, though it is still asked how high it is."""
    one = view.sides[0][old.index]
    other = _other_form(view, run, old)
    if other:
        yield run, Weak("tally", one.text, other.text, how="counts-part"), one, other
        return
    if _written_as_it_was(view, old):
        yield run, Weak("tally", one.text, "", how="uncounted"), one, one
        return
    if taken_over or any(_takes_over(view.sides[1][at]) for at in view.inserted(run)):
        return
    if not _still_asked(view, run, old):
        return
    yield run, Weak("tally", one.text, "", how="uncounted"), one, one


def _other_form(view: View, run: int, old: _Count) -> Statement | None:
    """Return what sets a count to part of itself where it went up."""
    for at in range(*view.runs[run].new):
        two = view.sides[1][at]
        if two.kind == "assign" and _key(two.target) == old.name and _WRAPS.search(two.operator + two.value):
            return two
    return None


def _written_as_it_was(view: View, old: _Count) -> bool:
    """Tell whether a call still writes a count, without the one that it added: `cache.set(name, fails)`."""
    partner = view.partner.get(old.index)
    calls = view.sides[1][partner].calls if partner is not None and old.called else ()
    return any(_key(arg.strip()) == old.name for call in calls for arg in call.args)


def _takes_over(two: Statement) -> bool:
    """Tell whether a new call may count in place of what went."""
    return any(_hinted(call.name) or not _RAISES.isdisjoint(words_of(last(call.name))) for call in two.calls)


def _still_asked(view: View, run: int, old: _Count) -> bool:
    """Tell whether the new file still speaks of a count, and raises it less often than the old one.

    Of a call only that it is gone can be seen: nothing may stand in its place then.
    """
    name = re.findall(r"[A-Za-z_]\w*", old.name.split("[")[0] or old.name)[-1:]
    if not name:
        return False
    word = re.compile(rf"(?<!\w){re.escape(name[0])}(?!\w)")
    if old.called:
        instead = any(view.sides[1][at].calls for at in range(*view.runs[run].new))
        return not instead and not any(word.search(line) for line in view.lines[1])
    if not any(view.lines):
        return any(word.search(test.left) or word.search(test.right) for one in view.sides[1] for test in one.tests)
    spoken = [[line for line in side if name[0] in line and word.search(line)] for side in view.lines]
    before, after = (sum(bool(_UP.search(line)) or "(" in line for line in side) for side in spoken)
    return bool(spoken[1]) and after < before


def _unchecked(view: View, index: int, before: set[int]) -> bool:
    """Tell whether a count is set back ahead of a check, in its block, that was made before any such thing."""
    here, first = view.sides[1][index].within, min(before, default=len(view.sides[0]))
    return any(
        at < first and view.partner.get(at, -1) > index and view.sides[1][view.partner[at]].within == here
        for at in _checks(view.sides[0])
    )


def _checks(side: Sequence[Statement]) -> Iterator[int]:
    """Yield the conditions that ask for a secret or who somebody is, and leave."""
    for index, one in enumerate(side):
        if one.kind == "condition" and _ASKS.search(one.text) and any(ends(each) for each in body(side, index)):
            yield index


def _run_of(view: View, side: int, index: int) -> int:
    """Return the run that a statement stands in, -1 for none."""
    spans = ((run.old, run.new)[side] for run in view.runs)
    return next((at for at, (start, end) in enumerate(spans) if start <= index < end), -1)
