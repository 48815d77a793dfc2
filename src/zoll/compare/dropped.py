"""Safeguards that are gone: checks, guarding calls, handlers, log and wipe calls; counted in function and file."""

import re
from collections.abc import Iterator

from zoll.compare.asserted import asserted
from zoll.compare.atoms import body, ends, rejects, stem
from zoll.compare.built import built
from zoll.compare.chained import chained
from zoll.compare.choices import stands_for_none
from zoll.compare.freed import freed
from zoll.compare.handled import handled
from zoll.compare.heeded import handed_back, ignored
from zoll.compare.idle import idle
from zoll.compare.inlined import inlined
from zoll.compare.lost import Lost
from zoll.compare.orelse import no_more_else, or_else
from zoll.compare.overtaken import overtaken
from zoll.compare.partial import asked_of
from zoll.compare.returned import gives_up
from zoll.compare.room import unasked_room
from zoll.compare.scripted import scripted
from zoll.compare.spent import spent
from zoll.compare.steps import restricts
from zoll.compare.strength import fold, named, says, table
from zoll.compare.stripped import LOADS, stripped
from zoll.compare.unfinished import unfinished
from zoll.compare.unguarded import gone_round
from zoll.compare.unheeded import unnoted
from zoll.compare.view import View, last, names
from zoll.compare.waved import behind, turned, waved
from zoll.parse.code import Call, Statement, Test

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
_DOES = frozenset({"call", "assign", "declare"})
_ALONE = frozenset({"call", "condition"})
_LEVELS = ("warn", "err", "crit", "fatal", "notice", "alert", "exception", "print", "msg", "write", "log")
_SHORT = 3
_QUERY = re.compile(
    r"(?:is|has|str|len|count|size|empty|isset|list_|exists|defined|get|timer|mem|PTR_|sizeof|type)\w*", re.IGNORECASE
)
_MISSING = re.compile(r"ImportError|ModuleNotFound|StopIteration|NotImplemented")
_WORDS = re.compile(r"[A-Za-z_]\w*")
_RIGHTS = re.compile(
    r"(?i)capable|privileged|permission|permitted|_can\Z|^can_|allowed|authori[sz]|authentic|get_?e?uid|logged_?in|"
    r"is_?(?:admin|root|super)|user_?in_?role|has_?role"
)
# What says whether somebody or something is protected: `is_security_active`, `integrity_verify`, `mac_is_valid`.
_PROTECTS = re.compile(
    r"(?i)verif|integrit|auth(?!or\b)|signature|secur(?!e_?alloc)|hmac|trusted|permitted|allowed|(?<![a-z])(?:acl|mac|icv)(?![a-z])"
)
_HEADS = re.compile(r"[\w.$>:-]+\s?\(")  # what is called, and on what
_QUOTED = re.compile(r"\"[^\"$]*+\"|'[^']*+'")
_PADS = re.compile(r"(?i)pad|fill|trim|leading|length|_?len$|strip|based|suppress")  # `zeroPadToLength` wipes nothing
_LOGARITHM = re.compile(
    r"(?:\w{1,40}\.){0,4}(?:std|c?math|Math|StrictMath|np|numpy|jnp|torch|tf|f32|f64)\.log\w{0,4}"
    r"|log(?:2|10|1p|b|[fl])[fl]?"
)
_EXITS = frozenset(
    {"exit", "_exit", "die", "abort", "fatal", "fatalf", "panic", "raise", "fail", "bail", "abend", "quit"}
)
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]{3,60}")
_REACH = 40
_ZEROED = frozenset({"0", "0x0", "0x00", "'\\0'", '"\\0"'})
_TELLS_NO = re.compile(r"(?<!\d)40[13](?!\d)|(?i:unauthori[sz]ed|forbidden|access_?denied|permission_?denied)")


def lost_safeguards(view: View) -> Iterator[Lost]:
    """Yield what the new function no longer does to protect itself."""
    for index, run in enumerate(view.runs):
        for one in range(*run.old):
            statement = view.sides[0][one]
            found = _of_condition(view, index, one) if statement.tests else None
            found = found or ignored(view, index, one) or _of_call(view, index, one)
            if found:
                yield found
    yield from _toothless(view)
    yield from _unreached(view)
    yield from _fallen_through(view)
    yield from overtaken(view)
    if not view.compiled:
        yield from gone_round(view)
        yield from freed(view)
        yield from handled(view)
        yield from stripped(view)
        yield from chained(view)
        yield from scripted(view)
        yield from built(view)
        yield from inlined(view)
        yield from asserted(view)
        yield from idle(view)
        yield from unasked_room(view)
        yield from unfinished(view)
        yield from spent(view)
        yield from waved(view)
        yield from turned(view)
        yield from behind(view)
        yield from unnoted(view)


