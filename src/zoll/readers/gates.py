"""What a condition decides: for each atom, each class of effect under it."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement, Test
from zoll.readers.deciding import changes_identity, listed, members, tested
from zoll.readers.frame import Effect, Frame, Tested, frame_of
from zoll.readers.interfaces import interface_of
from zoll.readers.material import Material
from zoll.readers.standards import standard_of

DOC = Doc(
    title="Gates: what a condition tests and what it decides",
    reads=("code/*",),
    yields=("gate",),
    limitations=(
        "values are followed through assignments inside one function only",
        "effects are looked for three levels deep; boring effects only directly under the condition",
        "what an empty condition of an executable decides is `elsewhere`, told of what equals a fixed value alone",
    ),
)
DEEP = 3
_LEAVES = frozenset(["return", "throw", "jump"])
_STRONG = frozenset(["literal", "magic", "constant", "environment", "time", "identity", "sequence", "file"])
_EQUAL = frozenset(["==", "prefix", "in"])
# What package managers and starters of services hand their scripts as the first argument (Debian policy 6.5, LSB).
_ACTIONS = re.compile(
    r"configure|install|upgrade|remove|purge|disappear|deconfigure|triggered|failed-upgrade|"
    r"abort-(?:install|upgrade|remove|deconfigure)|start|stop|status|(?:try-|cond)?restart|(?:force-)?reload"
)
_GUARDS = re.compile(r"(?i)verif|check_?(?:\w{0,12})|auth|member|in_?group|allowed|permi[ts]|valid|in_?netgr")
_ELSE_IF = re.compile(r"el(?:se\s*|s)?if\b|else if\b")


class Decided(Struct, frozen=True):
    """One effect that a condition decides, and on which side of it."""

    effect: Effect
    side: str = ""
    chained: bool = False  # another condition stands between the two, and decides as well


def read(material: Material) -> Iterator[Reading]:
    """Yield one gate for each pair of atom and class of effect."""
    frame = frame_of(material)
    behind: dict[int, list[Decided]] = {}
    for index in material.indices:
        statement = frame.statements[index]
        if statement.tests:
            decided = _distinct(_decided(frame, index, statement, behind))
            for place, test in enumerate(statement.tests):
                for member in members(test, frame):
                    yield from _gates(
                        material, frame, index, place, member, decided or _elsewhere(material, frame, index)
                    )


def _elsewhere(material: Material, frame: Frame, index: int) -> list[Decided]:
    """Return what a condition of an executable decides under which nothing stands: code that is written elsewhere."""
    statement = frame.statements[index]
    bare = statement.kind == "condition" and not frame.children.get(index)
    compiled = bare and material.part.kind.startswith("executable/")
    return [Decided(Effect("elsewhere", statement.text))] if compiled else []


def _distinct(found: Iterable[Decided]) -> list[Decided]:
    """Return the first effect of each class on each side."""
    first: dict[tuple[str, str], Decided] = {}
    for one in found:
        known = first.setdefault((one.effect.kind, one.side), one)
        if known.chained and not one.chained:
            first[one.effect.kind, one.side] = Decided(known.effect, known.side)
    return list(first.values())


def _gates(
    material: Material, frame: Frame, index: int, place: int, test: Test, decided: list[Decided]
) -> Iterator[Reading]:
    statement = frame.statements[index]
    what = tested(test, frame, index)
    seen: set[tuple[str, str]] = set()
    for found in [*decided, *_joined(frame, statement, place)]:
        key = (found.effect.kind, found.side)
        if found.side == "after" and what.kind == "identity" and changes_identity(statement):
            continue  # `if (setuid(u) == -1 || getuid() != u) die();` asks whether it worked
        if what.subject == "1" and material.language == "shell" and _ACTIONS.fullmatch(what.literal):
            continue  # which of its own steps a script of a package or service takes
        if what.kind == "time" and frame.refusing and found.effect.given == "condition":
            continue  # `expired?` asks for the time and for nothing else
        if found.effect.kind == "elsewhere" and (what.kind not in _STRONG or test.op not in ("==", "!=")):
            continue
        if found.chained and found.side == "else" and test.op in _EQUAL and not test.negated:
            continue  # what another condition decides where a value is just not this one
        if key in seen or (found.side == "after" and not (_turns(test, what) and _serious(found.effect))):
            continue
        seen.add(key)
        among = listed(material, frame) if what.kind == "literal" else ""
        yield _gate(material, statement, test, what, found, (among, _beside(statement, place)))


def _beside(statement: Statement, place: int) -> str:
    """Say that a guard has to hold as well for what an atom decides: `c == '@' && is_member(user, c + 1)`."""
    if set(statement.joins) != {"&&"}:
        return ""
    others = (test for at, test in enumerate(statement.tests) if at != place and test.call)
    return (
        "guard" if any(not test.negated and test.op == "truth" and _GUARDS.search(test.call) for test in others) else ""
    )


def _turns(test: Test, what: Tested) -> bool:
    """Say whether leaving early on this atom makes the rest depend on it: `if (x != MAGIC) return;`."""
    return what.kind in _STRONG and (test.op == "!=" or test.negated or (what.kind == "time" and test.op[0] in "<>"))


def _gate(
    material: Material, statement: Statement, test: Test, what: Tested, found: Decided, near: tuple[str, str]
) -> Reading:
    effect = found.effect
    known = interface_of(what.subject, material.part.place.path) if what.kind == "environment" else ""
    if what.literal and known != "java":  # a value that somebody chose is no part of an interface; Java's machine did
        known = ""
    known = known or (standard_of(what.literal) if what.kind == "literal" else "")
    words = statement.text if effect.words == statement.text else f"{statement.text[:140]} => {effect.words[:150]}"
    return material.say(
        "gate", f"{what.kind}->{effect.kind}", test.line or statement.line, 0, words,
        literal=what.literal, op=test.op, subject=what.subject, about=what.about,
        call=effect.call, return_=effect.given, set=effect.set, side=found.side, among=near[0], beside=near[1],
        known=known, type_=what.type if what.type == "cycle" else "",
    )  # fmt: skip


def _decided(frame: Frame, index: int, statement: Statement, behind: dict[int, list[Decided]]) -> Iterator[Decided]:
    """Yield the effects that a statement with tests decides; `behind` keeps those of what stands behind leavings."""
    if statement.kind in {"condition", "case", "switch", "loop"}:
        yield from _under(frame, index, "", 1)
        yield from _else(frame, index)
        if _leaves(frame, index):
            yield from _after(frame, index, behind)
    elif statement.kind in {"return", "assign", "declare"}:
        chosen = [effect for effect in frame.effects(index) if effect.call == ""]
        yield from (Decided(effect) for effect in chosen)


def _under(frame: Frame, index: int, side: str, depth: int) -> Iterator[Decided]:
    """Yield effects of the statements on the condition's own side; nested ones only when serious."""
    for child in frame.children.get(index, ()):
        statement = frame.statements[child]
        if depth == 1 and statement.branch == "else":
            continue
        yield from _effects(frame, child, side, depth)


