"""How even a run of bytes is spread: eight bits a byte is what encryption and compression give."""

import numpy as np

PIECE = 1 << 20  # bytes counted at once: numpy widens them eightfold


def entropy(data: bytes, offset: int, size: int) -> float:
    """Return bits per byte of a run; 0 for an empty one.

    >>> entropy(bytes(range(256)), 0, 256)
    8.0
    """
    raw = np.frombuffer(data, np.uint8)[max(offset, 0) : max(offset, 0) + max(size, 0)]
    if not len(raw):
        return 0.0
    counts = np.zeros(256, np.int64)
    for start in range(0, len(raw), PIECE):
        counts += np.bincount(raw[start : start + PIECE], minlength=256)
    shares = counts / len(raw)
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum()) + 0.0
