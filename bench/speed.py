"""Measures the whole command: changed bytes of source per second of one core, and peak memory.

`python bench/speed.py [--jobs N] OLD NEW [OLD NEW ...]` prints one line per pair and one for all together;
`--corpus DIR` measures the five pairs of docs/speed.md, as `bench/make.py --into DIR` makes them (`make speed` does
both). Seconds are those of the processor (parent and workers, user and system, not what looking at the memory takes),
since machines are shared; memory is what all processes hold together, shared pages counted once.
"""

import argparse
import json
import os
import re
import resource
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from zoll.model import Part, Report
from zoll.pipeline.inspection import inspect
from zoll.pipeline.settings import Settings

PSS = re.compile(rb"^Pss:\s+(\d+)", re.MULTILINE)
EVERY = 0.25
FIVE = ("osmo-bsc", "netmiko", "sqlalchemy", "node-forge", "rollup")


class Watch:
    """Looks a few times a second at how much this process and its children hold together.

    `peak` is in bytes; `seconds` are those of the processor that looking took.
    """

    def __init__(self) -> None:
        self.peak = 0
        self.seconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, sum(map(_held, [os.getpid(), *_children()])))
            self.seconds = time.thread_time()


def _children() -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path("/proc/self/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _held(pid: int) -> int:
    with suppress(OSError):
        met = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_bytes())
        return int(met[1]) * 1024 if met else 0
    return 0


def processor() -> float:
    """Return the seconds of the processor that this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def changed(report: Report) -> int:
    """Return the bytes of source files, both sides, whose bytes do not stand on the other side."""
    return _beyond(report.old.parts, report.new.parts) + _beyond(report.new.parts, report.old.parts)


def _beyond(here: Iterable[Part], there: Iterable[Part]) -> int:
    known = {part.digest for part in there}
    return sum(part.size for part in here if part.kind.startswith("code/") and part.digest not in known)


def measure(old: Path, new: Path, jobs: int) -> tuple[int, float]:
    """Inspect a pair, print what it took, and return the bytes of changed source and the seconds of the processor."""
    before, start = processor(), time.monotonic()
    with Watch() as watch:
        report = inspect(old, new, Settings(jobs=jobs))
    seconds, wall, size = processor() - before - watch.seconds, time.monotonic() - start, changed(report)
    print(
        f"{new.name[:40]:40} {size / 1e6:8.2f} MB changed source {seconds:8.1f} s CPU {wall:7.1f} s wall "
        f"{size / 1e6 / seconds:6.2f} MB/s {watch.peak / 1e6:6.0f} MB peak "
        f"{report.account.changes:6} hunks {len(report.findings):6} findings {len(report.gaps):4} gaps",
        flush=True,
    )
    return size, seconds


def five(corpus: Path) -> list[Path]:
    """Return the releases of the five pairs, old and new in turns."""
    cases = map(json.loads, (corpus / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    clean = {case["id"]: case for case in cases if case["id"].startswith("clean-")}
    return [Path(clean[f"clean-{name}"][side]) for name in FIVE for side in ("old", "new")]


def main() -> None:
    """Measure each pair given on the command line, or the five."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--names", action="store_true", help="print the names of the five pairs")
    parser.add_argument("releases", nargs="*", type=Path)
    given = parser.parse_args()
    if given.names:
        print(*FIVE)
        return
    releases = [*given.releases, *(five(given.corpus) if given.corpus else ())]
    pairs = zip(releases[::2], releases[1::2], strict=True)
    sizes, seconds = map(sum, zip(*(measure(old, new, given.jobs) for old, new in pairs), strict=True))
    print(f"together: {sizes / 1e6:.1f} MB, {seconds:.1f} s, {sizes / 1e6 / seconds:.2f} MB/s")


if __name__ == "__main__":
    main()
