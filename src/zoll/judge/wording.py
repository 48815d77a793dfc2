"""The plain-language line of a finding: what, where, what decides it and what is missing. Made from facts only."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, structs

from zoll.judge.clauses import Clause, clause, clipped, quoted
from zoll.judge.clauses.asked import asked
from zoll.model import Change, Fact, Folded, Hunk, Place, Reading, Signal

_LONGEST = 200
# What a kind says beyond its signals' bits, in bits: a gate tells more of the story than the string that it compares.
_TELLING = {
    "gate": 3.0,
    "weaker": 3.0,
    "degree": 2.7,
    "listed": 2.7,
    "lapse": 2.7,
    "unlike": 2.7,
    "brought": 2.7,
    "handed": 2.7,
    "copied": 2.7,
    "exchanged": 2.5,
    "softened": 2.9,
    "dropped": 2.5,
    "account": 2.5,
    "hook": 2.0,
    "widened": 2.0,
    "invisible": 2.0,
    "assembled": 1.5,
    "power": 1.5,
    "key": 1.5,
    "secret": 1.5,
    "far": 1.5,
    "suppressed": 1.5,
    "encoded": 1.0,
    "command": 1.0,
    "listening": 1.0,
    "mode": 1.0,
    "endpoint": 1.0,
    "environment": 0.5,
    "assignment": 0.5,
    "flag": 0.5,
    "string": -0.5,
    "import": -0.5,
    "call": -0.5,
    "return": -0.5,
    "line": -0.5,
    "document": -1.0,
}
_NEVER_SECOND = frozenset(
    ("string", "comparison", "call", "import", "return", "guard", "line", "document", "algorithm")
)
_REACH = {"release": "the whole release", "component": "this component", "file": "this file"}


class _Told(Struct, frozen=True):
    """A reading, the clause made of it, whether it was lost, and the reading whose word may be mentioned elsewhere."""

    reading: Reading
    clause: Clause
    lost: bool
    word: Reading


def plain(
    change: Change,
    hunk: Hunk,
    signals: Sequence[Signal],
    novelty: Callable[[Reading], str],
    mentions: Callable[[Reading], int],
) -> str:
    """Return one line of at most 200 characters for people who do not program.

    `novelty` gives the widest range that the reading's word is new to: "", function, file, component or release;
    `mentions` the number of other places of the new release that mention it, -1 when nobody looked.
    """
    told = _two(hunk, signals)
    subject = _subject(change, told[0].reading.at if told else Place())
    if not told:
        return f"{subject} {_unspecific(hunk)}."
    fresh = change.pair.old is None
    first = f"{subject} {told[0].clause.said(lost=told[0].lost, fresh=fresh)}".rstrip()
    tail = _tail(told[0], novelty, mentions, fresh=fresh)
    second = _second(told, fresh=fresh)
    both = first + second + (tail if told[0].clause.thing else "")  # `that is new` would speak of either clause
    choices = (both, first + tail, first) if second else (first + tail, first)
    best = next((choice for choice in choices if len(choice) < _LONGEST), clipped(first, _LONGEST - 1))
    return best + "."


def _two(hunk: Hunk, signals: Sequence[Signal]) -> list[_Told]:
    """Return the reading that tells most and, if there is one, the next that tells something else."""
    gained = frozenset(hunk.gained)
    both = gained.union(hunk.lost)
    bits: dict[Reading, float] = {}
    for signal in signals:
        for reading in both.intersection(signal.evidence):
            bits[reading] = bits.get(reading, 0.0) + max(signal.bits, 0.0)
    told = _ranked(bits or dict.fromkeys(both, 0.0), hunk, gained)
    first = next(told, None)
    if first is None:
        return []
    second = next((one for one in told if _adds(first, one)), None) if bits else None
    return [first, second] if second else [first]


def _ranked(bits: dict[Reading, float], hunk: Hunk, gained: frozenset[Reading]) -> Iterator[_Told]:
    """Yield what there is to tell, most telling first; a reading that is both gained and lost counts as gained."""

    def rank(reading: Reading) -> tuple[bool, float, bool, Reading]:
        told = bits[reading] + _TELLING.get(reading.fact.kind, 0.0)
        return _bare(reading.fact), -told, reading not in gained, reading

    order = sorted(_once(bits), key=rank)
    addresses = [reading for reading in hunk.gained if reading.fact.kind == "endpoint"]
    for reading in order:
        lost = reading not in gained
        word, near = (None, False) if lost else _address(reading, addresses)
        made = asked(reading.fact, reading.words) or clause(reading.fact, word.fact.value if word else "", near=near)
        if made is not None:
            before = "" if lost else _before(reading, hunk)
            made = structs.replace(made, rest=f"{made.rest} instead of {quoted(before)}") if before else made
            if _bare(reading.fact) and reading.words:
                made = structs.replace(made, rest=f"{made.rest} ({quoted(reading.words)})")
            yield _Told(reading, made, lost, word if word and made.thing == "address" else reading)


def _bare(fact: Fact) -> bool:
    """Tell whether a fact only says that a statement came or went: worth a word where there is nothing else to say."""
    return fact.kind == "altered" and fact.value.startswith(("inserted.", "deleted."))


def _once(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings without what changed inside a statement where it is said that the statement is weaker."""
    told = list(readings)
    weaker = {reading.at.start for reading in told if reading.fact.kind in ("weaker", "dropped", "widened")}
    return [reading for reading in told if reading.fact.kind != "altered" or reading.at.start not in weaker]


