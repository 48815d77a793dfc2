"""Reads bills of materials and advisories that the user gives, in workers."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from zoll.components.inventory import hold
from zoll.components.sboms import NAMED, listed_in
from zoll.declared.advisories import notes_of_advisory
from zoll.errors import BadInput
from zoll.model import Component, ComponentChange, Inventory, Note, Part, Place, Release
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

J = TypeVar("J")
A = TypeVar("A")
Bills = dict[str, tuple[Component, ...]]
LARGEST = 256_000_000


class Bill(Struct, frozen=True):
    """What a bill of materials lists; `known` is False of bytes that are none."""

    listed: tuple[Component, ...] = ()
    known: bool = False


def hold_bills(
    bills: Bills, new: Release, changes: Iterable[ComponentChange], read: Callable[[str], bytes], pool: Pool
) -> Inventory | None:
    """Return the given bills, or else those that lie at the new release's root, against what was found."""
    bills = bills or _own(new, read, pool)
    return hold(bills, [change.new for change in changes if change.new]) if bills else None


def read_bills(paths: Sequence[str], pool: Pool) -> Bills:
    """Return what the given bills list, by path. Raises BadInput for a file that is none."""
    _must_exist(paths, "--sbom")
    told = _parsed(paths, lambda path: _bill(_bytes(path), Place((Path(path).name,))), Bill, pool)
    for path in paths:
        if path not in told or not told[path].known:
            raise BadInput(f"{path}: neither CycloneDX nor SPDX; name a bill of materials after --sbom")
    return {path: bill.listed for path, bill in told.items()}


def read_advisories(paths: Sequence[str], pool: Pool) -> tuple[Note, ...]:
    """Return what the given advisories say of this upgrade. Raises BadInput for a file that is none."""
    _must_exist(paths, "--advisory")

    def read(path: str) -> tuple[Note, ...]:
        return notes_of_advisory(_bytes(path), Place(("advisories", Path(path).name)))

    told = _parsed(paths, read, tuple[Note, ...], pool)
    for path in paths:
        if not told.get(path):
            raise BadInput(f"{path}: no CSAF 2.0 advisory; name one in JSON after --advisory")
    return tuple(sorted({note for notes in told.values() for note in notes}))


def _own(new: Release, read: Callable[[str], bytes], pool: Pool) -> Bills:
    parts = {part.place.path: part for part in new.parts if _is_own(part)}
    told = _parsed(list(parts), lambda path: _bill(read(parts[path].digest), parts[path].place), Bill, pool)
    return {path: bill.listed for path, bill in sorted(told.items()) if bill.listed}


def _bill(data: bytes, at: Place) -> Bill:
    listed = listed_in(data, at)
    return Bill() if listed is None else Bill(listed, known=True)


def _is_own(part: Part) -> bool:
    """Tell by the name whether a part is the release's own bill, at its root or one folder below."""
    shallow = len(part.place.hops) == 1 and part.place.path.count("/") <= 1
    return shallow and 0 < part.size <= LARGEST and bool(NAMED.search(part.place.path))


def _parsed(tasks: Sequence[J], work: Callable[[J], A], answer: type[A], pool: Pool) -> dict[J, A]:
    return {task: told for task, told in pool.run(work, tasks, answer) if not isinstance(told, Failure)}


def _must_exist(paths: Iterable[str], option: str) -> None:
    for path in paths:
        if not Path(path).is_file():
            raise BadInput(f"cannot read {path}: no such file; name one after {option}")


def _bytes(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(LARGEST)
