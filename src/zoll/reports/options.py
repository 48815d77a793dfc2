"""How a report is asked to look."""

from msgspec import Struct


class Options(Struct, frozen=True):
    """`top` findings in full, `width` in columns; `verbose` adds the evidence, more code and every gap.

    `plain` keeps drawings to ASCII, for terminals that show nothing else.
    """

    top: int = 10
    width: int = 100
    color: bool = False
    verbose: bool = False
    plain: bool = False
