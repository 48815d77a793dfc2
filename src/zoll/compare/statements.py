"""Lines up the statements of an old and a new function and cuts what differs into runs."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import xxhash
from msgspec import Struct
from rapidfuzz import fuzz, process

from zoll.compare.align import align
from zoll.parse.code import Statement
from zoll.parse.spacing import bare_return, one_quote, squeezed

Statements = Sequence[Statement]
Gap = tuple[int, int]
Identity = tuple[str, str, int]

BLOCK = 12
CLIPPED = 1990
_NEAR = 48
_LONG = 400
_BEST = 6
_ALIKE = 45.0
_OPENS = frozenset({"condition", "loop", "switch", "case"})


class Run(Struct, frozen=True):
    """One contiguous difference: indices `old` and `new` (from, to), and which old statement became which new one."""

    old: Gap
    new: Gap
    pairs: tuple[tuple[int, int], ...] = ()


class Alignment(Struct, frozen=True):
    """Two functions lined up: the runs that differ, and which old statement is which new one where nothing differs."""

    old: Statements
    new: Statements
    runs: tuple[Run, ...]
    kept: dict[int, int]


def aligned(
    old: Statements,
    new: Statements,
    old_lines: Sequence[str] = (),
    new_lines: Sequence[str] = (),
    *,
    free: bool = False,
    spelled: Callable[[str], str] = str,
) -> Alignment:
    """Return two functions lined up; a side that is empty is cut into blocks.

    The files' lines let statements whose text was clipped (tables) be told apart. `free` says that white space between
    tokens means nothing; `spelled` gives the one spelling of what may be written in several ways.
    """
    mine = [_identity(one, old_lines, free=free) for one in old]
    theirs = [_identity(one, new_lines, free=free) for one in new]
    both = set(mine) & set(theirs)
    for told, side in ((mine, old), (theirs, new)):
        for place, one in enumerate(told):
            if one not in both and not one[2]:
                told[place] = _spelled(side[place], spelled, free=free)
    matched = _kept(old, new, _slid(old, new, align(mine, theirs)))
    merged = _merged(old, new, _holes(len(old), len(new), matched))
    return Alignment(old, new, tuple(run for gap in merged for run in _cut(old, new, gap)), dict(matched))


def _key(statement: Statement) -> tuple[str, str]:
    return statement.kind, statement.text


def _identity(statement: Statement, lines: Sequence[str], *, free: bool) -> Identity:
    """Return what makes two statements the same one."""
    if len(statement.text) < CLIPPED:
        text = bare_return(one_quote(statement.text))
        return statement.kind, squeezed(text) if free else text, 0
    text = squeezed(statement.text)[: CLIPPED // 2] if free else statement.text
    return statement.kind, text, _beyond(statement, lines)


def _spelled(statement: Statement, spelled: Callable[[str], str], *, free: bool) -> Identity:
    text = spelled(bare_return(one_quote(statement.text)))
    return statement.kind, squeezed(text) if free else text, 0


def _beyond(statement: Statement, lines: Sequence[str]) -> int:
    """Return a digest of what the clipped text of a very long statement leaves out."""
    digest = xxhash.xxh3_64()
    for line in lines[max(0, statement.line - 1) : statement.end]:
        digest.update("".join(line.split()).encode())
    return digest.intdigest()


def _kept(old: Statements, new: Statements, matched: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop matches whose surroundings are other ones though nothing there differs: a statement moved in or out."""
    forth = dict(matched)
    back = {two: one for one, two in matched}
    return [(one, two) for one, two in matched if _same_home(old[one], new[two], forth, back)]


def _same_home(one: Statement, two: Statement, forth: dict[int, int], back: dict[int, int]) -> bool:
    if (one.within >= 0 and one.within not in forth) or (two.within >= 0 and two.within not in back):
        return True  # what encloses it is itself part of a run, and says so
    return forth.get(one.within, -1) == two.within and one.branch == two.branch


