"""What executables newly say: beside their functions, their words tell a rebuild from a change."""

import re
from collections.abc import Callable, Iterable, Mapping

from zoll.judge.nature import Spoken
from zoll.model import Feature, Pair, Place
from zoll.parse.printable import RUN

Read = Callable[[str], bytes]
Hops = tuple[str, ...]
LARGEST = 32_000_000  # bytes of an executable whose words are compared
BUDGET = 1_000_000_000  # bytes of all of them
SENTENCE = re.compile(rb"[A-Za-z]{2}[^ ]{0,80} [^ ]")  # short runs come from machine code by chance
STAMP = re.compile(
    rb"GCC: \(|clang version|rustc version|Linker: |\.gnu_debugdata|[0-9a-f]{16}|\d{1,2}:\d\d:\d\d|/build/|\.debug"
    rb"|\d{1,9}\.\d{1,9}[.a-z]{1,2}\d|/usr/src/|\.c:\d"
)
OPTION = re.compile(rb"(?<![\w-])--[a-z][a-z0-9-]{2,40}(?![\w-])")
ADDRESS = re.compile(rb"\b(?:https?|ftp|wss?|ldaps?|mqtts?)://[A-Za-z0-9.-]{3,80}[\w./?=&%:-]{0,100}")


def spoken(pairs: Iterable[Pair], noise: Mapping[Hops, str], read: Read) -> dict[Hops, Spoken]:
    """Return what each executable that differs newly says and no longer says, stamps aside."""
    found = {}
    left = BUDGET
    for pair in sorted(pairs, key=lambda pair: pair.place):
        if not pair.old or not pair.new or not pair.new.kind.startswith("executable/") or pair.place.hops in noise:
            continue
        left -= pair.old.size + pair.new.size
        if max(pair.old.size, pair.new.size) <= LARGEST and left > 0:
            found[pair.place.hops] = _spoken(pair.place, read(pair.old.digest), read(pair.new.digest))
    return found


def _spoken(place: Place, old: bytes, new: bytes) -> Spoken:
    one, other = _sentences(old), _sentences(new)
    features = [
        Feature(thing, word.decode("ascii"), Place(place.hops))
        for thing, pattern in (("option", OPTION), ("endpoint", ADDRESS))
        for word in sorted(_words(new, pattern) - _words(old, pattern))
    ]
    return Spoken(len(other - one), len(one - other), tuple(features))


def _sentences(data: bytes) -> set[bytes]:
    """Return the printable runs that are words for people and no stamps."""
    return {run for run in RUN.findall(data) if SENTENCE.search(run) and not STAMP.search(run)}


def _words(data: bytes, pattern: re.Pattern[bytes]) -> set[bytes]:
    return {word for run in RUN.findall(data) for word in pattern.findall(run)}
