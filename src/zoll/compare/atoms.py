"""Conditions as seen by whoever wants to pass: atoms without negation, turned round where the condition rejects."""

import re
from collections.abc import Sequence

from msgspec import Struct

from zoll.compare.returned import gives_up, outcome, said_by
from zoll.compare.strength import named, says
from zoll.parse.code import Statement, Test
from zoll.parse.refusals import asks_plainly, asks_to_refuse

_AGAINST = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_FIXED = re.compile(
    r"""^(?:["'].*|-?\d.*|[A-Z][A-Z0-9_]*|[Nn]one|null|nil|NULL|true|false|True|False|nullptr)$""", re.DOTALL
)
_ENDS = frozenset({"return", "throw", "jump"})
_LEAVES = frozenset({"break", "continue", "next", "last", "redo"})
# What does something and complains only where that fails: `system_or_error`, `findOrFail`.
_OR_ELSE = re.compile(r"(\w{1,80}?)(?:_or_[a-z]{3,8}|Or[A-Z][a-z]{2,7})\Z")
_TO_LOGIN = re.compile(
    r"(?i)\bredirect\w{0,12}\(.{0,80}\b(?:log_?in|sign_?in|sso)(?![a-z])|header\([\"']location:.{0,40}log_?in"
)
# What stands behind in a chain is asked to go on: `next.ServeHTTP(w, r)`, `chain.doFilter(request, response)`.
_GOES_ON = re.compile(
    r"(?i)(?:\w{1,40}\.){0,3}(?:next|(?:filter_?)?chain|(?:c|ctx|context)\.next)(?:\.(?:serve_?http|do_?filter|filter|handle|run|invoke|proceed))?\Z"
)
_TAKEN_BACK = re.compile(r"(?i)clear_?err(?:or)?s?\Z|err(?:or)?_?clear\Z")
_BODY = 24
_AGAIN = 16  # places of a name that are looked at
_APART = 40  # characters between the two sides of a comparison
_VERDICT = re.compile(r"\s{0,2}[=!<>]=?=?\s{0,2}-?[\w']{1,12}")
_NOT = re.compile(r"(?:!|\bnot\s)\s{0,2}\Z|!\s{0,2}\Z")
_YES = frozenset({"true", "True", "TRUE"})
_REASON = re.compile(r"[A-Z][A-Z0-9_]{3,60}")
RESULTS = frozenset({"ret", "rc", "rv", "res", "result", "status", "retval", "err", "error", "rval", "retvalue"})


class Atom(Struct, frozen=True):
    """One test with its negation worked in; `holds` is False only for tests that have no opposite operator."""

    op: str
    left: str
    right: str
    holds: bool
    test: Test
    words: str = ""

    @property
    def key(self) -> tuple[str, str, str, bool]:
        """Return what makes two atoms the same test."""
        return self.op, self.left, self.right, self.holds

    @property
    def stem(self) -> tuple[str, ...]:
        """Return the two sides whatever the operator, in one order."""
        return tuple(sorted((self.left, self.right)))

    @property
    def text(self) -> str:
        """Return the atom as the code has it; made from its sides where its words cannot be found there."""
        found = written(self.words, self.test)
        if found:
            return found
        mark = "" if self.holds else "not "
        return f"{mark}{self.left} {self.op} {self.right}" if self.right else mark + self.left


def written(text: str, test: Test) -> str:
    """Return the part of a statement's text that a test was read from, "" when it is not to be found.

    >>> written("if (!ok && strcmp(a, b) != 0)", Test("!=", "a", "b", via="strcmp"))
    'strcmp(a, b) != 0'
    """
    start, end = _sides(text, test)
    if start < 0:
        return ""
    if test.via:
        start, end = _called(text, test.via.rsplit(".", 1)[-1], start, end)
    start, end = _opened(text, start, end), _closed(text, start, end)
    verdict = _VERDICT.match(text, end) if test.via else None
    end = verdict.end() if verdict else end
    mark = _NOT.search(text, max(0, start - 6), start) if verdict is None and (test.via or not test.right) else None
    return text[mark.start() if mark else start : end]


def _sides(text: str, test: Test) -> tuple[int, int]:
    """Return where both sides of a test stand near each other, (-1, -1) for nowhere."""
    start = _place(text, test.left, 0)
    while start >= 0:
        end = start + len(test.left)
        if not test.right:
            return start, end
        other = _place(text, test.right, end)
        if not 0 <= other <= end + _APART:
            other = text.rfind(test.right, max(0, start - _APART), start)
        if other >= 0:
            start = _nearest(text, test.left, start, other) if other > start else start
            return min(start, other), max(end, other + len(test.right))
        start = _place(text, test.left, end)  # `if err := check(...); err != nil`: the name stands there twice
    return -1, -1


def _place(text: str, piece: str, start: int) -> int:
    """Return where a piece stands with no letter or digit touching it, -1 for nowhere."""
    edges = (r"(?<!\w)" if piece[:1].isalnum() else "", r"(?!\w)" if piece[-1:].isalnum() else "")
    found = re.compile(f"{edges[0]}{re.escape(piece)}{edges[1]}").search(text, start) if piece else None
    return found.start() if found else -1


