"""Which functions of an executable are brought up where not all can be: those that tell most."""

from collections.abc import Sequence

import numpy as np

from zoll.pairing.executables.named import IMPORT, TEXT
from zoll.pairing.executables.side import CONSTANT, Machine, Rows
from zoll.pairing.machine import MachinePair
from zoll.parse.machine.image import Image
from zoll.readers.ability import power_of

_PLAIN = ((TEXT, IMPORT), (CONSTANT,))  # what tells first; numbers differ with the compiler, too


def foremost(differing: Sequence[MachinePair], sides: Sequence[Machine | None], most: int) -> list[MachinePair]:
    """Return the functions that `most` bytes suffice for, of both sides.

    Of paired ones those come first that name other texts or imports than before, then other numbers; of those without
    a counterpart the ones that call imports with a power, and those that call these. What went comes last.
    """
    weights = {each: _weight(each, sides) for each in differing}
    if sum(weights.values()) <= most:
        return list(differing)
    closeness = [_closeness(side) if side else {} for side in sides]

    def rank(one: MachinePair) -> tuple[bool, int, bool]:
        if one.old is not None and one.new is not None:
            return False, _said_otherwise(one.old, one.new, sides), False
        close = closeness[1].get(one.new, 2) if one.new is not None else closeness[0].get(one.old, 2)
        return one.new is None, close, True

    kept: list[MachinePair] = []
    for each in sorted(differing, key=rank):
        if weights[each] <= most:
            most -= weights[each]
            kept.append(each)
    return kept


def powers(image: Image) -> dict[int, frozenset[str]]:
    """Return what imports and recognised functions are able to, by address."""
    names_of = (image.stubs, image.slots, image.recognised)
    return {address: frozenset(power_of(name, (), "c")) for known in names_of for address, name in known.items()}


def _weight(each: MachinePair, sides: Sequence[Machine | None]) -> int:
    return sum(
        int(side.sweep.sizes[index])
        for side, index in zip(sides, (each.old, each.new), strict=True)
        if side and index is not None
    )


def _said_otherwise(old: int, new: int, sides: Sequence[Machine | None]) -> int:
    """Return 0 for a pair that names other texts or imports than before, 1 for other numbers, 2 for neither."""
    one, two = sides
    assert one  # what is paired
    assert two  # has both sides
    for grade, kinds in enumerate(_PLAIN):
        if any(not np.array_equal(_of(one.words[kind], old), _of(two.words[kind], new)) for kind in kinds):
            return grade
    return len(_PLAIN)


def _of(rows: Rows, owner: int) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return rows.value[rows.begins[owner] : rows.begins[owner + 1]]


def _closeness(machine: Machine) -> dict[int | None, int]:
    """Return, by index, 0 for functions that call imports with a power, 1 for those that call such a function."""
    sweep_ = machine.sweep
    mighty = np.array([address for address, some in powers(machine.image).items() if some], np.int64)
    calls = np.concatenate([sweep_.calls, sweep_.references])
    first = np.unique(calls[np.isin(calls[:, 1], mighty), 0])
    second = np.unique(sweep_.calls[np.isin(sweep_.calls[:, 1], sweep_.starts[first]), 0])
    return dict.fromkeys(second.tolist(), 1) | dict.fromkeys(first.tolist(), 0)
