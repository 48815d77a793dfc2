"""The versions to name when the one asked for is not there."""

import re
from collections.abc import Sequence

Steps = tuple[int, ...]


def nearest(wanted: str, versions: Sequence[str], most: int = 5) -> list[str]:
    """Return the versions that share most with `wanted`, oldest first.

    >>> nearest("1.2.9", ["1.1", "1.2.8", "1.3", "9.0"], 2)
    ['1.2.8', '1.3']
    """
    if not versions:
        return ["none"]
    steps = _steps(wanted)
    versions = sorted(versions, key=_steps)
    place = sum(_steps(version) < steps for version in versions)
    start = max(0, min(place - (most + 1) // 2, len(versions) - most))
    return versions[start : start + most]


def _steps(version: str) -> Steps:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,9}", version))
