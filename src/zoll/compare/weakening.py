"""What became weaker between two functions: facts of kind `weaker`, `dropped` and `widened`, each in its run."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from zoll.compare.admitted import admits
from zoll.compare.afresh import afresh
from zoll.compare.apart import of_each
from zoll.compare.arms import fewer_refused, opened
from zoll.compare.atoms import body, passes, rejects, says_yes
from zoll.compare.beyond import beyond
from zoll.compare.bits import other_bits
from zoll.compare.blank import asks_of_more
from zoll.compare.choices import compare_choices
from zoll.compare.compensation import compensated
from zoll.compare.conditions import Weak, compare_conditions
from zoll.compare.covered import covers_less
from zoll.compare.defaults import open_defaults
from zoll.compare.degrees import compare_degrees
from zoll.compare.dropped import lost_safeguards
from zoll.compare.excepted import excepted
from zoll.compare.flipped import flips
from zoll.compare.handed_over import asks_a_guard, fewer_guarded
from zoll.compare.identities import keeps_identity
from zoll.compare.keyed import made_of_less
from zoll.compare.lowered import lowered
from zoll.compare.marks import marks
from zoll.compare.measured import as_long
from zoll.compare.merged import let_through
from zoll.compare.missing import missing_passes, unasked
from zoll.compare.once import of_once
from zoll.compare.owned import unowned
from zoll.compare.partial import partly
from zoll.compare.predicates import predicates
from zoll.compare.presumed import besides, in_any_case, presumed
from zoll.compare.rearmed import rearmed
from zoll.compare.required import lower_role
from zoll.compare.reshaped import raises_the_least
from zoll.compare.restated import SAME, restated
from zoll.compare.returned import said_by
from zoll.compare.sent import sent, switched
from zoll.compare.several import one_of_several
from zoll.compare.shared import shared
from zoll.compare.shelled import as_one_text, shelled
from zoll.compare.shortened import made_shorter
from zoll.compare.shown import shown
from zoll.compare.slices import sliced
from zoll.compare.sloppier import of_operator, of_part, of_quantor, of_repeat
from zoll.compare.softened import softened
from zoll.compare.sometimes import remembered, sometimes
from zoll.compare.spared import spared
from zoll.compare.steps import compare_steps
from zoll.compare.strength import about
from zoll.compare.tallies import uncounted
from zoll.compare.threefold import takes_errors
from zoll.compare.tries import tries_more
from zoll.compare.turned import turned_round
from zoll.compare.unbounded import unbounded
from zoll.compare.unheeded import unheeded
from zoll.compare.view import View
from zoll.compare.waited import unwaited
from zoll.compare.words import compare_words
from zoll.model import Fact
from zoll.parse.code import Statement
from zoll.parse.refusals import asks_to_refuse

_SEED = re.compile(r"\b(?:s?srand(?:om)?|[\w.]{0,40}seed)\s*\(", re.IGNORECASE)
_CUT = re.compile(r"\]\s?[=!]=|[=!]=\s?[\w.]{1,60}\[")
_LONG = 600
_TRAIT = 80
_KEYS = re.compile(r"\bkeys?\b")
_TESTED = frozenset({"condition", "return", "assign", "declare", "case"})


class Weakening(Struct, frozen=True):
    """A weakening: the index of its run, the fact, its line on the new side (0 for unknown), the words for people."""

    run: int
    fact: Fact
    line: int
    words: str


def weakenings(view: View) -> list[Weakening]:
    """Return what the new function lets pass that the old one did not; a tighter check is not in it."""
    found: dict[tuple[int, Fact], Weakening] = {}
    for weakening in [*_paired(view), *_dropped(view)]:
        found.setdefault((weakening.run, weakening.fact), weakening)
    return list(found.values())


def _paired(view: View) -> Iterator[Weakening]:
    for flip in flips(view):
        yield _said(view, flip.run, flip.weak, flip.one, flip.two, "success")
    for index, weak, one, two in () if view.compiled else excepted(view):
        yield _said(view, index, weak, one, two, "")
    for index, weak, one, two in () if view.compiled else uncounted(view):
        yield _said(view, index, weak, one, two, "")
    for index, weak, one, two in () if view.compiled else rearmed(view):
        yield _said(view, index, weak, one, two, "")
    for index, weak, one, two in () if view.compiled else (*sometimes(view), *softened(view), *unheeded(view)):
        yield _said(view, index, weak, one, two, "")
    for index, one, two in () if view.compiled else opened(view):
        yield _said(view, index, Weak("enumeration", one.text, two.text, "widened"), one, two, "")
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:400]:
            if view.compiled and (turned_round(view, place, other) or lowered(view, place, other)):
                continue
            one, two = view.sides[0][place], view.sides[1][other]
            if not view.compiled and restated(one, two) == SAME:
                continue
            effect = _leads(view, place, other)
            if one.kind == two.kind == "case" and not view.compiled and any(said := fewer_refused(view, place, other)):
                yield _said(view, index, Weak("joint", *said), one, two, "failure")
            for weak in _once(_weaknesses(view, place, other)):
                if as_long(view, place, other, weak) or compensated(view, place, other, weak):
                    continue
                if weak.value == "bound" and raises_the_least(view, place, other):
                    continue
                yield _said(view, index, weak, one, two, effect if one.kind == "condition" else "")
        for weak, one, two in () if view.compiled else let_through(view, index):
            yield _said(view, index, weak, one, two, "failure")
        for weak, one, two in () if view.compiled else _of_secrets(view, index):
            yield _said(view, index, weak, one, two, "")
        for one, two in _answers(view, index):
            refusing = (asks_to_refuse(view.sides[0]), asks_to_refuse(view.sides[1]))
            for weak in compare_conditions(one, two, refusing, view, same_body=True):
                yield _said(view, index, weak, one, two, "")
        for place, other in () if view.compiled else run.pairs[:400]:
            one, two = view.sides[0][place], view.sides[1][other]
            for weak in predicates(one, two):
                yield _said(view, index, weak, one, two, "success")
        for one, two in () if view.compiled else _conditions(view, index):
            yield from (_said(view, index, weak, one, two, "") for weak in sliced(one, two))
        for weak, one, two in () if view.compiled else partly(view, index):
            yield _said(view, index, weak, one, two, "failure" if weak.value == "joint" else "")
        for other in view.inserted(index):
            for weak in (*unasked(view, other), *(() if view.compiled else switched(view, other))):
                yield _said(view, index, weak, view.sides[1][other], view.sides[1][other], "")
            if _fixed_seed(view.sides[1][other]):
                two = view.sides[1][other]
                yield _said(view, index, Weak("randomness", "", two.text), two, two, "")


def _of_secrets(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield how keys, nonces and what covers data are made of less."""
    found = list(made_of_less(view, index))
    yield from found
    told = {id(two) for _, _, two in found}
    yield from (each for each in made_shorter(view, index) if id(each[2]) not in told)
    yield from covers_less(view, index)
    yield from in_any_case(view, index)
    yield from of_each(view, index)
    yield from shown(view, index)


