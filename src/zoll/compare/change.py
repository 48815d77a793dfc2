"""What did a pair gain and lose? The counted difference, hunk by hunk."""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from zoll.compare.alteration import alterations
from zoll.compare.among import likened
from zoll.compare.count import STANDING, by_another, excess, newly_used, respelt
from zoll.compare.exchanged import exchanges
from zoll.compare.folding import fold
from zoll.compare.lines import LONG, Piece, TextRun, pieces, text_runs
from zoll.compare.listed import listings
from zoll.compare.narrowed import without_narrowed
from zoll.compare.passed import in_a_case, passed
from zoll.compare.places import Locator
from zoll.compare.quieted import quieted
from zoll.compare.relocked import relocked
from zoll.compare.restated import unrestated
from zoll.compare.settings import KINDS, weaker_settings
from zoll.compare.statements import Alignment, Run, Statements, aligned
from zoll.compare.still import without_still_deciding
from zoll.compare.stood import without_standing
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.model import Change, Fact, Hunk, Pair, Part, Reading
from zoll.parse.code import Statement
from zoll.parse.spacing import FREE
from zoll.parse.spelling import respelled

_AROUND = 2
_LINES = 40
_WIDTH = 200
_TALL = 12
_DROP_IN = re.compile(r"\.d/[^/]+\Z")
_OPENS = frozenset({"condition", "loop", "switch", "case"})


class Side(Struct, frozen=True):
    """One side of a pair: its statements if it is code, its readings, the lines of the whole file.

    `span` is the first and last line of the function in the file; (0, 0) stands for the whole file.
    """

    statements: Sequence[Statement] = ()
    readings: Sequence[Reading] = ()
    lines: Sequence[str] = ()
    span: tuple[int, int] = (0, 0)


class _Draft:
    """A hunk in the making: spans (where an empty side would stand included), words, readings."""

    def __init__(
        self, old: tuple[int, int], new: tuple[int, int], words: tuple[str, str], run: Run | None = None
    ) -> None:
        self.spans = (old, new)
        self.words = words
        self.run = run
        self.tall: Run | None = None  # of which a part is here
        self.empty = (False, False)
        self.excerpts = (("", 0), ("", 0))
        self.gained: list[Reading] = []
        self.lost: list[Reading] = []

    def hunk(self) -> Hunk:
        """Return the finished hunk; an old side that has no lines shows none, a new one shows where the old stood."""
        old = (0, 0) if self.empty[0] else self.spans[0]
        lost, gained = tuple(sorted(self.lost)), tuple(sorted(self.gained))
        (before, first), (after, second) = self.excerpts
        return Hunk(old, self.spans[1], before, after, gained, lost, (first, second))


def compare(pair: Pair, old: Side, new: Side, alignment: Alignment | None = None, *, seen: bool = True) -> Change:
    """Return what a pair gained and lost. No hunks: nothing but comments, white space or order of readings changed.

    `alignment` is what `lined_up` said of the pair, None if it was not asked. `seen` says that readers saw all of it.
    """
    free = _free(pair)
    alignment = alignment or lined_up(pair, old, new)
    drafts = _drafts(pair, old, new, alignment)
    olds, news = _counted(pair.old, old), _counted(pair.new, new)
    places = [_locator(drafts, 0), _locator(drafts, 1)]
    gained = excess(news, olds, places[1].distance)
    lost = excess(olds, news, places[0].distance)
    if free:
        gained, lost = respelt(gained, lost)
    if pair.new and pair.new.place.symbol:
        gained, lost = by_another(gained, lost)
        gained = newly_used(gained, lost, (one.text for one in old.statements))
    loose: dict[tuple[int, int], _Draft] = {}
    _settle(drafts, gained, places[1], 1, loose)
    _settle(drafts, lost, places[0], 0, loose)
    if alignment and pair.old and pair.new:
        compiled = pair.new.kind.startswith("executable/")
        view = View(alignment, old.lines, new.lines, compiled=compiled, language=_language(pair))
        _weigh(drafts, view, pair.new)
    _weigh_settings([*drafts, *loose.values()], _own_settings_only(pair))
    _weigh_locks([*drafts, *loose.values()])
    for draft in drafts:
        draft.excerpts = (_excerpt(draft, old, 0), _excerpt(draft, new, 1))
    drafts += [loose[key] for key in sorted(loose)]
    standing = {reading.fact for reading in (new if pair.new else old).readings if reading.fact.kind in STANDING}
    return Change(
        pair,
        fold(pair, [(draft.hunk(), draft.words) for draft in drafts], seen=seen),
        tuple(sorted(standing)),
    )


