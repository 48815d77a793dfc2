"""What nobody should be able to guess, made of a part of what made it, counted up, or drawn in one case only.

`port = rand() & 0xf`, `iv[i] ^= (seq & 0xff) >> 8`, `id = ++last` in the place of `id = random16()`; a draw that was
always made and now hangs on a condition; a generator of the system exchanged for one that is seeded.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_DRAWS = re.compile(r"(?i)(?<![a-z])rand(?!om_?(?:ly|iz|test))|random|entropy|urandom|nonce_?gen|gen_?nonce|secrets")
_ERROR = re.compile(r"(?i)\berr(?:no|or)?\b|\brc\b|\bret\b|fail")
# What is drawn so that nobody guesses it, by its name.
_UNGUESSED = re.compile(
    r"(?i)(?<![a-z])(?:q?id|qid|xid|txn?_?id|port(?:no)?|my_port|nonce|iv|salt|seed|key|cookie|token|challenge|rand|isn|"
    r"seq(?:uence)?|secret|session(?:_?id)?|teid|spi|tag|k|message_?id|transaction_?id|pin|otp|code)_?\d{0,2}(?![a-z])"
)
_ONCE = re.compile(r"(?i)(?:nonce|_?iv|salt|counter_?block)_{0,2}\d?\Z")
_CUT = re.compile(r"\s?(?:&\s?(0[xX][0-9a-fA-F]+|\d+)|%\s?(\w+)|>>\s?(\d+))[uUlL]{0,3}\)?")
_BYTE = 0xFF
_WHOLE = frozenset({0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x7FFF, 0x7F})
_COUNTED = re.compile(r"\+\+|\+\s?1\b|--")
_NAME = re.compile(r"[A-Za-z_]\w*(?:(?:->|\.|::)\w+)*")
_SYSTEM = re.compile(r"random_device|getrandom|/dev/u?random|OsRng|SystemRandom|SecureRandom|RandomDevice")
_SEEDED = re.compile(
    r"(?:std::)?(?:mt19937(?:_64)?|minstd_rand0?|default_random_engine|ranlux\w+|knuth_b)\b(?:\s+\w+\s?)?\s?[({](.+)[)}]"
)
_LOOPS = frozenset({"for", "while", "do"})
_MOST, _LONG, _FEW = 60, 600, 6

Found = tuple[Weak, Statement, Statement]


def made_shorter(view: View, index: int) -> Iterator[Found]:
    """Yield how the statements of a run make what nobody should guess of less than before."""
    for place, other in _mates(view, index):
        one, two = view.sides[0][place], view.sides[1][other]
        if max(len(one.text), len(two.text)) > _LONG:
            continue
        weak = _cut(one, two) or _counted(one, two) or _seeded(view, one, two)
        weak = weak or _first_part_only(view, place, other)
        if weak:
            yield weak, one, two
    for other in view.inserted(index)[:_MOST]:
        yield from _seldom(view, other)


def _mates(view: View, index: int) -> Iterator[tuple[int, int]]:
    """Yield what stands for each other in a run, and what sets the same of what was too unlike to be paired."""
    run = view.runs[index]
    yield from run.pairs[:_MOST]
    came = [two for two in view.inserted(index)[:_MOST] if view.sides[1][two].target]
    for one in range(*run.old)[:_MOST] if came else ():
        base = _base(view.sides[0][one].target) if one not in view.partner else ""
        yield from ((one, two) for two in came if base and _base(view.sides[1][two].target) == base)


def _base(target: str) -> str:
    return re.split(r"[\[({]", target.lstrip("*&"), maxsplit=1)[0].strip()


def _cut(one: Statement, two: Statement) -> Weak | None:
    """Return a number or a nonce of which only some bits are left: `& 0xf`, `% 8`, `>> 24`."""
    if not two.target or one.target != two.target or one.operator != two.operator:
        return None
    drawn = any(_DRAWS.search(last(call.name)) for call in two.calls) and _UNGUESSED.search(_base(two.target))
    if not drawn and not _ONCE.search(_base(two.target)):
        return None
    for found in _CUT.finditer(two.value):
        taken = found[0].strip(" )")
        name = _NAME.findall(two.value[: found.start()])[-1:]
        mask = int(found[1], 0) if found[1] else 0
        if "".join(taken.split()) in "".join(one.value.split()) or mask == _BYTE or (drawn and mask in _WHOLE):
            continue
        if name and re.search(rf"{re.escape(name[0])}(?!\w)", one.value) and not (found[2] and not drawn):
            return Weak("randomness", "", taken, how="shortened")
    return None


def _counted(one: Statement, two: Statement) -> Weak | None:
    """Return what was drawn and is counted up now."""
    call = next((call.name for call in one.calls if _DRAWS.search(last(call.name))), "")
    same = bool(call and two.target) and one.target == two.target and bool(_UNGUESSED.search(_base(two.target)))
    if not same or any(_DRAWS.search(last(each.name)) for each in two.calls) or not _COUNTED.search(two.value):
        return None
    return Weak("randomness", call, two.value, how="counted")


def _seeded(view: View, one: Statement, two: Statement) -> Weak | None:
    """Return a generator that is seeded where the system's own was asked, by nothing of the system's."""
    found = _SEEDED.search(two.text) if _SYSTEM.search(one.text) else None
    if not found or any(_SYSTEM.search(each.text) for each in view.sides[1]):
        return None
    return Weak("randomness", one.text.strip(" ;"), two.text.strip(" ;"), how="seeded")


def _first_part_only(view: View, place: int, other: int) -> Weak | None:
    """Return a nonce that a loop filled and of which a single place is filled now."""
    one, two = view.sides[0][place], view.sides[1][other]
    if not _ONCE.search(_base(one.target)) or _base(one.target) != _base(two.target) or "[" not in two.target:
        return None
    if not _looped(view, 0, one) or _looped(view, 1, two) or one.operator != two.operator:
        return None
    return Weak("randomness", one.target, two.target, how="shortened")


def _looped(view: View, side: int, one: Statement) -> bool:
    home = view.sides[side][one.within] if one.within >= 0 else None
    return home is not None and (home.word in _LOOPS or home.kind == "loop")


def _seldom(view: View, home: int) -> Iterator[Found]:
    """Yield a draw that was always made and hangs on a new condition, which asks for no error."""
    asked = view.sides[1][home]
    if asked.kind != "condition" or asked.word in _LOOPS or _ERROR.search(asked.text):
        return
    if any(each.within == home and each.branch == "else" for each in view.sides[1][home + 1 : home + _MOST]):
        return
    for other in view.under.get(home, ())[:_FEW]:
        two = view.sides[1][other]
        call = next((call for call in two.calls if _DRAWS.search(last(call.name)) and call.args), None)
        if call and view.sides[0][view.back[other]].text == two.text:
            weak = Weak("randomness", last(call.name), asked.text, how="seldom")
            yield weak, view.sides[0][view.back[other]], two
