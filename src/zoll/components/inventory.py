"""Holds bills of materials against the components that were found."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from zoll.components.naming import kind_of, normal
from zoll.components.ordering import plain
from zoll.components.sboms import described
from zoll.model import Component, Inventory

SPACED = {"npm", "maven", "golang", "composer"}  # where the namespace tells one author from another
NAMESPACE = re.compile(r"pkg:[a-z0-9.+-]+/(.*?)[^/@]+(?:@[^/]*)?\Z")
QUALIFIED = re.compile(r"[?#].*\Z", re.DOTALL)
ANY, NOBODY = "*", "/"
Key = tuple[str, str, str, str]
EPOCH = re.compile(r"\A\d{1,3}:")


def hold(bills: Mapping[str, tuple[Component, ...]], found: Sequence[Component]) -> Inventory:
    """Return what was found and no bill lists, and what a bill lists and was not found.

    What only a lock file names needs no line in a bill, but a line may stand for it. The release itself need not be
    found inside itself.
    """
    listed = [one for bill in bills.values() for one in bill]
    own = {one for bill in bills.values() for one in described(bill)}
    inside = [one for one in found if one.by != "lock"]
    unlisted, unfound = _without(inside, listed), _without((one for one in listed if one not in own), found)
    return Inventory(tuple(sorted(bills)), len(set(listed) - own), unlisted, unfound)


def _without(asked: Iterable[Component], others: Iterable[Component]) -> tuple[Component, ...]:
    """Return the asked ones that no other one could be, each name and version once."""
    known = {key for one in others for key in _keys(one)}
    left: dict[tuple[str, str, str], Component] = {}
    for one in sorted(asked):
        if not any(key in known for key in _questions(one)):
            left.setdefault((kind_of(one), normal(one.name), one.version), one)
    return tuple(left.values())


def _keys(one: Component) -> Iterator[Key]:
    """Yield what a component answers to: its own words, and ANY in place of each."""
    name, kind, space = _last(one), kind_of(one), _namespace(one)
    yield from product((name,), (_version(one), ANY), (kind, ANY), (space, ANY))


def _questions(one: Component) -> Iterator[Key]:
    """Yield the keys of those that may be the same: no word of theirs contradicts, and what is not said does not."""
    name, kind, space = _last(one), kind_of(one), _namespace(one)
    versions = (_version(one), "") if one.version else (ANY,)
    if kind == "generic":
        yield from product((name,), versions, (ANY,), (ANY,))
        return
    yield from product((name,), versions, (kind,), (space, "") if space else (ANY,))
    yield from product((name,), versions, ("generic",), (ANY,))


def _last(one: Component) -> str:
    return normal(re.split(r"[/:]", one.name)[-1])


def _version(one: Component) -> str:
    return plain(EPOCH.sub("", one.version))


def _namespace(one: Component) -> str:
    """Return who a name belongs to, "" where that is not said or makes no difference."""
    found = NAMESPACE.match(QUALIFIED.sub("", one.purl).replace("%40", "@").lower())
    return found[1] or NOBODY if found and kind_of(one) in SPACED else ""