def _answers(view: View, index: int) -> Iterator[tuple[Statement, Statement]]:
    """Yield the one test whose outcome was given back and the one that came for it, too unlike to be paired.

    `a == b` that became `a.starts_with(b)` shares hardly a word with it.
    """
    gone = [one for one in view.removed(index) if one.kind == "return"]
    came = [view.sides[1][two] for two in view.inserted(index) if view.sides[1][two].kind == "return"]
    if len(gone) == len(came) == 1 and gone[0].tests and came[0].tests and not view.compiled:
        homes = gone[0].within, came[0].within
        if homes == (-1, -1) or view.partner.get(homes[0]) == homes[1]:
            yield gone[0], came[0]


def _conditions(view: View, index: int) -> Iterator[tuple[Statement, Statement]]:
    """Yield the conditions of a run that are paired, and the one that came for the one that went, before the same."""
    run, (old, new) = view.runs[index], view.sides
    pairs = [(one, two) for one, two in run.pairs[:400] if not _CUT.search(new[two].text[:_LONG])]  # as degrees tell
    gone = [one for one in range(*run.old) if one not in view.partner and old[one].kind == "condition"]
    came = [two for two in view.inserted(index) if new[two].kind == "condition"]
    if len(gone) == len(came) == 1 and _same_body(view, gone[0], came[0]):
        pairs.append((gone[0], came[0]))
    yield from ((old[one], new[two]) for one, two in pairs if old[one].kind == new[two].kind and old[one].tests)


