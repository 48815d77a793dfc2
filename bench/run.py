"""Run zoll over the cases and keep one result file per case; a second call goes on where the first stopped.

usage: python bench/run.py CASES.jsonl RESULTS [--only ID ...] [--fold dev|held]
           [--set attack|benign] [--jobs 2] [--timeout 600] [--again] [--keep-stale]

A result carries a key, made of zoll's own files and of the case's line: when either changes, the case is run again.
Comparisons of parts are kept beside the results: the plants of one upgrade, and a state of the code in which only the
judging is new, take them from there; results say so (`recalled`), since their seconds tell nothing.
"""

import argparse
import gzip
import json
import os
import re
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

SOURCE = Path(__file__).parents[1] / "src"
WARM = ["warmed"]
SECONDS = re.compile(rb'"seconds": ([\d.]+)')
YOUNG = 2_000_000_000  # nanoseconds
HEAD = 500  # bytes of a result before its findings
FIELDS = ("path", "line", "line_end", "symbol", "offset", "title")


class Signal(msgspec.Struct):
    """What is read of a signal; reading all of a report would take ten times as long."""

    rule: str


class Found(msgspec.Struct):
    """What is read of a finding."""

    bits: float | int
    level: str
    path: str | None = None
    line: int | None = None
    line_end: int | None = None
    symbol: str | None = None
    offset: int | None = None
    title: str | None = None
    expected: float | int | None = None
    signals: list[Signal] = []


class Compared(msgspec.Struct):
    """What was compared."""

    bytes: int


class Account(msgspec.Struct):
    """What is read of the account."""

    compared: Compared


class Report(msgspec.Struct):
    """What is read of a report."""

    findings: list[Found]
    account: Account
    made_by: str = ""


def main() -> None:
    """Run what is asked for."""
    asked = arguments()
    asked.results.mkdir(parents=True, exist_ok=True)
    code = None if asked.keep_stale else digest_of_code()
    cases = ordered([case for case in read_cases(asked.cases) if wanted(case, asked, code)], asked.results)
    with ThreadPoolExecutor(asked.jobs) as pool:
        for number, (case, word) in enumerate(pool.map(lambda c: (c, run_case(c, asked)), cases), 1):
            print(f"{number}/{len(cases)} {case['id']}: {word}", flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="case ids, or beginnings of them")
    parser.add_argument("--fold", choices=("dev", "held"))
    parser.add_argument("--set", choices=("attack", "benign"))
    parser.add_argument("--jobs", type=int, default=2, help="cases at a time; each runs zoll with one worker")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for one case")
    parser.add_argument("--again", action="store_true", help="run also what has a result")
    parser.add_argument("--keep-stale", action="store_true", help="keep results of other code or of changed cases")
    return parser.parse_args()


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Every case, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def wanted(case: dict[str, Any], asked: argparse.Namespace, code: str | None = None) -> bool:
    """Whether this case is asked for and still to do; without a digest of the code any result will do."""
    return (
        (not asked.only or any(case["id"].startswith(word) for word in asked.only))
        and asked.fold in (None, case.get("fold"))
        and asked.set in (None, case["set"])
        and (asked.again or not is_kept(asked.results / f"{case['id']}.json", case, code))
    )


def ordered(cases: list[dict[str, Any]], results: Path) -> list[dict[str, Any]]:
    """Return clean upgrades before the plants that take comparisons from them, of both what took longest first.

    So no core waits at the end for a long one that began last. How long is told by results of before, if there are any.
    """
    took = {case["id"]: seconds_of(results / f"{case['id']}.json") for case in cases}
    return sorted(cases, key=lambda case: (case["set"] == "attack", -took[case["id"]]))


def seconds_of(result: Path) -> float:
    """Return what a result of before says of its seconds, 0 where there is none."""
    found = SECONDS.search(result.read_bytes()[:HEAD]) if result.exists() else None
    return float(found[1]) if found else 0.0


def is_kept(result: Path, case: dict[str, Any], code: str | None) -> bool:
    """Whether a result stands, and was made of this very case by this code."""
    if not result.exists():
        return False
    return code is None or json.loads(result.read_text(encoding="utf-8")).get("key") == key_of(case, code)


def digest_of_code(source: Path = SOURCE) -> str:
    """Give a digest of zoll's own files, rules among them; not of the counts, nor of what learns them from results."""
    files = tuple(_files(source))
    young = (
        time.time_ns() - max(written for _, written in files) < YOUNG
    )  # may change again in the same tick of the clock
    return _read(source, files) if young else _digest_of(source, files)