def _effects(frame: Frame, child: int, side: str, depth: int) -> Iterator[Decided]:
    closing = frame.statements[child].text.startswith("break") and _in_case(frame, child)
    for effect in () if closing else frame.effects(child):
        if depth == 1 or _serious(effect):
            yield Decided(effect, side, chained=depth > 1)
    if depth < DEEP:
        yield from _under(frame, child, side, depth + 1) if depth > 1 else _nested(frame, child, side)


def _in_case(frame: Frame, child: int) -> bool:
    within = frame.statements[child].within
    return within >= 0 and frame.statements[within].kind == "case"


def _nested(frame: Frame, index: int, side: str) -> Iterator[Decided]:
    """Yield serious effects of all branches nested one level down."""
    for child in frame.children.get(index, ()):
        yield from _effects(frame, child, side, 2)


def _else(frame: Frame, index: int) -> Iterator[Decided]:
    """Yield effects of the other side; an equality in a chain of `else if` does not decide by itself about its end."""
    if _linked(frame, index) and all(test.op in _EQUAL for test in frame.statements[index].tests):
        return
    for child in frame.children.get(index, ()):
        statement = frame.statements[child]
        if statement.branch == "else" and not _ELSE_IF.match(statement.word or statement.text):
            yield from _effects(frame, child, "else", 1)


def _linked(frame: Frame, index: int) -> bool:
    """Say whether a condition is all that stands on the other side of another one."""
    here = frame.statements[index]
    if here.branch != "else" or here.kind != "condition" or frame.statements[here.within].kind != "condition":
        return False
    last = frame.children[here.within][-2:]
    return last[-1] == index and (len(last) == 1 or frame.statements[last[0]].branch != "else")


def _leaves(frame: Frame, index: int) -> bool:
    """Say whether the condition's own side ends by leaving, so that what follows is its other side."""
    own = [child for child in frame.children.get(index, ()) if frame.statements[child].branch != "else"]
    if not own or frame.statements[index].kind != "condition":
        return False
    last = frame.statements[own[-1]]
    return last.kind in _LEAVES or any(effect.kind == "exit" for effect in frame.effects(own[-1]))


def _after(frame: Frame, index: int, behind: dict[int, list[Decided]]) -> Iterator[Decided]:
    """Yield what the rest of the block does, since an early leaving decides about it."""
    here = frame.statements[index]
    block = frame.children.get(here.within, ())
    for child in block:
        if child > index and frame.statements[child].branch == here.branch:
            if child not in behind:
                behind[child] = _distinct(_effects(frame, child, "after", 1))
            yield from behind[child]


def _joined(frame: Frame, statement: Statement, place: int) -> Iterator[Decided]:
    """Yield powers run by later atoms of the same condition: `if (x == MAGIC && system(cmd))`."""
    later = {test.call for test in statement.tests[place + 1 :] if test.call}
    for call in statement.calls:
        if call.name in later:
            yield from (
                Decided(effect) for effect in frame.call_effects(call, statement) if effect.kind.startswith("power.")
            )


def _serious(effect: Effect) -> bool:
    return effect.kind.startswith("power.") or effect.kind in {"success", "zero", "state"}
