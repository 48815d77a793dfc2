"""What an executable says of itself, in the same words for ELF, PE and Mach-O. Plain values.

The names below are the contract between the formats (which fill them), the sweep (which finds functions, calls and
references in the code) and the lift (which turns one function into the statements of `parse.code`).
"""

from bisect import bisect_right
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
NONE: Numbers = np.zeros(0, np.int64)

PROCESSORS = ("x86-64", "x86", "arm64", "arm", "mips", "mips64", "ppc", "ppc64", "riscv64")


class BadExecutable(ValueError):
    """The bytes do not hold what their head promises."""


class Region:
    """A named run of bytes: a section, or a segment where there are no sections.

    `address` is virtual; `offset` and `size` say where its bytes stand in the file, `memory` how long it is when
    loaded (more than `size` where zeros follow). `rights` holds some of the letters r, w and x.
    """

    __slots__ = ("address", "memory", "name", "offset", "rights", "size")

    def __init__(self, name: str, address: int, offset: int, size: int, memory: int, rights: str) -> None:
        self.name, self.address, self.offset, self.size = name, address, offset, size
        self.memory, self.rights = memory, rights


class Symbol:
    """A name for an address. `kind`: function, data, ifunc or "". `shown`: other files can see it."""

    __slots__ = ("address", "kind", "name", "shown", "size")

    def __init__(self, name: str, address: int, size: int, kind: str, shown: bool) -> None:
        self.name, self.address, self.size, self.kind, self.shown = name, address, size, kind, shown


class Image:
    """One executable, library or object file, as it would be loaded.

    `data` are the file's bytes; of a relocatable object a copy, laid out at made-up addresses with its relocations
    applied and each undefined name given an address of its own outside the file (in `stubs`).
    `slots` maps the address of a pointer (GOT, import table) to the imported name that it will hold; `stubs` maps the
    address of code (PLT, import thunk) to the imported name that it jumps to. `pointers` are the addresses that
    relocations put into data, `unwound` the (start, size) rows of the unwind or function table (size 0: unknown).
    `properties` are facts of the file, sorted pairs such as ("needs", "libc.so.6"): see `docs/facts.md`.
    """

    def __init__(
        self,
        data: bytes,
        kind: str,
        processor: str,
        *,
        big: bool = False,
        bits: int = 64,
        entry: int = 0,
        regions: tuple[Region, ...] = (),
        symbols: tuple[Symbol, ...] = (),
        slots: dict[int, str] | None = None,
        stubs: dict[int, str] | None = None,
        pointers: Numbers = NONE,
        unwound: Numbers | None = None,
        properties: tuple[tuple[str, str], ...] = (),
        global_pointer: int = 0,
        thumb: Numbers = NONE,
    ) -> None:
        self.data, self.kind, self.processor, self.big, self.bits, self.entry = data, kind, processor, big, bits, entry
        self.code_big = big  # instructions, which in Arm's BE8 are little although data is big
        self.regions, self.symbols = regions, symbols
        self.slots, self.stubs = slots or {}, stubs or {}
        self.pointers = pointers
        self.unwound = np.zeros((0, 2), np.int64) if unwound is None else unwound
        self.properties = properties
        self.global_pointer = global_pointer  # what MIPS, PowerPC and RISC-V code reaches its data through, 0 unknown
        self.placed: tuple[Numbers, Numbers] = (NONE, NONE)  # where relocations put which address, in order
        self.recognised: dict[int, str] = {}  # names of functions that the file does not tell, found by `known`
        self.thumb = thumb  # 32-bit ARM: places that symbols and pointers say to be Thumb code, without the lowest bit

    @cached_property
    def _ordered(self) -> tuple[list[int], list[Region]]:
        loaded = sorted((one for one in self.regions if one.memory), key=lambda one: one.address)
        return [one.address for one in loaded], loaded

    @property
    def code(self) -> tuple[Region, ...]:
        """The regions that can be executed and have bytes, in order of address."""
        return tuple(one for one in self._ordered[1] if "x" in one.rights and one.size)

    def region(self, address: int) -> Region | None:
        """Return the region that an address falls into."""
        addresses, loaded = self._ordered
        at = bisect_right(addresses, address) - 1
        return loaded[at] if at >= 0 and address < addresses[at] + loaded[at].memory else None

    def offset(self, address: int) -> int:
        """Return where in the file the byte at an address stands, -1 for nowhere."""
        region = self.region(address)
        inside = address - region.address if region else 0
        return region.offset + inside if region and inside < region.size else -1

    def bytes_at(self, address: int, size: int) -> bytes:
        """Return up to `size` bytes at an address, fewer where the region ends."""
        region = self.region(address)
        if region is None or address - region.address >= region.size:
            return b""
        start = region.offset + address - region.address
        return self.data[start : min(start + size, region.offset + region.size)]

    def pointer_at(self, address: int) -> int | None:
        """Return the address that a relocation puts at an address; None for none, or where the bytes tell."""
        where, target = self.placed
        at = int(np.searchsorted(where, address))
        return int(target[at]) if at < len(where) and where[at] == address else None

    def text(self, address: int, longest: int = 400) -> str | None:
        """Return the zero-ended text at an address in data that is not code; None where there is none.

        At least one character, printable ASCII, tabs and line ends, or well-formed UTF-8 of three and more characters.
        """
        region = self.region(address)
        if region is None or ("x" in region.rights and region.name.startswith(".text")):
            return None
        raw = self.bytes_at(address, longest)
        end = raw.find(b"\0")
        raw = raw[: end if end >= 0 else longest]
        if not raw or (end < 0 and len(raw) < longest):
            return None
        if all(byte in _PLAIN for byte in raw):
            return raw.decode("ascii")
        try:
            said = raw.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return said if len(said) > 2 and said.isprintable() else None

    @cached_property
    def names(self) -> dict[int, str]:
        """Names of functions by address: symbols first, then stubs."""
        found = dict(self.stubs)
        for symbol in self.symbols:
            if symbol.name and symbol.address and symbol.kind in ("function", "ifunc"):
                found[symbol.address] = symbol.name
        return found

    @cached_property
    def data_names(self) -> dict[int, str]:
        """Names of data by address."""
        return {one.address: one.name for one in self.symbols if one.name and one.kind == "data"}

    @cached_property
    def lowest(self) -> int:
        """The lowest address that is loaded."""
        return min((one.address for one in self.regions if one.memory), default=0)


