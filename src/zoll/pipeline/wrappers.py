"""Follows gained calls through the release: a function around `system` is a power too."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from zoll.declared.finder import Finder
from zoll.model import Change, Fact, Hunk, Part, Reading
from zoll.parse.code import Function, Statement
from zoll.parse.source import LANGUAGES, SlowSource, open_code
from zoll.readers.ability import FAMILY, power_of
from zoll.readers.tables import table
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

FOLLOWED = ("run", "evaluate", "load", "listen", "connect", "identity", "raw", "memory", "start")
# A longer function is no wrapper unless it hands one of its own parameters to the power.
SHORT = 30
# And one longer than this is not looked at unless it was asked for.
LONG = 120
LARGEST_FILE = 1_000_000
MOST_BYTES = 24_000_000
# A name that this many functions share says too little about which one is called.
SHARED = 3
DEPTH = 2
SHORTEST = 4
# A method of some other object is followed by its name alone, so only a name that nobody shares will do.
# Languages whose calls need no parentheses.
BARE = frozenset({"shell", "perl", "ruby", "lua"})
OWN = ("self", "this", "cls", "@", "$this")

# Names that so many things bear that a call by such a name says nothing about what is called.
PLAIN = frozenset(
    {
        "main",
        "init",
        "start",
        "stop",
        "open",
        "close",
        "read",
        "write",
        "send",
        "recv",
        "load",
        "save",
        "call",
        "apply",
        "update",
        "create",
        "delete",
        "remove",
        "connect",
        "request",
        "execute",
    }
)

Read = Callable[[str], bytes]
Reached = dict[str, tuple[str, ...]]
Found = list[tuple[str, tuple[str, ...]]]


def follow(changes: Sequence[Change], parts: Iterable[Part], read: Read, pool: Pool) -> list[Change]:
    """Return the changes with a power (trait `through`) beside each gained call that reaches one."""
    wanted = {
        _last(reading.fact.value) for change in changes for reading in change.gained if reading.fact.kind == "call"
    }
    wanted = {name for name in wanted if len(name) >= SHORTEST}
    code = [part for part in parts if _language(part) and 0 < part.size <= LARGEST_FILE]
    reached = _reached(code, wanted, read, pool) if wanted else {}
    return [_augmented(change, reached) for change in changes] if reached else list(changes)


def _reached(code: Sequence[Part], wanted: set[str], read: Read, pool: Pool) -> Reached:
    """Return what each function name reaches; names that too many functions share are left out."""
    finders = {language: Finder(_spelled(_power_names(language), language)) for language in set(map(_language, code))}
    asked = Finder(sorted(wanted))
    powers: Reached = {}
    for depth in range(DEPTH):
        known = dict(powers)
        last = wanted if depth + 1 == DEPTH else None  # the last round can only add what was asked for

        def look(
            part: Part,
            finders: Mapping[str, Finder] = finders,
            known: Mapping[str, tuple[str, ...]] = known,
            last: set[str] | None = last,
        ) -> Found:
            data = read(part.digest)
            if last is not None and not asked.within(data):
                return []
            return list(_wrappers(part, data, finders[_language(part)], known, last))

        definitions: Counter[str] = Counter()
        for _, answer in pool.run(look, _within_budget(code), Found, lambda part: part.size):
            for name, classes in () if isinstance(answer, Failure) else answer:
                definitions[name] += 1
                powers[name] = tuple(sorted({*powers.get(name, ()), *classes}))
        powers = {name: classes for name, classes in powers.items() if definitions[name] < SHARED and name not in PLAIN}
        if depth + 1 < DEPTH and powers:
            finders = {language: Finder(_spelled(powers, language)) for language in finders}
    return {name: classes for name, classes in powers.items() if name in wanted}


def _within_budget(code: Sequence[Part]) -> list[Part]:
    chosen, spent = [], 0
    for part in sorted(code, key=lambda part: (part.size, part.place)):
        spent += part.size
        if spent > MOST_BYTES:
            break
        chosen.append(part)
    return chosen


def _wrappers(
    part: Part, data: bytes, finder: Finder, known: Mapping[str, tuple[str, ...]], wanted: set[str] | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the functions of a file that wrap a power or, when `known` is given, one of the known wrappers.

    `wanted` are the only names to look at, None for all.
    """
    if not finder.within(data):
        return
    language = _language(part)
    try:
        opened = open_code(data, language)
        for function in opened.code.functions:
            if wanted is not None and _last(function.name) not in wanted:
                continue
            if function.end - function.line > LONG and wanted is None:
                continue
            if function.name and finder.within(data[function.start_byte : function.end_byte]):
                classes = _classes(function, opened.statements(function), language, known)
                if classes:
                    yield _last(function.name), tuple(sorted(classes))
    except SlowSource:
        return


def _classes(
    function: Function, statements: Sequence[Statement], language: str, known: Mapping[str, tuple[str, ...]]
) -> set[str]:
    found: set[str] = set()
    short = function.end - function.line < SHORT
    for call in (call for statement in statements for call in statement.calls):
        passes = any(name and name in argument for argument in call.args for name in function.params)
        if short or passes:
            powers = known.get(_last(call.name), ()) if known else power_of(call.name, call.args, language)
            found.update(power for power in powers if power in FOLLOWED)
    return found


def _augmented(change: Change, reached: Reached) -> Change:
    hunks = tuple(_with_powers(hunk, reached) for hunk in change.hunks)
    return change if hunks == change.hunks else structs.replace(change, hunks=hunks)


def _with_powers(hunk: Hunk, reached: Reached) -> Hunk:
    more = tuple(power for reading in hunk.gained for power in _powers(reading, reached))
    return structs.replace(hunk, gained=(*hunk.gained, *more)) if more else hunk


def _powers(reading: Reading, reached: Reached) -> Iterator[Reading]:
    fact = reading.fact
    if fact.kind == "call" and _own(fact.value):
        name = _last(fact.value)
        for power in reached.get(name, ()):
            yield structs.replace(reading, fact=Fact("power", power, (f"call:{fact.value[:80]}", f"through:{name}")))
    elif fact.kind == "gate" and fact.value.endswith("->call") and _own(fact.trait("call")):
        name = _last(fact.trait("call"))
        for power in reached.get(name, ()):
            test = fact.value.removesuffix("->call")
            yield structs.replace(
                reading, fact=Fact("gate", f"{test}->power.{power}", tuple(sorted((*fact.traits, f"through:{name}"))))
            )


def _own(call: str) -> bool:
    """Say whether a call names a function of the release itself rather than a method of some object."""
    receiver = call.rpartition(".")[0]
    return not receiver or receiver in OWN or (receiver.isidentifier() and receiver[:1].isupper())


def _power_names(language: str) -> set[str]:
    """Return the last names of the calls that the tables give a followed power in a language, globs aside."""
    groups = [table("powers").get(group, {}) for group in ("any", *FAMILY.get(language, ()), language)]
    names = (_last(glob) for group in groups for power in FOLLOWED for glob in group.get(power, ()))
    return {name for name in names if "*" not in name and len(name) > 2}


def _spelled(names: Iterable[str], language: str) -> list[str]:
    """Return names as a call of them is spelled, so that a mere word in a comment costs no parsing."""
    if language in BARE:
        return sorted(names)
    return sorted(f"{name}{opening}" for name in names for opening in ("(", " ("))


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1].strip("()")


def _language(part: Part) -> str:
    language = part.kind.removeprefix("code/")
    return language if part.kind.startswith("code/") and language in LANGUAGES else ""