def _of_condition(view: View, index: int, one: int) -> Lost | None:
    """Return a condition that is gone while what it looked at is still there."""
    statement = view.sides[0][one]
    if statement.kind != "condition" or statement.word in _LOOPS or one in view.partner:
        return None
    subjects = {name for test in statement.tests for name in names(f"{test.left} {test.right}")}
    rights = not subjects & view.new_names and _of_rights(view, one)
    if not (subjects & view.new_names or rights) or _still_tested(view, statement):
        return None
    if _rewritten(view, index, subjects):
        return None
    rejecting = rejects(view.sides[0], one) or or_else(view.sides[0], one)
    kept = [two for two in range(one + 1, len(view.sides[0])) if view.sides[0][two].within == one and two in view.kept]
    if not rejecting and not any(_freed(view, two) for two in kept):
        return None
    if view.moved_away(statement.text) or all(_asked_elsewhere(view, test) for test in statement.tests):
        return None
    call = next((test.call for test in statement.tests if test.call), "")
    guards = rights or named(call, "guard") or _PROTECTS.search(last(call)) or not _QUERY.fullmatch(last(call))
    value = "guard" if call and guards else "check"
    if call and (
        view.renamed(last(call)) or any(one.name == call and handed_back(view, one) for one in statement.calls)
    ):
        return None
    effect = "rights" if rights else "failure" if rejecting else "kept"
    return Lost(index, value, statement.text, call, effect, "", 0)


def _of_rights(view: View, one: int) -> bool:
    """Tell whether a condition asks of nothing but fixed names what the caller may, and what it stood before stays."""
    statement = view.sides[0][one]
    asked = [test.call for test in statement.tests]
    if not all(call and _RIGHTS.search(last(call)) for call in asked):
        return False
    if any(names(_HEADS.sub("(", _QUOTED.sub("", f"{test.left} {test.right}"))) for test in statement.tests):
        return False
    after = (two for two in range(one + 1, len(view.sides[0])) if view.sides[0][two].within == statement.within)
    return next(after, -1) in view.partner


def _asked_elsewhere(view: View, test: Test) -> bool:
    """Tell whether both sides of a test stand in the file as often as before; a name may be spoken of by a log line."""
    if not view.moved_away(_sides(test.left, test.right)):
        return False
    return not (test.left.isidentifier() and _CONSTANT.fullmatch(test.right)) or view.moved_away(test.right)


def _sides(left: str, right: str) -> str:
    return left if len(left) > 3 else f"{left} {right}".strip()


def _freed(view: View, one: int) -> bool:
    """Tell whether a kept statement is now under nothing new."""
    home = view.sides[1][view.kept[one]].within
    return home < 0 or home in view.back


def _still_tested(view: View, statement: Statement) -> bool:
    old, new = view.stems
    stems = [stem(test) for test in statement.tests]
    calls = [last(test.call) for test in statement.tests if test.call]
    return any(new[one] >= old[one] for one in stems) or any(
        view.tested[1][one] >= view.tested[0][one] for one in calls
    )


def _rewritten(view: View, index: int, subjects: set[str]) -> bool:
    """Tell whether a new condition, here or further on, looks at the same subjects."""
    if view.asked & subjects:
        return True
    run = view.runs[index]
    return (
        any(view.sides[1][two].tests for two in range(*run.new)) and run.new[1] - run.new[0] > run.old[1] - run.old[0]
    )


def _of_call(view: View, index: int, one: int) -> Lost | None:
    """Return a call that guarded, logged or wiped and is gone while its place is still there."""
    statement = view.sides[0][one]
    kinds = _DOES | ({"condition"} if any(map(restricts, statement.calls)) else frozenset())
    if statement.kind not in kinds or not statement.calls or not _place_stays(view, one):
        return None
    for call in statement.calls:
        value, name = _duty(call), last(call.name)
        partner = view.partner.get(one)
        kin = view.sides[1][partner].calls if partner is not None else ()
        if not value or view.calls[1][name] >= view.calls[0][name] or any(_kin(value, call, other) for other in kin):
            continue
        looked_at = names(" ".join(argument for argument in call.args if not _QUOTED.fullmatch(argument)))
        if value != "log" and looked_at and not looked_at & view.new_names and not restricts(call):
            continue
        if _made_up_for(view, index, value) or view.renamed(name) or view.moved_away(f"{name}("):
            continue
        effect = "restricts" if value == "call" and statement.kind in _ALONE and restricts(call) else ""
        return Lost(index, value, statement.text, call.name, effect)
    return None