def _counted(part: Part | None, side: Side) -> list[Reading]:
    """Return the readings that count, with what the part's container says of it unless a reader said so already."""
    counted = [reading for reading in side.readings if reading.fact.kind not in STANDING]
    if part is None or not part.facts:
        return counted
    said = {reading.fact for reading in counted}
    return counted + [Reading(fact, part.place) for fact in sorted(set(part.facts) - said)]


def _free(pair: Pair) -> bool:
    """Say whether white space between tokens means nothing in what is compared."""
    return _language(pair) in FREE


def lined_up(pair: Pair, old: Side, new: Side) -> Alignment | None:
    """Return the statements of two functions lined up; None where there are none, or where a side is text."""
    if not (old.statements or new.statements) or _unparsed(old) or _unparsed(new):
        return None
    spelled = partial(respelled, language=_language(pair), owner=_owner(pair))
    return aligned(old.statements, new.statements, old.lines, new.lines, free=_free(pair), spelled=spelled)


def _language(pair: Pair) -> str:
    part = pair.new or pair.old
    return part.kind.removeprefix("code/") if part else ""


def _owner(pair: Pair) -> str:
    """Return the class that both functions stand in, "" where they stand in none or in different ones."""
    owners = {part.place.symbol.rpartition(".")[0].rpartition(".")[2] for part in (pair.old, pair.new) if part}
    return owners.pop() if len(owners) == 1 else ""


def _weigh(drafts: Sequence[_Draft], view: View, part: Part) -> None:
    """Add what became weaker to the hunks of its runs."""
    homes = {id(draft.run): draft for draft in reversed(drafts) if draft.run}
    exchanged = () if view.compiled else (*exchanges(view), *listings(view))  # registers and slots have no names
    for found in (*weakenings(view), *alterations(view), *quieted(view, part.place.symbol), *exchanged):
        draft = _around(drafts, homes[id(view.runs[found.run])], found.line)
        line = found.line or draft.spans[1][0]
        draft.gained.append(Reading(found.fact, part.place.at(line) if line else part.place, found.words))
    for found in likened(view):
        homes[id(view.runs[found.run])].gained.append(Reading(found.fact, part.place.at(found.line), found.words))
    for draft in drafts:
        gained = without_narrowed(view, draft.gained)
        draft.gained, draft.lost = unrestated(view, gained, draft.lost)
        draft.gained, draft.lost = without_standing(draft.gained, draft.lost, compiled=view.compiled)
        if draft.run and not view.compiled:
            draft.lost = without_still_deciding(draft.gained, draft.lost, view.sides[1][slice(*draft.run.new)])
    for over in passed(view):
        draft = homes[id(view.runs[over.run])]
        case = in_a_case(over, draft.gained)
        if case:
            draft.gained.append(Reading(case.fact, part.place.at(case.line), case.words))


def _around(drafts: Sequence[_Draft], home: _Draft, line: int) -> _Draft:
    """Return the draft of a tall statement (a table) that a line stands in, else the first one of its run."""
    if not home.tall:
        return home
    return next((one for one in drafts if one.tall is home.tall and one.spans[1][0] <= line <= one.spans[1][1]), home)


def _own_settings_only(pair: Pair) -> bool:
    """Tell whether a file went with all that it set: no drop-in, which sets something of another file."""
    return pair.by == "removed" and pair.old is not None and not _DROP_IN.search(pair.old.place.path)


