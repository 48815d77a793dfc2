"""Follows gained calls through the release: a function around `system` is a power too."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from msgspec import Struct, structs

from zoll.declared.finder import Finder
from zoll.model import Change, Fact, Hunk, Part, Reading
from zoll.parse.code import Function, Statement
from zoll.parse.source import LANGUAGES, Opened, SlowSource, open_code
from zoll.pipeline.batches import batches, smallest, weight
from zoll.readers.ability import FAMILY, power_of
from zoll.readers.tables import table
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

FOLLOWED = ("run", "evaluate", "load", "listen", "connect", "identity", "raw", "memory", "start")
# A longer function is no wrapper unless it hands one of its own parameters to the power.
SHORT = 30
# And one longer than this is none at all.
LONG = 120
LARGEST_FILE = 1_000_000
MOST_BYTES = 24_000_000
# A name that this many functions share says too little about which one is called.
SHARED = 3
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
# What a definition looks like in one of the languages; whoever has braces writes the body's behind the parameters.
_DEFINES = (
    rb"(?:def|function|func|fn|sub)\s+(?:\([^()]{0,80}\)\s*)?(?:[\w.]+[.:]+)?NAME\b"
    rb"|\bNAME\s*[:=]\s*(?:async\s*)?(?:function\b|\()|\bNAME\s*\([^;{}]{0,600}\)[^;{}()]{0,80}\{"
)
# In Python both have a word of their own, which is found much faster than a name, and fastest if the pattern begins so.
_DEFINES_IN_PYTHON = rb"def(?<=\bdef)\s+NAME\b"
_LAMBDA_IN_PYTHON = rb"\bNAME\s*[:=][^\n]{0,200}\blambda\b"
_CALLED = re.compile(rb"\b[A-Za-z_]\w*+(?=[ \t]?\()")


class Definition(Struct, frozen=True):
    """A function by its last name: the powers that it wraps by itself, else the names of what it calls."""

    name: str
    powers: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


Defined = list[tuple[Part, Definition]]


def definitions(opened: Opened, language: str, wanted: Container[str] | None = None) -> Iterator[Definition]:
    """Yield the functions of a file that may wrap a power; `wanted` are the only names to look at, None for all."""
    spelled = power_finder(language).ends(opened.data)
    for function in opened.code.functions:
        name, lines = _last(function.name), function.end - function.line
        if name and name not in PLAIN and lines <= LONG and (wanted is None or name in wanted):
            after = bisect_right(spelled, function.start_byte)
            held = after < len(spelled) and spelled[after] <= function.end_byte
            powers = _classes(function, opened.statements(function), language, {}) if held else set()
            hands_on = not powers and lines < SHORT and telling(name)  # nobody asks for any other
            called = _called(opened.data, function) - {name} if hands_on else ()
            if powers or called:
                yield Definition(name, tuple(sorted(powers)), tuple(sorted(filter(telling, called))))


def _called(data: bytes, function: Function) -> set[str]:
    return {one.decode("ascii") for one in _CALLED.findall(data, function.start_byte, function.end_byte)}


def follow(changes: Sequence[Change], defined: Defined, unread: Iterable[Part], read: Read, pool: Pool) -> list[Change]:
    """Return the changes with a power (trait `through`) beside each gained call that reaches one.

    `defined` are the functions of the files that were read, `unread` the others.
    """
    wanted = {name for change in changes for hunk in change.hunks for name in _own_calls(hunk)}
    wanted = {name for name in wanted if telling(name)}
    code = smallest((one for one in unread if language_of(one.kind) and 0 < one.size <= LARGEST_FILE), MOST_BYTES)
    reached = _reached(wanted, defined, code, read, pool) if wanted else {}
    return [_augmented(change, reached) for change in changes] if reached else list(changes)


def _own_calls(hunk: Hunk) -> Iterator[str]:
    for reading in hunk.gained:
        fact = reading.fact
        call = fact.value if fact.kind == "call" else fact.trait("call") if fact.value.endswith("->call") else ""
        if call and _own(call):
            yield _last(call)


def telling(name: str) -> bool:
    """Say whether a name is rare enough to say which function is meant."""
    return len(name) >= SHORTEST and name not in PLAIN


def _reached(wanted: set[str], defined: Defined, code: Sequence[Part], read: Read, pool: Pool) -> Reached:
    """Return what each wanted function reaches: by itself, or through one that it calls."""

    def look(names: set[str]) -> Defined:
        asked = Finder(sorted(names))

        def work(batch: Sequence[Part]) -> list[list[Definition]]:
            return [defining(part, read(part.digest)) for part in batch]

        def defining(part: Part, data: bytes) -> list[Definition]:
            here = [asked.words[index] for index in asked.within(data)]
            return _defining(data, language_of(part.kind), here)

        answers = pool.run(work, batches(code), list[list[Definition]], weight) if names else ()
        told = [zip(batch, answer, strict=True) for batch, answer in answers if not isinstance(answer, Failure)]
        return [(part, one) for batch in told for part, found in batch for one in found]

    known = [one for one in defined if one[1].name in wanted or one[1].powers] + look(wanted)
    callers = [(part, one) for part, one in known if one.name in wanted and not one.powers]
    called = {name for _, one in callers for name in one.called} - {one.name for _, one in known}
    inner = _powers_of(one for _, one in (*known, *look(called)))
    outer = _through(
        [(part, one) for part, one in callers if not inner.keys().isdisjoint(one.called)], inner, read, pool
    )
    return {name: powers for name, powers in (outer | inner).items() if name in wanted}


def _defining(data: bytes, language: str, names: Sequence[bytes]) -> list[Definition]:
    """Return those functions of a file that bear one of the names.

    Only a file that names a power and whose text looks like defining one of the functions is parsed.
    """
    if not names or not power_finder(language).ends(data) or not looks_defined(data, language, names):
        return []
    with suppress(SlowSource):
        return list(definitions(open_code(data, language), language, {name.decode("utf-8") for name in names}))
    return []


def looks_defined(data: bytes, language: str, names: Sequence[bytes]) -> bool:
    """Say whether the text of a file looks like defining one of the names."""
    any_name = b"(?:" + b"|".join(map(re.escape, names)) + b")"

    def met(pattern: bytes, text: bytes = data) -> bool:
        return re.search(pattern.replace(b"NAME", any_name), text) is not None

    if language == "python":
        return met(_DEFINES_IN_PYTHON) or met(_LAMBDA_IN_PYTHON, b"\n".join(_before_lambdas(data)))
    return met(_DEFINES)


def _before_lambdas(data: bytes) -> Iterator[bytes]:
    """Yield each line of Python that has a `lambda`, up to that."""
    for found in re.finditer(rb"lambda\b", data):
        yield data[data.rfind(b"\n", 0, found.start()) + 1 : found.end()]


def _through(callers: Defined, inner: Reached, read: Read, pool: Pool) -> Reached:
    """Return what functions reach through those that they call."""
    names: dict[Part, set[str]] = {}
    for part, one in callers:
        names.setdefault(part, set()).add(one.name)

    def work(part: Part) -> list[Definition]:
        with suppress(SlowSource):
            opened = open_code(read(part.digest), language_of(part.kind))
            mine = [one for one in opened.code.functions if _last(one.name) in names[part]]
            walked = [(one, _classes(one, opened.statements(one), language_of(part.kind), inner)) for one in mine]
            return [Definition(_last(one.name), tuple(sorted(powers))) for one, powers in walked]
        return []

    answers = pool.run(work, sorted(names, key=lambda part: part.place), list[Definition], lambda part: part.size)
    return _powers_of(one for _, answer in answers if not isinstance(answer, Failure) for one in answer)


def _powers_of(found: Iterable[Definition]) -> Reached:
    """Return the powers by name; a name that too many functions share is left out."""
    wrapping = [one for one in found if one.powers]
    count = Counter(one.name for one in wrapping)
    powers: Reached = {}
    for one in wrapping:
        if count[one.name] < SHARED and one.name not in PLAIN:
            powers[one.name] = tuple(sorted({*powers.get(one.name, ()), *one.powers}))
    return powers


def _classes(function: Function, statements: Sequence[Statement], language: str, known: Reached) -> set[str]:
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
    # What has a power by its own name is no function of the release, even where a test puts one in its place.
    known = {reading.fact.trait("call") for reading in hunk.gained if reading.fact.kind == "power"}
    follow = {name: powers for name, powers in reached.items() if name not in known} if known else reached
    more = tuple(power for reading in hunk.gained for power in _powers(reading, follow))
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


@lru_cache(maxsize=32)
def power_finder(language: str) -> Finder:
    """Return what finds the name of a followed power, spelled as a call: a mere word in a comment costs no walk."""
    names = _power_names(language)
    spelled = names if language in BARE else (f"{name}{opening}" for name in names for opening in ("(", " ("))
    return Finder(sorted(spelled), each=True)


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1].strip("()")


def language_of(kind: str) -> str:
    """Return the language that parts of a kind can be opened in as source, else ""."""
    language = kind.removeprefix("code/")
    return language if kind.startswith("code/") and language in LANGUAGES else ""
