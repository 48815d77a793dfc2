"""Functions of executables brought up to C: one side's as one file, and both sides' written alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from zoll.compare.layout import handed_short, without_layout
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.lift import Lifted, lift, named_places, never_returns
from zoll.parse.machine.lift.tables import arity_of
from zoll.parse.machine.lift.wording import identifier
from zoll.pipeline.sides import File

MOST_FOLLOWED = 40_000  # functions of a file among which those that never return are looked for


class Bare(Struct, frozen=True):
    """A pair of functions by their names in the two files of C, "" for none."""

    old: str
    new: str
    by: str
    likeness: float


class Listing:
    """The functions of one side that are compared, as one file of C, and where each line comes from.

    `handed` says how many arguments functions must take that no table knows.
    """

    def __init__(self, file: File, machine: Machine, names: dict[int, str]) -> None:
        self.file, self.machine, self.names = file, machine, names
        self.entries: dict[str, tuple[int, int]] = {}
        self.handed: dict[str, int] = {}
        self._made: dict[str, Lifted] = {}
        self._written: dict[str, list[str]] = {}

    @cached_property
    def leaving(self) -> frozenset[int]:
        """The functions that never come back; in very large files only those known by name."""
        few = len(self.machine.sweep.starts) <= MOST_FOLLOWED
        return never_returns(self.machine.image, self.machine.sweep) if few else frozenset()

    @cached_property
    def referenced(self) -> Numbers:
        """The addresses that code names, in order."""
        return named_places(self.machine.sweep)

    def named(self, address: int) -> str:
        """Return what the function at an address is called."""
        return self.names.get(address) or self.machine.image.names.get(address, "")

    def add(self, index: int) -> str:
        """Bring one function up; returns the name that it has in the file of C."""
        sweep_, start = self.machine.sweep, int(self.machine.sweep.starts[index])
        name = self._free(identifier(self.named(start)))
        made = self._lifted(name, start, int(sweep_.sizes[index]), {})
        self.entries[name] = start, int(sweep_.sizes[index])
        for called, count in made.handed:
            self.handed[called] = max(count, self.handed.get(called, 0))
        self._put(name, made)
        return name

    def again(self, name: str, taken: Mapping[str, int]) -> None:
        """Bring a function up once more, now that it is known how many arguments others take."""
        self._put(name, self._lifted(name, *self.entries[name], taken))

    def _lifted(self, name: str, start: int, size: int, taken: Mapping[str, int]) -> Lifted:
        sweep_ = self.machine.sweep
        dense = bool(sweep_.compact[sweep_.starts.searchsorted(start)])
        return lift(
            self.machine.image,
            start,
            size,
            name,
            self.named,
            dense=dense,
            leaving=self.leaving,
            referenced=self.referenced,
            taken=taken,
        )

    def _put(self, name: str, made: Lifted) -> None:
        self._made[name], self._written[name] = made, list(made.lines)

    def function(self, name: str) -> list[str]:
        """Return the lines of one function; they may be written otherwise, each in its place."""
        return self._written[name]

    @property
    def lines(self) -> list[str]:
        """All lines, function by function."""
        return [line for lines in self._written.values() for line in lines]

    @cached_property
    def addresses(self) -> list[int]:
        """The address that each line comes from, 0 for none; the functions are all there."""
        return [one for made in self._made.values() for one in made.addresses]

    def _free(self, name: str) -> str:
        tries = 1
        while name in self.entries:
            tries += 1
            name = f"{name.rstrip('0123456789')}{tries}"
        return name


def agree(bare: Iterable[Bare], sides: Sequence[Listing | None]) -> None:
    """Write functions alike where they differ by layout alone."""
    old, new = sides
    if old is None or new is None:
        return
    both = [each for each in bare if each.old and each.new]
    least = {name: max(old.handed.get(name, 0), new.handed.get(name, 0)) for name in {*old.handed, *new.handed}}
    for each in both:
        if handed_short(old.function(each.old)[1:], new.function(each.new)[1:], least):
            old.again(each.old, least)
            new.again(each.new, least)
    without_layout([(old.function(each.old), new.function(each.new)) for each in both], _takes(least))


def _takes(least: Mapping[str, int]) -> Callable[[str], int | None]:
    """Return what says how many arguments a function takes at least, None where a table says how many."""
    return lambda name: least.get(name, 0) if arity_of(name)[0] < 0 else None