def _files(source: Path) -> Iterator[tuple[Path, int]]:
    """Yield the files that decide results, each with when it was last written, in order."""
    for folder, folders, names in os.walk(source):
        # Others may just be writing stored byte code; what begins with a dot is what tools leave behind.
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in {"__pycache__", "learn"})
        for name in sorted(names):
            if name[0] != "." and name != "counts.json":
                path = Path(folder, name)
                yield path, path.stat().st_mtime_ns


@cache
def _digest_of(source: Path, files: tuple[tuple[Path, int], ...]) -> str:
    return _read(source, files)


def _read(source: Path, files: Iterable[tuple[Path, int]]) -> str:
    named = ((path.relative_to(source).as_posix().encode(), path) for path, _ in files)
    return _digest(word for name, path in named for word in (name, path.read_bytes()))


def key_of(case: dict[str, Any], code: str) -> str:
    """Give the key of a case's result as this code makes it."""
    return _digest((code.encode(), json.dumps(case, sort_keys=True).encode()))


def _digest(words: Iterable[bytes]) -> str:
    whole = sha256()
    for word in words:
        whole.update(len(word).to_bytes(8, "big") + word)
    return whole.hexdigest()


def run_case(case: dict[str, Any], asked: argparse.Namespace) -> str:
    """Inspect one upgrade and write its result; give one word on how it went."""
    key = key_of(case, digest_of_code())  # of now: the code may change while the corpus runs
    with TemporaryDirectory() as scratch:
        report, told = Path(scratch) / "report.json", Path(scratch) / "told"
        started = time.monotonic()
        inspection = warm().Process(target=inspect, args=(case, report, told, asked.results / "answers"))
        status = waited(inspection, asked.timeout)
        seconds = time.monotonic() - started
        if status is None:
            return f"no result within {asked.timeout:.0f} s"
        words = told.read_text(encoding="utf-8", errors="replace")
        if not last_line(words).isdigit():  # the last word of one that went well; its status may be lost on the way
            return f"exit {status}: {last_line(words)}"
        said = report.read_bytes()
    reports = asked.results / "reports"
    reports.mkdir(exist_ok=True)
    (reports / f"{case['id']}.json.gz").write_bytes(gzip.compress(said, 3, mtime=0))
    made = {"key": key, "recalled": "taken from where they were kept" in words}
    read = msgspec.json.decode(said, type=Report)
    result: dict[str, Any] = made | result_of(case, read, seconds, int(last_line(words)))
    fresh = asked.results / f"{case['id']}.new"
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")
    fresh.rename(asked.results / f"{case['id']}.json")
    return f"{len(result['findings'])} findings in {result['seconds']} s"


@cache
def warm() -> ForkServerContext:
    """Return the processes that fork from one in which zoll is loaded, which saves 0.7 seconds a case."""
    os.environ["PYTHONPATH"] = os.pathsep.join((str(SOURCE), str(Path(__file__).parent)))
    forks = get_context("forkserver")
    forks.set_forkserver_preload(WARM)
    return forks


def inspect(case: dict[str, Any], report: Path, told: Path, kept: Path) -> None:
    """Inspect one upgrade in a process of its own; write what it says, and last its peak of memory in MB."""
    from zoll.cli import run  # noqa: PLC0415 - only here is zoll loaded

    with told.open("wb") as words:
        os.dup2(words.fileno(), 2)
    asked = ["inspect", case["old"], case["new"], "--format", "json", "--out", str(report), "--jobs", "1"]
    status = run([*asked, "--verbose", "--keep", str(kept)])
    if status in (0, 1):
        peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        os.write(2, f"{max(peaks) // 1024}\n".encode())
    sys.exit(status)


def waited(child: BaseProcess, seconds: float) -> int | None:
    """Let a child run; give its exit status, None when it took too long and was ended."""
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        child.kill()
        child.join()
        return None
    return child.exitcode


def last_line(text: str) -> str:
    """Give the last words a program said."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else "silent"


def result_of(case: dict[str, Any], report: Report, seconds: float, peak: int) -> dict[str, Any]:
    """Turn a report into the scorer's form: score is bits, severity is the level; `megabytes` were compared."""
    findings = [
        {field: getattr(found, field) for field in FIELDS}
        | {"score": found.bits, "severity": found.level, "expected": found.expected}
        | {"rules": [signal.rule for signal in found.signals]}
        for found in report.findings
    ]
    made = {"tool": "zoll", "version": report.made_by, "case": case["id"]}
    cost = {"seconds": round(seconds, 2), "peak_mb": peak, "megabytes": report.account.compared.bytes / 1e6}
    return made | cost | {"findings": findings}


if __name__ == "__main__":
    main()