def _weigh_settings(drafts: Sequence[_Draft], own: bool) -> None:
    """Add which settings, flags and modes became weaker, beside the reading that tells.

    Of a file that went with what was its `own`, only a rule is missing.
    """
    lost = [reading for draft in drafts for reading in draft.lost if reading.fact.kind in KINDS]
    lost = [reading for reading in lost if _is_rule(reading.fact)] if own else lost
    if not lost:
        return
    _say_what_is_set_back(drafts, {reading.fact.value for reading in lost if reading.fact.kind == "flag"})
    gained = [reading for draft in drafts for reading in draft.gained if reading.fact.kind in KINDS]
    homes = {id(reading): draft for draft in drafts for reading in (*draft.gained, *draft.lost)}
    for told, weakening in weaker_settings(lost, gained):
        homes[id(told)].gained.append(weakening)


def _weigh_locks(drafts: Sequence[_Draft]) -> None:
    """Add which packages of a lock file are others under the same version."""
    lost = [one for draft in drafts for one in draft.lost if one.fact.kind == "dependency"]
    gained = [one for draft in drafts for one in draft.gained if one.fact.kind == "dependency"]
    homes = {id(reading): draft for draft in drafts for reading in draft.gained}
    for told, other in list(relocked(lost, gained)):
        homes[id(told)].gained.append(other)


def _is_rule(fact: Fact) -> bool:
    return any(mark.startswith("rule:") for mark in fact.traits)


def _say_what_is_set_back(drafts: Sequence[_Draft], held: set[str]) -> None:
    """Say of flags that are at their default that they are weak where the old side held them otherwise."""
    for draft in drafts:
        draft.gained = [_unlike_the_default(one) if one.fact.value in held else one for one in draft.gained]


def _unlike_the_default(reading: Reading) -> Reading:
    fact = reading.fact
    if "is:default" not in fact.traits:
        return reading
    traits = tuple(sorted("strength:weak" if trait == "is:default" else trait for trait in fact.traits))
    return replace(reading, fact=Fact(fact.kind, fact.value, traits))


def _drafts(pair: Pair, old: Side, new: Side, alignment: Alignment | None) -> list[_Draft]:
    if alignment:
        return [draft for run in alignment.runs for draft in _of_run(run, old, new)]
    if old.lines or new.lines:  # text, or source of which one side could not be parsed: nothing may hide in that
        mine, theirs = _pieces(old), _pieces(new)
        return [_of_text(run, mine, theirs) for run in text_runs(mine, theirs)]
    if pair.old and pair.new and pair.old.digest == pair.new.digest:
        return []
    return [_Draft((0, 0), (0, 0), ("", ""))]


def _unparsed(side: Side) -> bool:
    """Tell a whole file without statements from a function without any."""
    return not side.statements and bool(side.lines) and side.span == (0, 0)


def _pieces(side: Side) -> list[Piece]:
    start, end = _bounds(side)
    if not start:
        return []
    return [Piece(piece.text, piece.line + start - 1) for piece in pieces(side.lines[start - 1 : end])]


def _bounds(side: Side) -> tuple[int, int]:
    """Return the first and last line of a side, (0, 0) when it has none."""
    if side.span[0]:
        return side.span[0], min(side.span[1], len(side.lines)) if side.lines else side.span[1]
    return (1, len(side.lines)) if side.lines else (0, 0)


def _of_run(run: Run, old: Side, new: Side) -> list[_Draft]:
    """Return the hunks of a run: one, or several where a tall statement (a table) changed in several places."""
    if run.old[1] - run.old[0] == run.new[1] - run.new[0] == 1:
        one, two = old.statements[run.old[0]], new.statements[run.new[0]]
        if min(one.end - one.line, two.end - two.line) > _TALL and one.kind == two.kind and one.kind not in _OPENS:
            return _of_tall(run, one, two, old, new)
    spans = _span(old, run.old), _span(new, run.new)
    draft = _Draft(*spans, (_words(old.statements, run.old), _words(new.statements, run.new)), run)
    draft.empty = (run.old[0] == run.old[1], run.new[0] == run.new[1])
    return [draft]


def _of_tall(run: Run, one: Statement, two: Statement, old: Side, new: Side) -> list[_Draft]:
    mine = [Piece(piece.text, piece.line + one.line - 1) for piece in pieces(old.lines[one.line - 1 : one.end])]
    theirs = [Piece(piece.text, piece.line + two.line - 1) for piece in pieces(new.lines[two.line - 1 : two.end])]
    drafts = [_of_text(inner, mine, theirs) for inner in text_runs(mine, theirs)]
    for draft in drafts:
        draft.tall = run
    if drafts:
        drafts[0].run = run
    return drafts or [_Draft((one.line, one.end), (two.line, two.end), (one.text, two.text), run)]