def _leads(view: View, place: int, other: int) -> str:
    """Return what a condition leads to, "" where the two sides differ or `and` and `or` are mixed: nobody can say."""
    one, two = view.sides[0][place], view.sides[1][other]
    if len(set(one.joins)) > 1 or len(set(two.joins)) > 1:
        return ""
    if rejects(view.sides[0], place):
        return "failure" if rejects(view.sides[1], other) else ""
    return "success" if _grants(view, place) else ""


def _empty(side: Sequence[Statement], at: int) -> bool:
    """Tell whether a condition has nothing under it, so that it decides nothing."""
    return side[at].word == "if" and (at + 1 == len(side) or side[at + 1].within != at)


def _weaknesses(view: View, place: int, other: int) -> Iterator[Weak]:
    one, two = view.sides[0][place], view.sides[1][other]
    if not view.compiled and _empty(view.sides[0], place) and _empty(view.sides[1], other):
        return
    yield from missing_passes(view, place, other)
    yield from tries_more(view, place, other)
    yield from takes_errors(view, place, other)
    yield from beyond(view, place, other)
    yield from remembered(view, place, other)
    yield from asks_of_more(view, place, other)
    yield from of_operator(one, two, view.language)
    if not view.compiled:
        asks = one.kind == "condition"
        sure = {
            "rejecting": asks and rejects(view.sides[0], place),
            "granting": asks and (_grants(view, place) or _says_one(view, place)),
        }
        yield from other_bits(one, two, **sure)
    yield from as_one_text(one, two)
    yield from of_repeat(one, two)
    yield from of_once(one, two, view.language)
    yield from keeps_identity(view.sides, place, other)
    yield from of_quantor(one, two, rejecting=rejects(view.sides[0], place))
    if not _grants(view, place):
        yield from spared(view, place, other)
    if one.tests and two.tests and one.kind in _TESTED and two.kind in _TESTED:
        refusing = rejects(view.sides[0], place), rejects(view.sides[1], other)
        found = list(compare_conditions(one, two, refusing, view, same_body=_same_body(view, place, other)))
        if not view.compiled and asks_a_guard(view.sides[1], other):
            found = [weak for weak in found if weak.value != "enumeration"]
        if one.kind == "case" and not view.compiled and _as_the_rest(view.sides[1], other):
            found = [weak for weak in found if weak.value not in {"enumeration", "joint"}]
        yield from (_of_case(weak) if one.kind == "case" else weak for weak in found)
        if any(weak.value == "operator" for weak in found):
            return (yield from _of_words(view, place, other))
    yield from of_part(one, two)
    yield from _of_words(view, place, other)


def _of_words(view: View, place: int, other: int) -> Iterator[Weak]:
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind == two.kind or {one.kind, two.kind} <= {"assign", "declare", "call", "other"}:
        yield from compare_words(one, two)
        yield from open_defaults(one, two)
        yield from compare_degrees(view, place, other)
    if not view.compiled:
        yield from sent(view, place, other)
        yield from unowned(view, place, other)
        yield from fewer_guarded(view, place, other)
        yield from presumed(view, place, other)
        yield from shared(view, place, other)
        yield from besides(view, place, other)
        yield from lower_role(one, two)
        yield from shelled(view, one, two)
        yield from afresh(view, place, other)
        yield from unwaited(view, place, other)
    if one.kind == two.kind and not view.compiled:
        yield from compare_choices(one, two)
        yield from compare_steps(one, two)
        yield from admits(one, two)
        yield from one_of_several(one, two)
        yield from unbounded(one, two, view.language)