def _before(reading: Reading, hunk: Hunk) -> str:
    """Return the value that a gained setting or mode took the place of, "" without exactly one."""
    kind, key = reading.fact.kind, reading.fact.value.partition("=")[0]
    if kind in ("setting", "assignment"):
        return _only(old.value.partition("=")[2] for old in _lost(hunk, kind) if old.value.partition("=")[0] == key)
    if kind == "hook":
        words = (old.trait("words") for old in _lost(hunk, kind) if old.value == reading.fact.value)
        return _only(words)
    return _only(old.value for old in _lost(hunk, kind)) if kind in ("mode", "owner", "link") else ""


def _lost(hunk: Hunk, kind: str) -> Iterator[Fact]:
    return (reading.fact for reading in hunk.lost if reading.fact.kind == kind)


def _only(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _address(reading: Reading, addresses: Sequence[Reading]) -> tuple[Reading | None, bool]:
    """Return the address that a power may be about: one on the same line, else the only one of the hunk."""
    line = reading.at.start
    near = next((address for address in addresses if line and address.at.start == line), None)
    if near is not None:
        return near, True
    names = {address.fact.value for address in addresses}
    return (addresses[0] if len(names) == 1 else None), False


def _adds(first: _Told, other: _Told) -> bool:
    """Tell whether the second clause says something that the first does not."""
    kinds = (first.reading.fact.kind, other.reading.fact.kind)
    if kinds[1] in _NEVER_SECOND or _bare(other.reading.fact) or (kinds[0] == kinds[1] != "power"):
        return False
    if other.clause.verb == first.clause.verb and other.clause.rest[:12] == first.clause.rest[:12]:
        return False
    fact = first.reading.fact
    values = {first.word.fact.value, fact.value, fact.value.rpartition("->power.")[2]}
    values.update(trait.partition(":")[2] for trait in fact.traits)
    turned = (other.lost, other.clause.gone) != (first.lost, first.clause.gone)
    return other.reading.fact.value not in values and not turned


def _subject(change: Change, at: Place) -> str:
    pair = change.pair
    symbol = pair.place.symbol or at.symbol
    name = quoted(symbol or pair.place.name or at.name or "a part")
    if pair.old is not None and pair.new is not None:
        return name
    what = "function" if pair.place.symbol else "file"
    return f"The {'new' if pair.old is None else 'removed'} {what} {quoted(pair.place.symbol or pair.place.name)}"


def _second(told: Sequence[_Told], *, fresh: bool) -> str:
    return "".join(" and " + one.clause.said(lost=one.lost, fresh=fresh, linked=True) for one in told[1:])


def _tail(told: _Told, novelty: Callable[[Reading], str], mentions: Callable[[Reading], int], *, fresh: bool) -> str:
    """Return what is missing elsewhere, as far as somebody looked."""
    if told.lost or told.clause.gone:
        return ""
    thing = told.clause.thing
    if thing and mentions(told.word) == 0:
        return f"; nothing else in the release mentions that {thing}"
    reach = novelty(told.word)
    if reach not in _REACH or (reach == "file" and (fresh or thing)):
        return ""
    return f"; that {thing} is new to {_REACH[reach]}" if thing else f"; that is new to {_REACH[reach]}"


def _unspecific(hunk: Hunk) -> str:
    """Return what can be said when no fact tells anything: only how many lines changed."""
    if hunk.folded.places > 1:
        return _many(hunk.folded)
    old, new = (end - start + 1 if start else 0 for start, end in (hunk.old, hunk.new))
    if not old and not new:
        return "changed"
    if not old:
        return f"gained {new} line{'s' * (new != 1)}"
    return f"lost {old} line{'s' * (old != 1)}" if not new else f"changed in {new} line{'s' * (new != 1)}"


def _many(folded: Folded) -> str:
    """Return what can be said of many places without a fact of weight."""
    most = f", often {quoted(folded.shapes[0][0])}" if folded.shapes else ""
    return f"changed in {folded.places:,} places that say nothing of weight ({folded.lines:,} lines{most})"