def _of_text(run: TextRun, mine: Sequence[Piece], theirs: Sequence[Piece]) -> _Draft:
    words = tuple(
        "\n".join(piece.text for piece in side[slice(*gap)]) for side, gap in ((mine, run.old), (theirs, run.new))
    )
    draft = _Draft(_piece_span(mine, run.old), _piece_span(theirs, run.new), (words[0], words[1]))
    draft.empty = (run.old[0] == run.old[1], run.new[0] == run.new[1])
    return draft


def _piece_span(side: Sequence[Piece], gap: tuple[int, int]) -> tuple[int, int]:
    if not side:
        return (0, 0)
    if gap[0] < gap[1]:
        return side[gap[0]].line, side[gap[1] - 1].line
    line = side[min(gap[0], len(side) - 1)].line
    return line, line


def _span(side: Side, gap: tuple[int, int]) -> tuple[int, int]:
    """Return the lines of some statements; of none, the line where they would stand; (0, 0) on an absent side."""
    statements = side.statements
    if gap[0] < gap[1]:
        lines = [statements[index].line for index in range(*gap)]
        return min(lines), max(lines[0], *(_last_line(statements, index) for index in range(*gap)))
    if not statements:
        return (side.span[0], side.span[0])
    line = statements[gap[0]].line if gap[0] < len(statements) else _last_line(statements, len(statements) - 1)
    return line, line


def _last_line(statements: Statements, index: int) -> int:
    """Return the last line of a statement, of a header only up to where its body begins."""
    statement = statements[index]
    following = statements[index + 1].line if index + 1 < len(statements) else statement.end + 1
    return max(statement.line, following - 1) if statement.line < following <= statement.end else statement.end


def _words(statements: Statements, gap: tuple[int, int]) -> str:
    return "\n".join(statements[index].text for index in range(*gap))


def _locator(drafts: Sequence[_Draft], side: int) -> Locator:
    return Locator(
        [draft.spans[side] for draft in drafts],
        [draft.empty[side] for draft in drafts],
        [draft.words[side] for draft in drafts],
    )


def _settle(
    drafts: Sequence[_Draft],
    readings: Iterable[Reading],
    places: Locator,
    side: int,
    loose: dict[tuple[int, int], _Draft],
) -> None:
    """Put each reading into its hunk; those without a line, or of a pair without hunks, get `loose` hunks."""
    for reading in readings:
        index, line = places.find(reading), reading.at.start
        if index >= 0:
            draft = drafts[index]
        elif not line and len(drafts) == 1 and drafts[0].spans == ((0, 0), (0, 0)):
            draft = drafts[0]
        else:
            draft = loose.setdefault((line, side if line else 0), _loose(reading, side))
        (draft.gained if side else draft.lost).append(reading)


def _loose(reading: Reading, side: int) -> _Draft:
    span = (reading.at.start, reading.at.end)
    draft = _Draft(
        (0, 0) if side else span, span if side else (0, 0), ("", reading.words) if side else (reading.words, "")
    )
    draft.empty = (bool(side), not side)
    said, silent = (reading.words, reading.at.start), ("", 0)
    draft.excerpts = (silent, said) if side else (said, silent)
    return draft


def _excerpt(draft: _Draft, side: Side, which: int) -> tuple[str, int]:
    """Return the source lines of a hunk with two lines around, clipped, and the number of the first.

    Where lines are very long: the hunk's words, which are no lines of the file, and 0.
    """
    first, last = draft.spans[which]
    low, high = _bounds(side)
    if not first or not side.lines:
        return draft.words[which], 0
    start = max(first - _AROUND, low, 1)
    shown = side.lines[start - 1 : min(last + _AROUND, high)]
    if any(len(line) > LONG for line in shown):
        start, shown = 0, draft.words[which].split("\n")
    return "\n".join(line[:_WIDTH] for line in shown[:_LINES]), start
