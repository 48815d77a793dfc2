"""Small sketches of content, so that fifty thousand parts can look for their likes without meeting each other."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
import xxhash
from numpy.typing import NDArray

Key = TypeVar("Key")
Sketch = NDArray[np.uint64]

SIZE = 128
READ = 1 << 20
_CROWD = 40
_BEST = 8
_CHUNK = 2000
_BLANK = b" \t\r\n\f\v"
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def sketch_bytes(data: bytes, *, text: bool) -> Sketch:
    """Return the smallest hashes of the 8-byte shingles of the first MiB; white space does not count in text."""
    data = data[:READ]
    if text:
        data = data.translate(None, _BLANK)
    if len(data) < 8:
        return np.array([xxhash.xxh3_64_intdigest(data)] if data else [], dtype=np.uint64)
    words = np.ndarray((len(data) - 7,), dtype="<u8", buffer=data, strides=(1,)).astype(np.uint64)
    return _smallest(_mixed(words), SIZE)


def sketch_words(words: Sequence[str], size: int = SIZE) -> Sketch:
    """Return the smallest hashes of the pairs of neighbouring words."""
    if not words:
        return np.array([], dtype=np.uint64)
    hashes = np.fromiter(map(_hashed, words), dtype=np.uint64, count=len(words))
    if len(hashes) > 1:
        hashes = hashes[:-1] * _ODD + hashes[1:]
    return _smallest(_mixed(hashes), size)


@lru_cache(maxsize=1 << 16)
def _hashed(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode("utf-8", "replace"))


def _mixed(words: Sketch) -> Sketch:
    words = (words ^ (words >> _SHIFT)) * _ODD
    return np.asarray((words ^ (words >> _SHIFT)) * _ODD, dtype=np.uint64)


def _smallest(hashes: Sketch, size: int) -> Sketch:
    """Return the `size` smallest distinct hashes, sorted; only repeated contents need a look at all of them."""
    if len(hashes) > size * 4:
        low = _distinct(np.partition(hashes, size * 2)[: size * 2])
        if len(low) >= size:
            return low[:size]
    return _distinct(hashes)[:size]


def _distinct(hashes: Sketch) -> Sketch:
    low = np.sort(hashes)
    return low[np.concatenate(([True], low[1:] != low[:-1]))]


def likeness(one: Sketch, other: Sketch, size: int = SIZE) -> float:
    """Return the estimated share of shingles that two contents have in common, 0 to 1."""
    if not len(one) or not len(other):
        return 0.0
    both = np.concatenate((one, other))
    both.sort()
    twice = both[1:] == both[:-1]  # in neither stands anything twice
    common, whole = both[1:][twice], len(both) - int(np.count_nonzero(twice))
    if whole <= size:
        return len(common) / whole
    last = both[np.concatenate(([True], ~twice))][size - 1]
    return int(np.searchsorted(common, last, "right")) / size


def alike(old: Mapping[Key, Sketch], new: Mapping[Key, Sketch], least: int = 3) -> Iterator[tuple[Key, Key, int]]:
    """Yield old and new keys whose sketches share at least `least` hashes, and how many: the best of each new.

    Hashes that more than forty contents share (licence headers) lead nowhere, so the work stays linear.
    """
    old_keys, new_keys = list(old), list(new)
    if not old_keys or not new_keys:
        return
    values = np.concatenate([old[key] for key in old_keys])
    owners = np.repeat(np.arange(len(old_keys)), [len(old[key]) for key in old_keys])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    crowded = _crowded(np.concatenate([new[key] for key in new_keys]))
    for start in range(0, len(new_keys), _CHUNK):
        some = new_keys[start : start + _CHUNK]
        for row, column, count in _met(values, owners, [new[key] for key in some], crowded):
            if count >= min(least, len(new[some[row]])):
                yield old_keys[column], some[row], count


def _crowded(values: Sketch) -> Sketch:
    found, counts = np.unique(values, return_counts=True)
    return np.asarray(found[counts > _CROWD], dtype=np.uint64)


def _met(
    values: Sketch, owners: NDArray[np.int64], sketches: Sequence[Sketch], crowded: Sketch
) -> Iterator[tuple[int, int, int]]:
    """Yield new place, old place and how many hashes they share, the best of each new place first."""
    asked = np.concatenate(sketches)
    rows = np.repeat(np.arange(len(sketches)), [len(sketch) for sketch in sketches])
    low, high = np.searchsorted(values, asked, "left"), np.searchsorted(values, asked, "right")
    counts = high - low
    keep = (counts > 0) & (counts <= _CROWD) & ~np.isin(asked, crowded)
    low, counts, rows = low[keep], counts[keep], rows[keep]
    steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    pairs = np.stack([np.repeat(rows, counts), owners[np.repeat(low, counts) + steps]])
    found, shared = np.unique(pairs, axis=1, return_counts=True)
    best = np.lexsort((found[1], -shared, found[0]))
    seen = last = -1
    for place in best.tolist():
        row = int(found[0, place])
        seen, last = (seen + 1, row) if row == last else (0, row)
        if seen < _BEST:
            yield row, int(found[1, place]), int(shared[place])
