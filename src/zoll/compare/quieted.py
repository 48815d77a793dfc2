"""What a function no longer reports: a log call put under a new condition, left out by an early leaving, or lowered."""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import atoms, body, ends
from zoll.compare.marks import marks
from zoll.compare.returned import outcome
from zoll.compare.strength import about, says, words_of
from zoll.compare.view import View, last
from zoll.compare.weakening import Weakening
from zoll.model import Fact
from zoll.parse.code import Call, Statement

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
# Functions of projects' own that write log lines are named so; these words only end like it.
_LOGS = re.compile(r"(?:[a-z]{1,8}_?)?log(?:p|f|msg|_?event|_?message|_?auth)?|LOG[A-Z]{0,4}|v?syslog|audit\w{0,20}")
_NO_LOG = re.compile(
    r"\w*(?:dialog|catalog|blog|prolog|epilog|backlog|analog|changelog|get_?log|is_?log|if_reached|if_fail|check_level|to_?log_?form)",
    re.IGNORECASE,
)
_RANKS = {
    **dict.fromkeys(("emerg", "alert", "crit", "critical", "fatal", "err", "error", "exception", "audit"), 1),
    **dict.fromkeys(("warn", "warning", "notice"), 2),
    **dict.fromkeys(("info", "verbose"), 3),
    **dict.fromkeys(("debug", "dbg", "trace", "finest"), 4),
}
_FORMATS = re.compile(r"(?i)printf|write|puts|format|append|print|log|emit")
_CLEANS = re.compile(r"(?i)free|close|clear|clean|cleanse|unlock|memset|bzero|destroy|release")
_WHO = re.compile(r"(?i)(?:access|audit|security|auth)_?log(?:ger)?\Z")
# What holds who did what, and how something is put down in it.
_BOOK = re.compile(r"(?i)(?:m_|_)?(?:audit|event_?log|journal)")
_BOOKS = re.compile(r"(?i)(?:record|write|append|add|emit|put|store|log|event|entry)(?:_?\w{0,12})")
_TEXTS = frozenset({"string", "regex"})
# What a function does with a log that only looks after it, and writes no line: `open_log`, `rotate_logs`.
_TENDS = frozenset(
    {"open", "close", "reopen", "rotate", "init", "setup", "flush", "free", "find", "read", "parse", "start", "stop"}
)
_SPEAKING = frozenset({"verbose", "debug", "quiet", "silent", "dbg", "loglevel", "level", "enabled", "isenabledfor"})
_NEAR = 60


def quieted(view: View, name: str = "") -> Iterator[Weakening]:
    """Yield what is newly kept from the log; `name` is the function's own, which may say that logging is its work."""
    for index, run in enumerate(view.runs):
        for two in view.inserted(index):
            statement = view.sides[1][two]
            if statement.kind == "condition" and statement.word not in _LOOPS and not _of_level(statement):
                yield from _under(view, index, two, name)
        for place, other in run.pairs[:400]:
            yield from _left_out(view, index, place, other)
    yield from _lowered(view)


def _under(view: View, index: int, two: int, name: str) -> Iterator[Weakening]:
    new = view.sides[1]
    gated = [
        other
        for other in view.under.get(two, ())
        if _reports(new[other])
        and _deeper(view, other, view.back[other])
        and not _reports_otherwise(new, two, new[other].branch)
    ]
    if gated and (not view.compiled or _about_the_log(view, two, gated)):
        yield _said(index, "gated", new[two], new[gated[0]])
    own = body(new, two)
    if gated or not own or not ends(own[-1]) or any(_reports(one) or one.kind == "throw" for one in own):
        return
    if view.compiled and (
        _joined(view, two, own) or any(not _CLEANS.search(call.name) for one in own for call in one.calls)
    ):
        return  # one more case, or the same ones in another order
    after = [
        other
        for other in range(two + 1, min(two + _NEAR, len(new)))
        if other in view.back and new[other].within == new[two].within and new[other].branch == new[two].branch
    ]
    logs = [other for other in after if _reports(new[other])]
    if logs and not any(_logs(new[other]) for other in logs) and _fails(own[-1]):
        return  # a call that fails is booked nowhere
    if _writes_as(own, [new[other] for other in after]):
        return
    if logs and (_logging(name) or 2 * len(logs) >= len([other for other in after if new[other].calls])):
        yield _said(index, "skipped", new[two], new[logs[0]])
    elif _logging(name) and after:
        yield _said(index, "skipped", new[two], new[two])


def _fails(one: Statement) -> bool:
    value = one.value.strip()
    return one.word == "goto" or value.startswith("-") or outcome(value) == "failure"


def _about_the_log(view: View, two: int, gated: Sequence[int]) -> bool:
    """Say whether a condition of machine code is there for log lines: one before all that follows encloses it all."""
    new = view.sides[1]
    return 2 * len(gated) >= sum(bool(new[other].calls) for other in view.under.get(two, ()))


def _joined(view: View, two: int, own: Sequence[Statement]) -> bool:
    """Say whether a condition leaves as another that stayed does: machine code has a condition for each part of one."""
    new = view.sides[1]
    alike = [other for other in view.back if new[other].within == new[two].within and new[other].kind == "condition"]
    texts = [one.text for one in own]
    return any([one.text for one in body(new, other)] == texts for other in alike)