_PLAIN = frozenset([9, 10, 13, *range(32, 127)])


class Sweep:
    """What one pass over all code finds. All arrays run over functions or over places in code, in order of address.

    `starts` and `sizes` (bytes) of the functions, `names` their names where known, `digests` a hash of each with all
    that moves when code is laid out anew masked (targets outside the function, addresses), `counts` the number of
    instructions, `calls` rows (index of the calling function, address called), `references` rows (index of the
    function, address of data or code that it names), `shapes` one row of 64 small numbers per function: a sketch of
    its instructions that survives small changes, for likeness; `constants` rows (index, number compared or loaded).
    A call through a slot (GOT, import table) is a row of `calls` with the slot's address. `compact`: the function is in
    Thumb. `prints`: a digest of each function without all that a linker may change, by which `known` knows it again.
    """

    def __init__(
        self,
        starts: Numbers,
        sizes: Numbers,
        digests: NDArray[np.uint64],
        counts: Numbers,
        calls: Numbers,
        references: Numbers,
        shapes: NDArray[np.uint8],
        constants: Numbers,
        names: dict[int, str],
    ) -> None:
        self.starts, self.sizes, self.digests, self.counts = starts, sizes, digests, counts
        self.calls, self.references, self.shapes, self.constants, self.names = (
            calls,
            references,
            shapes,
            constants,
            names,
        )
        self.compact: NDArray[np.bool_] = np.zeros(len(starts), np.bool_)
        self.prints: NDArray[np.uint64] = np.zeros(len(starts), np.uint64)