def _slid(old: Statements, new: Statements, matched: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Slide insertions and removals so that they begin with what opens them: not `[return, if b]`."""
    pairs = list(matched)
    for place in range(len(pairs) - 1, 0, -1):
        (one, two), (after_one, after_two) = pairs[place - 1], pairs[place]
        if after_one == one + 1 and after_two > two + 1:
            _slide(pairs, place, new, 1)
        elif after_two == two + 1 and after_one > one + 1:
            _slide(pairs, place, old, 0)
    return pairs


def _slide(pairs: list[tuple[int, int]], place: int, side: Statements, axis: int) -> None:
    start, end = pairs[place - 1][axis] + 1, pairs[place][axis]
    size, best, least, step = end - start, 0, _torn(side, start, end), 0
    while least and step < min(size, 16) and step < place:
        step += 1
        at = pairs[place - step]
        if (
            at[axis] != start - step
            or _key(side[start - step]) != _key(side[end - step])
            or not _joined(pairs, place, step)
        ):
            break
        torn = _torn(side, start - step, end - step)
        if torn < least:
            best, least = step, torn
    for back in range(1, best + 1):
        one, two = pairs[place - back]
        pairs[place - back] = (one, two + size) if axis else (one + size, two)


def _joined(pairs: list[tuple[int, int]], place: int, step: int) -> bool:
    """Tell whether the match `step` before `place` follows the next one on both sides without a hole."""
    if step == 1:
        return True
    (one, two), (next_one, next_two) = pairs[place - step], pairs[place - step + 1]
    return next_one == one + 1 and next_two == two + 1


def _torn(side: Statements, start: int, end: int) -> int:
    """Count statements whose enclosing statement lies on the other side of the run's edge."""
    inner = sum(
        1
        for index in range(start, min(end, start + 64))
        if 0 <= side[index].within < start and _lower(side, index, start)
    )
    outer = sum(1 for index in range(end, min(end + 16, len(side))) if start <= side[index].within < end)
    return inner + outer


def _lower(side: Statements, index: int, start: int) -> bool:
    return side[index].within != side[start].within or side[start].kind not in _OPENS


def _holes(olds: int, news: int, matched: list[tuple[int, int]]) -> list[tuple[Gap, Gap]]:
    found, one, two = [], 0, 0
    for here, there in [*matched, (olds, news)]:
        if here > one or there > two:
            found.append(((one, here), (two, there)))
        one, two = here + 1, there + 1
    return found


def _merged(old: Statements, new: Statements, found: list[tuple[Gap, Gap]]) -> list[tuple[Gap, Gap]]:
    """Join neighbours with at most one unchanged statement between when one encloses the other."""
    out: list[tuple[Gap, Gap]] = []
    for mine, theirs in found:
        if (
            out
            and theirs[0] - out[-1][1][1] <= 1
            and (_encloses(old, out[-1][0], mine) or _encloses(new, out[-1][1], theirs))
        ):
            out[-1] = ((out[-1][0][0], mine[1]), (out[-1][1][0], theirs[1]))
        else:
            out.append((mine, theirs))
    return out


def _encloses(side: Statements, first: Gap, second: Gap) -> bool:
    return any(first[0] <= side[index].within < first[1] for index in range(second[0], min(second[1], second[0] + 64)))


def _cut(old: Statements, new: Statements, gap: tuple[Gap, Gap]) -> list[Run]:
    """Pair the statements of a run and cut a long run into blocks, each old statement with its successor."""
    mine, theirs = gap
    pairs = pair_statements(old, new, mine, theirs)
    if max(mine[1] - mine[0], theirs[1] - theirs[0]) <= BLOCK:
        return [Run(mine, theirs, tuple(pairs))]
    if theirs[0] == theirs[1]:
        return [Run(block, (theirs[0], theirs[0])) for block in blocks(old, *mine)]
    out, one = [], mine[0]
    cuts = blocks(new, *theirs)
    homes = {place: block for block in cuts for place in range(*block)}
    partners: dict[Gap, list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        partners[homes[pair[1]]].append(pair)
    for block in cuts:
        inside = partners[block]
        last = mine[1] if block is cuts[-1] else max([one, *(pair[0] + 1 for pair in inside)])
        out.extend(_long_old(old, (one, last), block, [pair for pair in inside if one <= pair[0] < last]))
        one = last
    return out


def _long_old(old: Statements, mine: Gap, block: Gap, pairs: list[tuple[int, int]]) -> list[Run]:
    """Cut a block's surplus of removed statements, those after the last partner, into blocks of their own."""
    edge = max([mine[0], *(pair[0] + 1 for pair in pairs)])
    if mine[1] - edge <= BLOCK:
        return [Run(mine, block, tuple(pairs))]
    rest = [Run(cut, (block[1], block[1])) for cut in blocks(old, edge, mine[1])]
    return [Run((mine[0], edge), block, tuple(pairs)), *rest]


def blocks(side: Statements, start: int, end: int) -> list[Gap]:
    """Cut statements into blocks: each outermost condition with its body, plain runs between, about twelve at most."""
    out: list[Gap] = []
    edge = index = start
    while index < end:
        stop = _body_end(side, index, end)
        if stop > index + 1 and index > edge:
            out.append((edge, index))
            edge = index
        if stop - edge > BLOCK:
            out.extend(_opened(side, edge, stop))
            edge = stop
        elif stop > index + 1 or stop - edge >= BLOCK:
            out.append((edge, stop))
            edge = stop
        index = stop
    return [*out, (edge, end)] if edge < end else out


def _body_end(side: Statements, index: int, end: int) -> int:
    """Return the index after the last statement inside `index` (an `else if` chain counts as inside)."""
    if side[index].kind not in _OPENS:
        return index + 1
    stop = index + 1
    while stop < end and side[stop].within >= index:
        stop += 1
    return stop


def _opened(side: Statements, start: int, stop: int) -> list[Gap]:
    """Cut a body that is too long at the places where an inner condition opens, else every twelve statements."""
    out, edge = [], start
    for index in range(start + 1, stop):
        opens = side[index].kind in _OPENS
        if index - edge >= BLOCK or (opens and index - edge >= BLOCK // 3):
            out.append((edge, index))
            edge = index
    return [*out, (edge, stop)]


def pair_statements(old: Statements, new: Statements, mine: Gap, theirs: Gap) -> list[tuple[int, int]]:
    """Pair old and new statements of one run by kind and likeness, the likest first; far-off ones do not meet."""
    scored: list[tuple[float, int, int, int]] = []
    if mine[0] == mine[1]:
        return []
    size, other = mine[1] - mine[0], theirs[1] - theirs[0]
    near = _NEAR if max(size, other) <= _LONG else _NEAR // 3
    for start in range(theirs[0], theirs[1], near):
        stop = min(start + near, theirs[1])
        low = mine[0] + max(0, (start - theirs[0]) * size // other - near)
        high = mine[0] + min(size, (stop - theirs[0]) * size // other + near)
        scored.extend(_scores(old, new, range(low, high), range(start, stop)))
    return _greedy(scored)


def _scores(old: Statements, new: Statements, olds: range, news: range) -> list[tuple[float, int, int, int]]:
    table = process.cdist(
        [old[index].text[:400] for index in olds],
        [new[index].text[:400] for index in news],
        scorer=fuzz.ratio,
        score_cutoff=_ALIKE - 15,
    )
    if len(olds) > _BEST:  # only the likest few of each new statement can win
        floor = np.partition(table, -_BEST, axis=0)[-_BEST]
        table[table < floor] = 0
    rows, columns = table.nonzero()
    out = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        one, two = olds[row], news[column]
        score = float(table[row, column]) + _kinship(old[one], new[two])
        if score >= _ALIKE:
            out.append((score, abs((one - olds[0]) - (two - news[0])), one, two))
    return out


def _kinship(one: Statement, two: Statement) -> float:
    """Return what kind, target and called names add to the likeness of two texts."""
    score = 8.0 if one.kind == two.kind else -12.0
    if one.target and one.target == two.target:
        score += 15.0
    if one.calls and two.calls and one.calls[0].name == two.calls[0].name:
        score += 8.0
    if one.tests and two.tests:
        score += 6.0
    return score


def _greedy(scored: list[tuple[float, int, int, int]]) -> list[tuple[int, int]]:
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, _, one, two in sorted(scored, key=lambda row: (-row[0], row[1], row[2], row[3])):
        if one not in taken_old and two not in taken_new:
            taken_old.add(one)
            taken_new.add(two)
            pairs.append((one, two))
    return sorted(pairs)
