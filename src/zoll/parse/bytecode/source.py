"""What bytecode says as source, and what is raised where it cannot be followed."""

from msgspec import Struct


class BadBytecode(ValueError):
    """Bytes that cannot be followed. `reason`: truncated, malformed, unsupported, limit, missing."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


class Source(Struct, frozen=True):
    """What bytecode says as source.

    `numbers` are the lines of the source that each line comes from, 0 where the bytecode does not say; `starts` are the
    lines (from 1) at which functions begin, with the offset of their code in the file. `left` tells of what could not
    be followed.
    """

    language: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    starts: dict[int, int]
    left: tuple[str, ...] = ()
