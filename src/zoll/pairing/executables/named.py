"""What the functions of one executable name: texts, imports, each other, data. Arrays over all, never sets of each."""

import numpy as np
import xxhash
from numpy.typing import NDArray

from zoll.pairing.executables.texts import Words, content_digests, text_digests
from zoll.parse.machine.image import Image, Numbers, Sweep

TEXT, IMPORT, FUNCTION, DATA = 1, 2, 3, 4
Index = NDArray[np.int64]


class Named:
    """Rows in order of place in the code: `owner` names something of `kind`.

    `value`: a digest of the text or of the imported name, the number of the function, the address of the data.
    `content`: of data that is never written its first bytes, else 0. `begins` says where the rows of each begin.
    """

    __slots__ = ("begins", "content", "kind", "owner", "value")

    def __init__(self, owner: Index, kind: NDArray[np.uint8], value: Words, content: Words, functions: int) -> None:
        self.owner, self.kind, self.value, self.content = owner, kind, value, content
        self.begins: Index = np.searchsorted(owner, np.arange(functions + 1)).astype(np.int64)

    def places(self, functions: Index) -> tuple[Index, Index]:
        """Return the places of the rows of each function, one after another, and whose they are (a position)."""
        return spread(self.begins[functions], self.begins[functions + 1])


def spread(begins: Index, ends: Index) -> tuple[Index, Index]:
    """Return the numbers from each begin to its end, one run after another, and the number of the run of each."""
    sizes = ends - begins
    runs = np.repeat(np.arange(len(begins)), sizes)
    firsts = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - firsts[runs] + begins[runs], runs


def named(image: Image, sweep: Sweep) -> tuple[Named, Named]:
    """Return what calls name, and what references name."""
    rows = [row[np.argsort(row[:, 0], kind="stable")] for row in (sweep.calls, sweep.references)]
    addresses = np.unique(np.concatenate([row[:, 1] for row in rows]))
    kind, value, content = _meanings(image, sweep, addresses)
    made = []
    for row in rows:
        at = np.searchsorted(addresses, row[:, 1])
        known = kind[at] > 0
        at = at[known]
        made.append(Named(row[known, 0].astype(np.int64), kind[at], value[at], content[at], len(sweep.starts)))
    return made[0], made[1]


def _meanings(image: Image, sweep: Sweep, addresses: Numbers) -> tuple[NDArray[np.uint8], Words, Words]:
    kind = np.zeros(len(addresses), np.uint8)
    value = addresses.astype(np.uint64)
    content = np.zeros(len(addresses), np.uint64)
    imported = _imports(image, addresses)
    kind[imported > 0] = IMPORT
    value[imported > 0] = imported[imported > 0]
    function = functions_at(image, sweep, addresses)
    chosen = (kind == 0) & (function >= 0)
    kind[chosen], value[chosen] = FUNCTION, function[chosen].astype(np.uint64)
    rest = np.flatnonzero(kind == 0)
    texts = text_digests(image, addresses[rest])
    kind[rest[texts > 0]], value[rest[texts > 0]] = TEXT, texts[texts > 0]
    rest = rest[texts == 0]
    kind[rest[_in_data(image, addresses[rest])]] = DATA
    content[rest] = content_digests(image, addresses[rest])
    return kind, value, content


def functions_at(image: Image, sweep: Sweep, addresses: Numbers) -> Index:
    """Return the number of the function that starts at each address, -1 for none."""
    wanted = addresses & ~1 if image.processor == "arm" else addresses
    if not len(sweep.starts):
        return np.full(len(addresses), -1, np.int64)
    at = np.minimum(np.searchsorted(sweep.starts, wanted), len(sweep.starts) - 1)
    return np.where(sweep.starts[at] == wanted, at, -1)


def _imports(image: Image, addresses: Numbers) -> Words:
    """Return a digest of the imported name that each address stands for, 0 for none."""
    names = {**_copied(image), **image.slots, **image.stubs}
    keys = np.array(sorted(names), np.int64)
    found = np.zeros(len(addresses), np.uint64)
    if not len(keys):
        return found
    at = np.minimum(np.searchsorted(keys, addresses), len(keys) - 1)
    for place in np.flatnonzero(keys[at] == addresses).tolist():
        found[place] = xxhash.xxh3_64_intdigest(names[int(addresses[place])].partition("@")[0].encode())
    return found


def _copied(image: Image) -> dict[int, str]:
    """Return the data of other files that the loader copies into this one (`environ`, `in6addr_any`), by address."""
    return {
        one.address: one.name
        for one in image.symbols
        if one.shown and one.kind == "data" and one.name and not image.bytes_at(one.address, 8).strip(b"\0")
    }


def _in_data(image: Image, addresses: Numbers) -> NDArray[np.bool_]:
    found = np.zeros(len(addresses), np.bool_)
    for region in image.regions:
        if region.memory and not ("x" in region.rights and region.name.startswith(".text")):
            found |= (addresses >= region.address) & (addresses < region.address + region.memory)
    return found
