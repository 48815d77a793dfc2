"""The texts at many addresses of an executable at once."""

import numpy as np
import xxhash
from numpy.typing import NDArray

from zoll.parse.machine.image import Image, Numbers, Region

Words = NDArray[np.uint64]
LONGEST = 400
_WINDOW = 32
_PLAIN = np.zeros(256, np.bool_)
_PLAIN[[9, 10, 13, *range(32, 127)]] = True


def text_digests(image: Image, addresses: Numbers) -> Words:
    """Return a digest of the zero-ended text at each address, 0 where there is none; as `Image.text` sees it."""
    found = np.zeros(len(addresses), np.uint64)
    for region, inside in _by_region(image, addresses):
        if "x" not in region.rights or not region.name.startswith(".text"):
            found[inside] = _in_region(image, region, addresses[inside])
    return found


def content_digests(image: Image, addresses: Numbers) -> Words:
    """Return the eight bytes at each address of data that is never written, mixed; 0 elsewhere and for zeros."""
    found = np.zeros(len(addresses), np.uint64)
    for region, inside in _by_region(image, addresses):
        held = np.frombuffer(image.data, np.uint8)[region.offset : region.offset + region.size]
        whole = inside[addresses[inside] - region.address + 8 <= len(held)]
        if "w" not in region.rights and not region.name.startswith(".text"):
            at = addresses[whole] - region.address
            found[whole] = held[at[:, None] + np.arange(8)].copy().view(np.uint64).ravel()
    return found


def _by_region(image: Image, addresses: Numbers) -> list[tuple[Region, NDArray[np.intp]]]:
    loaded = sorted((one for one in image.regions if one.memory), key=lambda one: one.address)
    at = np.searchsorted(np.array([one.address for one in loaded], np.int64), addresses, "right") - 1
    found = []
    for number in np.unique(at[at >= 0]).tolist():
        region = loaded[number]
        inside = np.flatnonzero((at == number) & (addresses - region.address < region.size))
        found.append((region, inside))
    return found


def _in_region(image: Image, region: Region, addresses: Numbers) -> Words:
    held = np.frombuffer(image.data, np.uint8)[region.offset : region.offset + region.size]
    starts = addresses - region.address
    ends, last = _ends(held, starts)
    view, digest = memoryview(image.data)[region.offset : region.offset + region.size], xxhash.xxh3_64_intdigest
    found = np.zeros(len(addresses), np.uint64)
    plain = np.flatnonzero((last == 0) & (ends > starts) | (ends - starts >= LONGEST))
    for at, start, end in zip(plain.tolist(), starts[plain].tolist(), ends[plain].tolist(), strict=True):
        found[at] = digest(view[start:end])
    for at in np.flatnonzero(last >= 0x80).tolist():
        said = image.text(int(addresses[at]), LONGEST)
        found[at] = digest(said.encode()) if said else 0
    return found


def _ends(held: NDArray[np.uint8], starts: Numbers) -> tuple[Numbers, NDArray[np.int16]]:
    """Return where each run of plain characters ends, and the byte that ends it (-1: none within reach)."""
    ends, last = starts.copy(), np.full(len(starts), -1, np.int16)
    padded = np.append(held, np.full(_WINDOW, 1, np.uint8))  # a byte that is neither text nor its end
    going = np.arange(len(starts))
    for _ in range(0, LONGEST, _WINDOW):
        if not len(going):
            break
        seen = padded[np.minimum(ends[going], len(held))[:, None] + np.arange(_WINDOW)]
        stops = ~_PLAIN[seen]
        first = np.where(stops.any(axis=1), stops.argmax(axis=1), _WINDOW)
        ends[going] += first
        over = first < _WINDOW
        last[going[over]] = seen[np.flatnonzero(over), first[over]]
        going = going[~over]
    ends[going] = starts[going] + LONGEST
    return ends, last
