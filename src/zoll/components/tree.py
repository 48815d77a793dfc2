"""The folders of a release: what there is at a place, and which component each part belongs to."""

from collections.abc import Iterable, Iterator

from zoll.components.naming import normal
from zoll.model import Part, Place

Hops = tuple[str, ...]
ENDINGS = (".py", ".pyi", ".so", ".pyd")


def upward(hops: Hops) -> Iterator[Hops]:
    """Yield a place and everything that it lies in, up to the release itself.

    >>> list(upward(("a.jar", "x/y")))
    [('a.jar', 'x/y'), ('a.jar', 'x'), ('a.jar',), ()]
    """
    while hops:
        yield hops
        head = hops[-1].rpartition("/")[0]
        hops = (*hops[:-1], head) if head else hops[:-1]
    yield ()


class Tree:
    """The names in every folder and container of a release."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._inside: dict[Hops, list[Hops]] = {(): []}
        for part in parts:
            self._hold(part.place.hops)

    def __contains__(self, place: Place) -> bool:
        return place.hops in self._inside

    def settled(self, place: Place) -> Place:
        """Return the place if it is there, else what beside it is called alike, else the folder around.

        Alike: the same but for separators and case, then as a module (`six.py`), then with more behind a dash
        (`requests-2.31.0.dist-info`).
        """
        if place in self:
            return place
        _, around, *_ = upward(place.hops)
        if around not in self._inside:
            return next((Place(hops) for hops in upward(around) if hops in self._inside), Place())
        wanted = normal(place.name)
        ranked = sorted((rank, hops) for hops in self._inside[around] if (rank := _likeness(wanted, hops)) < 3)
        return Place(ranked[0][1]) if ranked else Place(around)

    def _hold(self, hops: Hops) -> None:
        inner: Hops | None = None
        for one in upward(hops):
            known = one in self._inside
            inside = self._inside.setdefault(one, [])
            if inner is not None:
                inside.append(inner)
            if known:
                return
            inner = one


def _likeness(wanted: str, hops: Hops) -> int:
    last = hops[-1].rpartition("/")[2]
    name = normal(last)
    if name == wanted:
        return 0
    if last.endswith(ENDINGS) and normal(last.partition(".")[0]) == wanted:
        return 1
    return 2 if name.startswith(wanted + "-") and name[len(wanted) + 1 :][:1].isdigit() else 3