def _nearest(text: str, piece: str, start: int, end: int) -> int:
    """Return where a piece stands last before `end`: a short name may stand in what is asked before, too."""
    for _ in range(_AGAIN):
        later = _place(text, piece, start + 1)
        if not 0 < later <= end - len(piece):
            break
        start = later
    return start


def _called(text: str, name: str, start: int, end: int) -> tuple[int, int]:
    """Return a span widened by the name of the call that stands in front of its arguments."""
    before = text.rfind(name, max(0, start - _APART - len(name)), start)
    if before < 0:
        return start, end
    while before and (text[before - 1].isalnum() or text[before - 1] in "_.:>"):
        before -= 1
    return before, end


def _opened(text: str, start: int, end: int) -> int:
    """Return the start of a span with the brackets in front that it only closes."""
    lowest = depth = 0
    for mark in text[start:end]:
        depth += (mark in "([{") - (mark in ")]}")
        lowest = min(lowest, depth)
    while lowest < 0 and start and text[start - 1] in "([{! ":
        start -= 1
        lowest += text[start] in "([{"
    return start


def _closed(text: str, start: int, end: int) -> int:
    """Return the end of a span with the brackets closed that it opens."""
    depth = sum(text.count(mark, start, end) for mark in "([{") - sum(text.count(mark, start, end) for mark in ")]}")
    while depth > 0 and end < len(text):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        end += 1
    return end


def atom(test: Test, *, turned: bool, words: str = "") -> Atom:
    """Return a test's atom, of its opposite if `turned`."""
    against = test.negated != turned
    op, left, right = test.op, _flat(test.left), _flat(test.right)
    if _FIXED.match(left) and right and not _FIXED.match(right):
        op, left, right = _TURNED.get(op, op), right, left
    if op in _AGAINST:
        return Atom(_AGAINST[op] if against else op, left, right, True, test, words)
    return Atom(op, left, right, not against, test, words)


def atoms(statement: Statement, *, rejecting: bool) -> tuple[list[Atom], list[str]]:
    """Return the atoms and joins of what must hold to pass a statement."""
    joins = [{"&&": "||", "||": "&&"}.get(join, join) if rejecting else join for join in statement.joins]
    return [atom(test, turned=rejecting, words=statement.text) for test in statement.tests], joins


def stem(test: Test) -> tuple[str, ...]:
    """Return the two sides of a test in one order, whatever its operator and negation."""
    return tuple(sorted((_flat(test.left), _flat(test.right))))


def _flat(text: str) -> str:
    return "".join(text.split())


def body(side: Sequence[Statement], index: int) -> list[Statement]:
    """Return the first statements directly under a condition, of its main branch."""
    under = [one for one in side[index + 1 : index + 1 + _BODY] if one.within == index]
    return [one for one in under if one.branch != "else"]


_ADDS = frozenset({"push", "append", "add", "push_back", "Append", "Add"})
_ERROR_CODE = re.compile(r"-[1-9E]|(?:[A-Z0-9]{1,40}_){0,6}E(?:RR(?:OR)?_|[A-Z]{3,12}\Z)")
_WRONG = re.compile(r"(?i)(?:^|[._]|[a-z](?=[EPV]))(?:err(?:or)?s|problems|violations|failures)\Z")


def rejects(side: Sequence[Statement], index: int) -> bool:
    """Tell whether a condition leads to failure: an error returned, thrown or jumped to, a loop's turn skipped.

    Where its other branch throws as well, it decides only with which words. What a question whose yes refuses gives
    back leads there by itself.
    """
    if side[index].kind == "return" and asks_to_refuse(side):
        return True
    own = body(side, index)
    if (
        says_yes(side, index)
        or _answers_one(side, own)
        or _jumps_clear(side, index, own)
        or _beside_an_error(side, index, own)
        or lets_on(own)
    ):
        return False
    found = any(one.kind == "assign" and (one.value.strip() == "1" or outcome(one.value) == "success") for one in own)
    # What was looked for is found, or an error that is none is taken back: the loop is left for that.
    found = found or any(_TAKEN_BACK.search(call.name) for one in own for call in one.calls)
    differs = any(_differs(test) for test in side[index].tests)
    return any(
        _refuses(side, one) or (differs and _gives_reason(side, one)) or _is_no_success(side, one)
        for one in own
        if not (found and one.word == "break")
    ) and not any(
        one.kind == "throw"
        for one in side[index + 1 : index + 1 + _BODY]
        if one.within == index and one.branch == "else"
    )


def _answers_one(side: Sequence[Statement], own: Sequence[Statement]) -> bool:
    """Tell whether a condition leads to the one that is the yes of a question by its name."""
    return [one.value.strip("(); ") for one in own if one.kind == "return"] == ["1"] and asks_plainly(side)


def _beside_an_error(side: Sequence[Statement], index: int, own: Sequence[Statement]) -> bool:
    """Tell whether nought is given where the other branch gives an error, so that it is the good one: `c ? 0 : ERR`."""
    return [(one.kind, one.value.strip("(); ")) for one in own] == [("return", "0")] and any(
        one.kind == "return" and _ERROR_CODE.match(one.value.strip("(); "))
        for one in side[index + 1 : index + 1 + _BODY]
        if one.within == index and one.branch == "else"
    )


