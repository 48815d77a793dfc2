"""Holds bills of materials against the components that were found."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from zoll.components.naming import kind_of, normal
from zoll.components.ordering import plain
from zoll.components.sboms import described
from zoll.model import Component, Inventory

SPACED = {"npm", "maven", "golang", "composer"}  # where the namespace tells one author from another
NAMESPACE = re.compile(r"pkg:[a-z0-9.+-]+/(.*?)[^/@]+(?:@[^/]*)?\Z")
QUALIFIED = re.compile(r"[?#].*\Z", re.DOTALL)
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
    known: dict[str, list[Component]] = defaultdict(list)
    for one in others:
        known[_last(one)].append(one)
    left: dict[tuple[str, str, str], Component] = {}
    for one in sorted(asked):
        if not any(_alike(one, other) for other in known[_last(one)]):
            left.setdefault((kind_of(one), normal(one.name), one.version), one)
    return tuple(left.values())


def _last(one: Component) -> str:
    return normal(re.split(r"[/:]", one.name)[-1])


def _alike(one: Component, other: Component) -> bool:
    """Tell whether both may be the same: no word of theirs contradicts."""
    if one.version and other.version and _version(one) != _version(other):
        return False
    kinds = {kind_of(one), kind_of(other)}
    if len(kinds) > 1:
        return "generic" in kinds
    return not kinds <= SPACED or not one.purl or not other.purl or _namespace(one) == _namespace(other)


def _version(one: Component) -> str:
    return plain(EPOCH.sub("", one.version))


def _namespace(one: Component) -> str:
    found = NAMESPACE.match(QUALIFIED.sub("", one.purl).replace("%40", "@").lower())
    return found[1] if found else ""
