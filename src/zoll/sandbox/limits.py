"""How much a worker may take, and what is said of one that took more or fell."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Bounds of one worker.

    `memory` is the address space in bytes beyond what the parent had; `cpu` and `wall` are seconds for one job, growing
    by `cpu_per_mb` and `wall_per_mb` for every megabyte that the job weighs; `file_size` is bytes of one written file.
    Seconds of the processor are the bound that bites, so that a report does not depend on how busy the machine is;
    those of the wall are for work that waits for ever. `new_code` is bytes of functions that are brought up of all
    executables that have no counterpart in the other release, `paired_code` of all that have one, both sides: their
    work adds up, whatever one job may take.
    """

    memory: int = 3 << 30
    cpu: float = 30.0
    cpu_per_mb: float = 10.0
    wall: float = 180.0
    wall_per_mb: float = 60.0
    file_size: int = 4 << 30
    open_files: int = 256
    new_code: int = 3_000_000
    paired_code: int = 24_000_000

    def seconds(self, weight: int) -> float:
        """Return the wall-clock seconds that a job of `weight` bytes may take."""
        return self.wall + self.wall_per_mb * weight / 1e6

    def processor(self, weight: int) -> float:
        """Return the seconds of the processor that a job of `weight` bytes may take."""
        return self.cpu + self.cpu_per_mb * weight / 1e6


class Failure(Struct, frozen=True):
    """A job that gave no answer. `reason`: crash, timeout, memory; `detail`: a signal or an exception's last line."""

    reason: str
    detail: str