def lets_on(own: Sequence[Statement]) -> bool:
    """Tell whether a body asks what stands behind it in a chain to go on, without an error, and leaves."""
    return (
        bool(own)
        and ends(own[-1])
        and any(
            _GOES_ON.match(call.name) and not any(says(argument, "failure") for argument in call.args)
            for one in own
            for call in one.calls
        )
    )


def passes(side: Sequence[Statement], index: int) -> bool:
    """Tell whether a condition leads past what refuses: the way out that it takes is the good one."""
    return _jumps_clear(side, index, body(side, index))


def _jumps_clear(side: Sequence[Statement], index: int, own: Sequence[Statement]) -> bool:
    """Tell whether a body goes off with a yes (`ok = TRUE; goto out`), or past a refusal that stands after it."""
    if not own or own[-1].kind != "jump" or own[-1].word == "fallthrough":
        return False
    if own[-1].word == "goto":
        return any(one.kind == "assign" and one.value.strip() in _YES and not _ill(one.target) for one in own)
    return own[-1].word in _LEAVES and _goes_wrong(side, index)


def _ill(name: str) -> bool:
    return says(name, "failure") or name.lower() in RESULTS - {"ret", "result", "res", "retval"}


def _goes_wrong(side: Sequence[Statement], index: int) -> bool:
    """Tell whether what comes after a condition in its block ends by refusing, without an else of its own."""
    home = side[index]
    after = [one for one in side[index + 1 : index + 1 + 2 * _BODY] if one.within == home.within]
    if not after or after[-1].branch != home.branch or any(one.kind == "condition" for one in after):
        return False
    last = after[-1]
    return last.kind == "throw" or last.word == "goto" or (last.kind == "return" and said_by(side, last) == "failure")


def says_yes(side: Sequence[Statement], index: int) -> bool:
    """Tell whether what is equal or matches gives one and the end of the function nought: one is a yes in it."""
    end = side[-1]
    return (
        end.kind == "return"
        and end.value.strip() == "0"
        and any(one.kind == "return" and one.value.strip() == "1" for one in body(side, index))
        and any(
            ((test.op == "==" and test.via) or test.op == "match") and not test.negated for test in side[index].tests
        )
    )


def _refuses(side: Sequence[Statement], one: Statement) -> bool:
    if one.kind == "throw":
        return True
    if one.kind in ("return", "call") and _TO_LOGIN.search(one.text[:200]):
        return True
    if one.kind == "return":
        return gives_up(side, one)
    if one.kind == "jump":
        return one.word in _LEAVES or one.word == "goto"
    if one.kind == "assign":
        return one.target.lower() in RESULTS and outcome(one.value) == "failure"
    return one.kind == "call" and any(_complains(call.name) for call in one.calls[:1])


def _differs(test: Test) -> bool:
    return (test.op == "!=" and not test.negated) or (test.op in {"==", "truth"} and test.negated)


def _gives_reason(side: Sequence[Statement], one: Statement) -> bool:
    """Tell whether a constant is returned, where the function ends with nought: the reason why it did not go well."""
    if one.kind != "return" or not _REASON.fullmatch(one.value.strip()) or outcome(one.value) == "success":
        return False
    return side[-1].kind == "return" and side[-1].value.strip() == "0" and not asks_plainly(side)


def _is_no_success(side: Sequence[Statement], one: Statement) -> bool:
    """Tell whether a result is returned that is another of the kind than the one that the function ends well with.

    `return OTA_ROLLBACK;` of a function that ends in `return OTA_OK;` refuses, whatever its name says; so does `return
    ACL_NONE;` of one that ends in it and says `ACL_ALLOW` on its way.
    """
    end = side[-1].value.strip("(); ")
    mine = one.value.strip("(); ") if one.kind == "return" and side[-1].kind == "return" else ""
    if not mine or not _REASON.fullmatch(mine) or not _REASON.fullmatch(end):
        return False
    if mine == end:
        others = (other.value.strip("(); ") for other in side if other.kind == "return" and other.value != one.value)
        good = (other for other in others if _REASON.fullmatch(other) and outcome(other) == "success")
        return outcome(mine) != "success" and any(other.split("_")[0] == mine.split("_")[0] for other in good)
    return mine.split("_")[0] == end.split("_")[0] and outcome(end) == "success" and outcome(mine) != "success"


def _complains(name: str) -> bool:
    """Tell whether a call refuses, or adds to a list of what is wrong."""
    holder, _, what = name.rpartition(".")
    done = _OR_ELSE.match(what)
    if _TAKEN_BACK.search(name) or (done and not says(done[1], "reject") and not named(done[1], "guard")):
        return False
    return (says(name, "reject") and name[:1] != ".") or (what in _ADDS and bool(_WRONG.search(holder)))


def ends(one: Statement) -> bool:
    """Tell whether nothing after a statement in its block is reached."""
    return one.kind in _ENDS
