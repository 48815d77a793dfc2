"""All pairs of an upgrade, read and compared in workers; then the functions that moved between files."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from zoll.compare.noise import Stamps
from zoll.model import Change, Fact, Functions, Gap, Pair, Place
from zoll.pairing.functions import pair_signatures
from zoll.pipeline.allowance import allowances
from zoll.pipeline.reading import Leftover, make_ready, read_functions, read_pair
from zoll.pipeline.recalling import recalled
from zoll.pipeline.settings import Progress
from zoll.pipeline.wrappers import Defined
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool
from zoll.store.answers import Answers

Read = Callable[[str], bytes]
Key = tuple[Place, bool]
Hops = tuple[str, ...]


class Compared(Struct, frozen=True):
    """All changes in order of place, what could not be seen, and the functions of the files that were read."""

    changes: list[Change]
    gaps: list[Gap]
    defined: Defined
    noise: dict[Hops, str]
    functions: list[Functions]


def compare_pairs(
    pairs: Sequence[Pair], read: Read, pool: Pool, progress: Progress, stamps: Stamps = (), keep: str = ""
) -> Compared:
    """Read and compare pairs of files, then the functions that moved between them; `stamps` are their versions.

    What was compared before is taken from the folder `keep`, and kept there; "" for none. Raises BadInput.
    """
    with Answers(keep) as answers:
        made = _compared(pairs, read, pool, progress, stamps, answers)
    if answers.found:
        progress.note(f"comparisons taken from where they were kept: {answers.found}")
    return made


def _compared(
    pairs: Sequence[Pair], read: Read, pool: Pool, progress: Progress, stamps: Stamps, answers: Answers
) -> Compared:
    progress.stage("reading", len(pairs))
    changes: dict[Key, Change] = {}
    gaps: list[Gap] = []
    leftovers: list[Leftover] = []
    defined: Defined = []
    noise: dict[Hops, str] = {}
    functions: list[Functions] = []
    make_ready(part for pair in pairs for part in (pair.old, pair.new) if part)
    heaviest = sorted(pairs, key=lambda pair: (-_weight(pair), pair.place))
    allowed = allowances(pairs, pool.limits.new_code, pool.limits.paired_code)
    work = recalled(
        answers,
        pool,
        lambda pair: read_pair(pair, read, stamps, allowed.get(pair)),
        heaviest,
        _weight,
        lambda pair: ("pair", pair, stamps, pool.limits, allowed.get(pair)),
    )
    for pair, answer in work:
        progress.step()
        if isinstance(answer, Failure):
            gaps += _failed(pair, answer)
            continue
        gaps += answer.gaps
        leftovers += answer.leftovers
        functions += answer.functions
        defined += [(pair.new, one) for one in answer.definitions if pair.new]
        changes |= {_key(change): _numbered(change, answer.noise) for change in answer.changes}
        if pair.new and answer.noise:
            noise[pair.new.place.hops] = answer.noise
    before = _places(changes)
    _follow_moved(changes, leftovers, read, pool, gaps, answers)
    noise = dict.fromkeys(before - _places(changes), "moved-functions") | noise
    return Compared([changes[key] for key in sorted(changes)], sorted(set(gaps)), defined, noise, sorted(functions))


def _numbered(change: Change, noise: str) -> Change:
    """Say of a change that it is the releases' own versions and nothing else, byte for byte."""
    if noise != "version":
        return change
    return replace(change, standing=(*change.standing, Fact("circumstance", "version-only")))


def _places(changes: dict[Key, Change]) -> set[Hops]:
    """Return the parts that have changes on either side."""
    return {part.place.hops for one in changes.values() for part in (one.pair.old, one.pair.new) if part}


def _follow_moved(
    changes: dict[Key, Change],
    leftovers: Iterable[Leftover],
    read: Read,
    pool: Pool,
    gaps: list[Gap],
    answers: Answers,
) -> None:
    """Replace the removal and the addition of a function that moved to another file by the change between the two."""
    ordered = sorted(leftovers, key=lambda leftover: leftover.part.place)
    removed = [leftover for leftover in ordered if (leftover.part.place, True) in changes]
    added = [leftover for leftover in ordered if (leftover.part.place, False) in changes]
    moved = _moved(removed, added)
    tasks = [(old, new) for old, new in moved if old.digest != new.digest]
    # Those of the same two files in a row: each file is parsed anew when another came between.
    tasks.sort(key=lambda task: (*[one.part.place.hops for one in task], *[one.part.place for one in task]))
    for old, new in moved:
        if old.digest == new.digest:
            _forget(changes, old, new)
    work = recalled(
        answers,
        pool,
        lambda task: read_functions(task[0].part, task[1].part, read),
        tasks,
        lambda task: task[0].part.size,
        lambda task: ("functions", *[one.part for one in task], pool.limits),
    )
    for (old, new), answer in work:
        if isinstance(answer, Failure):
            gaps += _failed(Pair(old.part, new.part, "likeness"), answer)
            continue
        gaps += answer.gaps
        if answer.changes or not answer.gaps:  # else the removal and the addition are all that is known
            _forget(changes, old, new)
            changes |= {_key(change): change for change in answer.changes}


def _forget(changes: dict[Key, Change], old: Leftover, new: Leftover) -> None:
    changes.pop((old.part.place, True), None)
    changes.pop((new.part.place, False), None)


def _moved(removed: Sequence[Leftover], added: Sequence[Leftover]) -> list[tuple[Leftover, Leftover]]:
    pairs = pair_signatures(
        [(one.part.place.symbol, one.signature) for one in removed],
        [(one.part.place.symbol, one.signature) for one in added],
    )
    return [(removed[old], added[new]) for old, new, _ in pairs]


def _key(change: Change) -> Key:
    return change.pair.place, change.pair.new is None


def _weight(pair: Pair) -> int:
    return sum(part.size for part in (pair.old, pair.new) if part)


def _failed(pair: Pair, failure: Failure) -> list[Gap]:
    sides = (("old", pair.old), ("new", pair.new))
    return [Gap("read", part.place, failure.reason, failure.detail, side, part.size) for side, part in sides if part]