def _duty(call: Call) -> str:
    name = last(call.name)
    if (says(name, "wipe") and not _PADS.search(name)) or (
        name == "memset" and len(call.args) > 1 and call.args[1] in _ZEROED and _secret(call.args[0])
    ):
        return "wipe"
    if _logs(call):
        return "log"
    guards = named(name, "guard") or fold(name) in table().words["keeping"] or restricts(call)
    return "call" if guards and name not in LOADS and not says(call.name, "noisy") else ""


def _logs(call: Call) -> bool:
    """Tell whether a call writes a log line that is more than a trace for developers."""
    if call.new or says(call.name, "noisy") or any(says(argument[:20], "noisy") for argument in call.args[:1]):
        return False
    if _LOGARITHM.fullmatch(call.name):
        return False
    before, _, name = call.name.rpartition(".")
    return says(name, "log") or (says(last(before), "log") and name.lower().startswith(_LEVELS))


def _secret(text: str) -> bool:
    return any(named(text, group) for group in ("guard",)) or any(
        word in text.lower() for word in ("key", "pass", "secret", "token", "pin")
    )


def _kin(value: str, gone: Call, other: Call) -> bool:
    """Tell whether another call does the same duty: a log line of another level is one."""
    if value == "log" and "." in gone.name and gone.name.rpartition(".")[0] == other.name.rpartition(".")[0]:
        return True
    group, name = "guard" if value == "call" else value, last(other.name)
    return named(name, group) or (value == "wipe" and name.startswith("memset"))


def _made_up_for(view: View, index: int, value: str) -> bool:
    """Tell whether the same run brings another call of the same duty."""
    return any(_duty(call) == value for two in view.inserted(index) for call in view.sides[1][two].calls)


def _place_stays(view: View, one: int) -> bool:
    home = view.sides[0][one].within
    return home < 0 or home in view.partner


def _toothless(view: View) -> Iterator[Lost]:
    """Yield conditions and handlers that stand as before and no longer refuse."""
    where = {one: index for index, run in enumerate(view.runs) for one in range(*run.old)}
    seen: set[int] = set()
    for one in sorted(where):
        home = view.sides[0][one].within
        if home < 0 or home in seen or home not in view.kept:
            continue
        seen.add(home)
        statement, other = view.sides[0][home], view.kept[home]
        if statement.kind == "condition" and statement.word not in _LOOPS and _turns_away(view, home):
            if not (rejects(view.sides[1], other) or _answers(view, other)) or _goes_on(view, home, other):
                yield _goes_on_past(view, where[one], home)
        elif no_more_else(view, home, other) or _lets_the_rest_pass(view, home, other):
            yield Lost(where[one], "check", statement.text, "", "toothless")
        elif _handles(statement) and (
            (_speaks_up(view, 0, home) and not _speaks_up(view, 1, other)) or _goes_on(view, home, other)
        ):
            yield Lost(where[one], "handler", statement.text, "", "toothless" if _goes_on(view, home, other) else "")


def _goes_on_past(view: View, index: int, home: int) -> Lost:
    """Return a check that no longer refuses, with the guard whose answer it looks at."""
    call = asked_of(view.sides[0], home)
    text = view.sides[0][home].text
    if call and (named(last(call), "guard") or _RIGHTS.search(last(call))):
        return Lost(index, "guard", text, call, "toothless")
    return Lost(index, "check", text, _asked_guard(view, home), "toothless")


def _asked_guard(view: View, home: int) -> str:
    """Return the call that protects by its name and whose answer a condition asks for, "" for another question."""
    old = view.sides[0]
    for test in old[home].tests:
        if test.call and _PROTECTS.search(last(test.call)):
            return test.call
        plain = test.left.strip("!() ")
        held = next((old[at] for at in range(home - 1, max(-1, home - _REACH), -1) if old[at].target == plain), None)
        call = next((call.name for call in held.calls if _PROTECTS.search(last(call.name))), "") if held else ""
        if call:
            return call
    return ""


def _turns_away(view: View, home: int) -> bool:
    """Tell whether a condition refuses, or says no to whoever asked and leaves."""
    own = body(view.sides[0], home)
    told = any(_TELLS_NO.search(one.text) for one in own) and any(ends(one) for one in own)
    return told or rejects(view.sides[0], home)


def _lets_the_rest_pass(view: View, home: int, other: int) -> bool:
    """Tell whether what no case names was refused and now goes on."""
    return view.sides[0][home].word == "default" and _ends_badly(view, home) and not _ends_at_all(view, other)


def _ends_badly(view: View, home: int) -> bool:
    """Tell whether what no case names is refused."""
    return any(_fails(view, one) and view.sides[0][one].value.strip() for one in _under(view, 0, home))


def _ends_at_all(view: View, other: int) -> bool:
    """Tell whether what no case names is still answered: left with, or set to something that may be a failure."""
    inside = [view.sides[1][one] for one in _under(view, 1, other)]
    return any(one.word != "break" and (_leaves(one) or _sets(one) or one.calls) for one in inside)


