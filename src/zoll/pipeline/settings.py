"""What a user may set, and how long work tells its progress."""

from typing import Protocol

from msgspec import Struct

from zoll.openers.limits import Limits as OpeningLimits
from zoll.sandbox.limits import Limits as WorkerLimits


class Settings(Struct, frozen=True):
    """Settings of one inspection.

    `jobs` 0 means one worker per core; `notes` are paths of texts that count as part of the new release,
    `source` those of what it claims to be built from, `sboms` of its bills of materials, `advisories` of what is said
    about it, `counts` a file that `zoll learn` made, to judge by instead of the shipped one; `keep` is a folder from
    which what was read and compared before is taken, "" for none.
    """

    jobs: int = 0
    strict: bool = False
    notes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    sboms: tuple[str, ...] = ()
    advisories: tuple[str, ...] = ()
    counts: str = ""
    keep: str = ""
    limits: OpeningLimits = OpeningLimits()
    workers: WorkerLimits = WorkerLimits()


class Progress(Protocol):
    """Who wants to know how far the work is."""

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of `total` steps (0: not known)."""

    def step(self, n: int = 1) -> None:
        """Do some of its steps."""

    def note(self, text: str) -> None:
        """Say one thing worth a line."""


class Silence:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """Pass over it."""

    def step(self, n: int = 1) -> None:
        """Pass over it."""

    def note(self, text: str) -> None:
        """Pass over it."""
