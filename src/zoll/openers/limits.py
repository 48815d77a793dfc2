"""How much is opened of one release before the rest becomes a gap."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Bounds of opening; each breach is a gap.

    `depth`: containers inside containers; `parts` and `bytes` of one release; `part`: bytes of one part; `ratio`: plain
    bytes for one packed byte, heeded once more than `ratio_from` bytes came; `seconds` for one container.
    """

    depth: int = 12
    parts: int = 500_000
    bytes: int = 8 << 30
    part: int = 2 << 30
    ratio: int = 300
    ratio_from: int = 10_000_000
    seconds: float = 300.0