def _left_out(view: View, index: int, place: int, other: int) -> Iterator[Weakening]:
    """Yield a condition that only decides about log lines, and that leaves out what one more fixed text stands for."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or one.text == two.text or {one.word, two.word} & _LOOPS:
        return
    (olds, _), (news, joins) = atoms(one, rejecting=False), atoms(two, rejecting=False)
    before, after = {old.key for old in olds}, {new.key for new in news}
    texts = [new for new in news if new.key not in before and new.test.literal and new.test.literal.kind in _TEXTS]
    if not before < after or not texts or set(joins) != {"&&"} or len(joins) != len(news) - 1:
        return
    if any(word in _SPEAKING or word.endswith("level") for new in texts for word in words_of(new.text[:200])):
        return
    lines = [view.sides[1][under] for under in view.under.get(other, ()) if view.sides[1][under].branch != "else"]
    logs = [line for line in lines if _reports(line)]
    if logs and 2 * len(logs) > len([line for line in lines if line.calls]):
        yield _said(index, "gated", two, logs[0])


def _writes_as(own: Sequence[Statement], after: Sequence[Statement]) -> bool:
    """Say whether what leaves early writes by the same call as what it leaves out: another line, not none."""
    calls = {call.name for one in own for call in one.calls if call.args}
    return any(call.name in calls for one in after for call in one.calls if _FORMATS.search(call.name))


def _reports_otherwise(new: Sequence[Statement], two: int, branch: str) -> bool:
    """Say whether another branch of a condition reports as well: then the log tells more and not less."""
    return any(one.within == two and one.branch != branch and _reports(one) for one in new[two + 1 : two + _NEAR])


def _deeper(view: View, now: int, before: int) -> bool:
    """Say whether a statement stands under more conditions than it did: one that took another's place adds none."""
    return _depth(view.sides[1], now) > _depth(view.sides[0], before)


def _depth(side: Sequence[Statement], index: int) -> int:
    """Count the conditions that a statement stands under; the end of a chain of `else if` stands under two."""
    depth = 0
    while (above := side[index].within) >= 0:
        if side[above].kind == "condition" and side[above].word not in _LOOPS:
            depth += not (side[index].branch == "else" and _linked(side, above) and _linked(side, side[above].within))
        index = above
    return depth


def _linked(side: Sequence[Statement], index: int) -> bool:
    """Say whether a condition is all that stands on the other side of another one."""
    above = side[index].within
    if side[index].branch != "else" or above < 0 or side[above].kind != "condition":
        return False
    between = side[max(above + 1, index - _NEAR) : index]
    return not any(one.within == above and one.branch == "else" for one in between)


def _lowered(view: View) -> Iterator[Weakening]:
    for index, run in enumerate(view.runs):
        for one, two in run.pairs[:400]:
            old, new = view.sides[0][one], view.sides[1][two]
            before, after = _rank(old), _rank(new)
            if 0 < before <= 2 < after and after == 4 and not _still_said(view, index, before):
                yield _said(index, "lowered", new, new)


def regraded(view: View, index: int, place: int, other: int) -> bool:
    """Tell whether a log line differs in its level alone, and the log at the old level says no less.

    Of `error("%s", e)` that became `error("not verified")` and `debug("%s", e)` the second is no other call.
    """
    old, new = view.sides[0][place], view.sides[1][other]
    before, after = _rank(old), _rank(new)
    if not before or not after or [call.args for call in old.calls] != [call.args for call in new.calls]:
        return False
    return after <= before or _still_said(view, index, before)


def _still_said(view: View, index: int, rank: int) -> bool:
    """Say whether a run gained a line at the level of one that it lowered: the details alone are now for debugging."""
    return any(0 < _rank(view.sides[1][two]) <= rank for two in view.inserted(index))


def _rank(statement: Statement) -> int:
    """Return the level at which a statement reports, 1 the gravest; 0 where it does not say."""
    for call in statement.calls:
        pieces = [last(call.name), *call.args[:2]]
        if call.args and (_is_log(call) or says(call.name, "log")):
            ranks = [_RANKS[word] for piece in pieces if len(piece) < 40 for word in words_of(piece) if word in _RANKS]
            if ranks:
                return min(ranks)
    return 0


def _reports(statement: Statement) -> bool:
    """Say whether a statement writes to a log, or books what somebody will pay for."""
    return _logs(statement) or any(says(last(call.name), "books") for call in statement.calls)


def _logs(statement: Statement) -> bool:
    return any(_is_log(call) for call in statement.calls) and _rank(statement) < 4


def _is_log(call: Call) -> bool:
    name = last(call.name)
    if name.lower() in _RANKS and _WHO.search(call.name.rpartition(".")[0]):
        return True  # who asked for what is told at the level of mere information
    if _NO_LOG.fullmatch(name) or says(name, "noisy"):
        return False
    if _LOGS.fullmatch(name) or says(name, "log"):
        return True
    holder = call.name.split(".")[:-1][-1:]
    if any(map(_BOOK.match, holder)) and _BOOKS.fullmatch(name):
        return True
    return any(says(part, "log") for part in holder) and name.lower() in _RANKS


def _logging(name: str) -> bool:
    """Say whether a function's name says that logging is its work."""
    own = last(name)
    return _TENDS.isdisjoint(words_of(own)) and (
        bool(_LOGS.search(own)) and not _NO_LOG.search(own) and any(w.endswith(("log", "audit")) for w in words_of(own))
    )


def _of_level(statement: Statement) -> bool:
    """Say whether a condition only asks how much is to be said."""
    return any(word in _SPEAKING or word.endswith("level") for word in words_of(statement.text[:200]))


def _said(index: int, how: str, condition: Statement, log: Statement) -> Weakening:
    call = next((call.name for call in log.calls), "")
    traits = {"how": how, "call": call, "about": about(condition.text[:300])}
    value = "log" if log is condition or _logs(log) or how == "lowered" else "record"
    return Weakening(index, Fact("suppressed", value, marks(traits)), condition.line, condition.text[:280])
