"""Small sketches of content, so that fifty thousand parts can look for their likes without meeting each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
import xxhash
from numpy.typing import NDArray

Key = TypeVar("Key")
Sketch = NDArray[np.uint64]

SIZE = 128
READ = 1 << 20
_CROWD = 40
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
    hashes = np.array([xxhash.xxh3_64_intdigest(word.encode("utf-8", "replace")) for word in words], dtype=np.uint64)
    if len(hashes) > 1:
        hashes = hashes[:-1] * _ODD + hashes[1:]
    return _smallest(_mixed(hashes), size)


def _mixed(words: Sketch) -> Sketch:
    words = (words ^ (words >> _SHIFT)) * _ODD
    return np.asarray((words ^ (words >> _SHIFT)) * _ODD, dtype=np.uint64)


def _smallest(hashes: Sketch, size: int) -> Sketch:
    if len(hashes) > size * 64:  # most hashes cannot be among the smallest: keep the low end before sorting
        share = min(1.0, size * 16 / len(hashes))
        low = hashes[hashes < np.uint64(int(share * (2**64 - 1)))]
        found = np.unique(low)
        if len(found) >= size:
            return found[:size]
    return np.unique(hashes)[:size]


def likeness(one: Sketch, other: Sketch, size: int = SIZE) -> float:
    """Return the estimated share of shingles that two contents have in common, 0 to 1."""
    if not len(one) or not len(other):
        return 0.0
    whole = np.union1d(one, other)[:size]
    both = np.intersect1d(one, other, assume_unique=True)
    return float(np.isin(whole, both, assume_unique=True).sum()) / len(whole)


def alike(old: Mapping[Key, Sketch], new: Mapping[Key, Sketch], least: int = 3) -> Iterator[tuple[Key, Key, int]]:
    """Yield old and new keys whose sketches share at least `least` hashes, with the number shared.

    Hashes that more than forty contents share (licence headers) lead nowhere, so the work stays linear.
    """
    holders: dict[int, list[Key]] = defaultdict(list)
    for key, sketch in old.items():
        for value in sketch.tolist():
            holders[value].append(key)
    crowds: Counter[int] = Counter()
    for sketch in new.values():
        crowds.update(sketch.tolist())
    for key, sketch in new.items():
        shared: Counter[Key] = Counter()
        for value in sketch.tolist():
            if crowds[value] <= _CROWD and len(holders.get(value, ())) <= _CROWD:
                shared.update(holders.get(value, ()))
        best = shared.most_common(8)
        yield from ((other, key, count) for other, count in best if count >= min(least, len(sketch)))