def _once(found: Iterable[Weak]) -> Iterator[Weak]:
    """Yield each weakening once: one that says in which way stands for one of the same kind that does not."""
    weaks = sorted(found, key=lambda weak: not weak.how)
    told = {weak.value for weak in weaks if weak.how}
    ways = {
        (weak.kind, weak.value, *("".join(side.split()) for side in (weak.old, weak.new))): weak
        for weak in reversed(weaks)
    }
    return (
        weak
        for weak in weaks
        if weak in ways.values() and (weak.how or weak.kind != "weaker" or weak.value not in told)
    )


def _of_case(weak: Weak) -> Weak:
    """Say that a case takes in more rather than that a condition does."""
    return Weak("enumeration", weak.old, weak.new, "widened") if weak.value == "joint" else weak


def _as_the_rest(side: Sequence[Statement], at: int) -> bool:
    """Tell whether a case leads where everything leads that no case names: one more name in it decides nothing."""
    home, own = side[at].within, [one.text for one in body(side, at)]
    rest = next((two for two in range(at + 1, min(at + 60, len(side))) if _is_rest(side[two], home)), -1)
    return rest > 0 and bool(own) and [one.text for one in body(side, rest)] == own


def _is_rest(one: Statement, home: int) -> bool:
    return one.kind == "case" and one.within == home and one.word == "default"


def _same_body(view: View, place: int, other: int) -> bool:
    """Tell whether two conditions decide about the same statements."""
    if view.sides[0][place].kind != "condition":
        return True
    mine, theirs = body(view.sides[0], place), body(view.sides[1], other)
    return bool(mine) and bool(theirs) and mine[0].text == theirs[0].text


def _grants(view: View, place: int) -> bool:
    old = view.sides[0]
    return (
        says_yes(old, place)
        or passes(old, place)
        or any(one.kind == "return" and said_by(old, one) == "success" for one in body(old, place))
    )


def _says_one(view: View, place: int) -> bool:
    """Tell whether a condition gives one where the function ends with nought: one is a yes."""
    own, end = body(view.sides[0], place), view.sides[0][-1]
    return [one.value.strip() for one in own if one.kind == "return"] == ["1"] and end.value.strip() == "0"


def _fixed_seed(statement: Statement) -> bool:
    """Tell whether a statement seeds a generator with something fixed."""
    if not _SEED.search(statement.text):
        return False
    args = [argument for call in statement.calls for argument in call.args]
    return (
        bool(args) and not any("time" in one or "urandom" in one for one in args) and args[0].strip("\"'")[:1].isdigit()
    )


def _said(view: View, index: int, weak: Weak, one: Statement, two: Statement, effect: str) -> Weakening:
    told = [f"{weak.old} {weak.new}", f"{one.target} {one.text[:300]}"]
    if view.walks_keys:  # of a table, which are no keys of a cipher
        told = [_KEYS.sub("", text) for text in told]
    subject = about(told[0]) or about(told[1])
    traits = {"old": weak.old, "new": weak.new, "about": subject, "effect": effect, "how": weak.how}
    words = f"{one.text[:140]} -> {two.text[:140]}" if one is not two else two.text[:280]
    return Weakening(index, _fact(weak.kind, weak.value, traits), two.line, words)


def _dropped(view: View) -> Iterator[Weakening]:
    for lost in lost_safeguards(view):
        if lost.effect == "restricts":
            weak = {"old": lost.words, "about": about(lost.words), "how": "unset"}
            yield Weakening(lost.run, _fact("weaker", "argument", weak), lost.line, lost.words[:300])
            continue
        traits = {"call": lost.call, "effect": lost.effect, "about": lost.about or about(lost.words)}
        if lost.value == "check" and lost.effect in {"failure", "toothless", "fallthrough"} and not lost.call:
            traits["old"] = lost.words
        yield Weakening(lost.run, _fact("dropped", lost.value, traits), lost.line, lost.words[:300])


def _fact(kind: str, value: str, traits: dict[str, str]) -> Fact:
    return Fact(kind, value, marks(traits, _TRAIT))
