"""A safeguard that is gone, as the rooms that look for one hand it on."""

from msgspec import Struct


class Lost(Struct, frozen=True):
    """A safeguard that is gone: its run, the fact's value and traits, its words, the new line if it has one."""

    run: int
    value: str
    words: str
    call: str = ""
    effect: str = ""
    about: str = ""
    line: int = 0