def _sets(one: Statement) -> bool:
    """Tell whether a statement sets something, other than to what stands for no protection: `encr = &null_cipher`."""
    return one.kind == "assign" and not stands_for_none(one.value.strip("& ;"))


def _under(view: View, side: int, home: int) -> list[int]:
    end = min(home + _REACH, len(view.sides[side]))
    return [one for one in range(home + 1, end) if view.sides[side][one].within == home]


def _goes_on(view: View, home: int, other: int) -> bool:
    """Tell whether what refused and then left now only refuses: what follows is reached."""
    old, new = _under(view, 0, home), body(view.sides[1], other)
    told_no = any(_TELLS_NO.search(view.sides[0][one].text) for one in old)
    left = [one for one in old if ends(view.sides[0][one]) and (told_no or _fails(view, one))]
    if not left and not set(_under(view, 1, other)) - view.back.keys():
        left = [one for one in old if _quits(view.sides[0][one])]
    gone = all(one not in view.partner or view.sides[1][view.partner[one]].within != other for one in left)
    return bool(left and new) and gone and not any(map(_leaves, new))


def _quits(one: Statement) -> bool:
    """Tell whether a statement ends the program, and does not say that all went well."""
    names = [last(call.name).lower() for call in one.calls if call.args != ("0",)]
    return one.kind == "call" and names[:1] in (["exit"], ["die"], ["_exit"])


def _fails(view: View, one: int) -> bool:
    statement = view.sides[0][one]
    return statement.kind == "throw" or (statement.kind == "return" and gives_up(view.sides[0], statement))


def _leaves(one: Statement) -> bool:
    return ends(one) or one.kind == "condition" or any(last(call.name).lower() in _EXITS for call in one.calls)


def _handles(statement: Statement) -> bool:
    named_so = statement.branch == "catch" and statement.word in {"catch", "except"}
    return named_so and not _MISSING.search(statement.text)


def _answers(view: View, index: int) -> bool:
    """Tell whether a condition's body still leaves, calls or sets something of weight."""
    return any(ends(one) or one.kind == "condition" for one in body(view.sides[1], index))


def _speaks_up(view: View, side: int, index: int) -> bool:
    """Tell whether a handler does anything but pass."""
    under = [one for one in view.sides[side][index + 1 : index + 40] if one.within == index]
    return any(ends(one) or one.kind in {"call", "assign", "condition"} for one in under)


def _unreached(view: View) -> Iterator[Lost]:
    """Yield an unconditional way out, put before what checks."""
    for index in range(len(view.runs)):
        for two in view.inserted(index):
            statement = view.sides[1][two]
            if not ends(statement) or statement.word in {"break", "continue"}:
                continue
            after = [
                later for later in range(two + 1, min(two + 60, len(view.sides[1]))) if _same_block(view, two, later)
            ]
            if (
                after
                and after[0] in view.back
                and any(view.sides[1][later].tests or _guards(view, later) for later in after)
            ):
                yield Lost(index, "check", statement.text, "", "unreached", "", statement.line)


def _same_block(view: View, two: int, later: int) -> bool:
    one, other = view.sides[1][two], view.sides[1][later]
    labels = any(view.sides[1][between].kind in {"label", "case", "directive"} for between in range(two + 1, later + 1))
    return other.within == one.within and other.branch == one.branch and not labels and other.kind != "jump"


def _guards(view: View, index: int) -> bool:
    return any(named(call.name, "guard") for call in view.sides[1][index].calls)


def _fallen_through(view: View) -> Iterator[Lost]:
    """Yield a switch case that lost its break and now runs into the next one."""
    for index in range(len(view.runs)):
        run = view.runs[index]
        for one in range(*run.old):
            statement = view.sides[0][one]
            home = statement.within
            if (
                statement.word != "break"
                or one in view.partner
                or home < 0
                or view.sides[0][home].kind != "case"
                or home not in view.kept
            ):
                continue
            case = view.kept[home]
            under = [other for other in view.sides[1][case + 1 : case + 60] if other.within == case]
            follows = any(other.kind == "case" for other in view.sides[1][case + 1 :][: len(under) + 2])
            if under and follows and not any(ends(other) for other in under) and _next_does(view, case):
                yield Lost(index, "check", view.sides[0][home].text, "", "fallthrough")


def _next_does(view: View, case: int) -> bool:
    """Tell whether the case that a case runs on into does more than leave."""
    side = view.sides[1]
    home = side[case].within
    after = [at for at in range(case + 1, len(side)) if side[at].kind == "case" and side[at].within == home]
    first = next((own[0] for own in (body(side, at) for at in after) if own), None)
    return first is not None and first.word != "break"
