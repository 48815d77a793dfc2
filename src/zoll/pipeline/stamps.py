"""Which versions the two releases bear: pairs of an old and a new one, from their names and from package metadata."""

import re
from collections.abc import Callable, Iterable, Iterator

from zoll.declared.versions import stated_in, states
from zoll.model import Part, Release
from zoll.pairing.files import Pairing
from zoll.pairing.names import unversioned

_VERSION = re.compile(r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){1,5}")
_MOST = 12
Read = Callable[[str], bytes]


def stamps(old: Release, new: Release, pairing: Pairing, read: Read) -> list[tuple[str, str]]:
    """Return pairs of versions that differ, longest first; at most a dozen, those of the outermost places first."""
    return _chosen([*_of_names((old.name,), (new.name,)), *_of_places(pairing), *_said(pairing, read)])


def differing(pairing: Pairing, read: Read) -> list[tuple[str, str]]:
    """Return the same for two sides whose own names say nothing."""
    return _chosen([*_of_places(pairing), *_said(pairing, read)])


def _chosen(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    found = [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1] and all(pair)]
    return sorted(found[:_MOST], key=lambda pair: (-len(pair[0]), pair))


def _of_names(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the versions of names that are the same without them."""
    for one, two in zip(old, new, strict=False):
        yield from zip(_VERSION.findall(one), _VERSION.findall(two), strict=False)


def _of_places(pairing: Pairing) -> Iterator[tuple[str, str]]:
    pairs = [pair for some in (pairing.unchanged, pairing.moved, pairing.pairs) for pair in some]
    both = {
        (one, two)
        for pair in pairs
        if pair.old and pair.new
        for one, two in zip(_steps(pair.old), _steps(pair.new), strict=False)
        if one != two and unversioned(one) == unversioned(two)
    }
    for one, two in sorted(both):
        yield from _of_names((one,), (two,))


def _steps(part: Part) -> list[str]:
    return [step for hop in part.place.hops for step in hop.split("/")]


def _said(pairing: Pairing, read: Read) -> Iterator[tuple[str, str]]:
    told = [pair for pair in pairing.pairs if pair.old and pair.new and states(pair.new.place.hops[-1])]
    for pair in sorted(told, key=lambda pair: (pair.place.path.count("/"), pair.place))[:_MOST]:
        sides = [_version(part, read) for part in (pair.old, pair.new) if part]
        yield sides[0], sides[1]


def _version(part: Part, read: Read) -> str:
    """Return the dotted number of the version that a part states, "" without one."""
    stated = stated_in(part.place.hops[-1], read(part.digest)) if part.digest else ""
    found = _VERSION.search(stated.rpartition(":")[2])
    return found[0] if found else ""
