"""Run zoll over the cases and keep one result file per case; a second call goes on where the first stopped.

usage: python bench/run.py CASES.jsonl RESULTS [--only ID ...] [--fold dev|held]
           [--set attack|benign] [--jobs 2] [--timeout 600] [--again] [--keep-stale]

A result carries a key, made of zoll's own files and of the case's line: when either changes, the case is run again.
"""

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

SOURCE = Path(__file__).parents[1] / "src"
DOOR = "from zoll.cli import main; main()"
FIELDS = ("path", "line", "line_end", "symbol", "offset", "title")


def main() -> None:
    """Run what is asked for."""
    asked = arguments()
    asked.results.mkdir(parents=True, exist_ok=True)
    code = None if asked.keep_stale else digest_of_code()
    cases = [case for case in read_cases(asked.cases) if wanted(case, asked, code)]
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


def is_kept(result: Path, case: dict[str, Any], code: str | None) -> bool:
    """Whether a result stands, and was made of this very case by this code."""
    if not result.exists():
        return False
    return code is None or json.loads(result.read_text(encoding="utf-8")).get("key") == key_of(case, code)


def digest_of_code(source: Path = SOURCE) -> str:
    """Give a digest of zoll's own files, rules among them; not of the counts, which are learned from these results."""
    return _digest(
        word
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.suffix != ".pyc" and path.name != "counts.json"
        for word in (path.relative_to(source).as_posix().encode(), path.read_bytes())
    )


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
    started = time.monotonic()
    command = [sys.executable, "-c", DOOR, "inspect", case["old"], case["new"], "--format", "json", "--jobs", "1"]
    place = os.environ | {"PYTHONPATH": str(SOURCE)}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, env=place, start_new_session=True)
        status, peak = waited(child, asked.timeout)
        said, complained = whole(out), whole(err)
    if status is None:
        return f"no result within {asked.timeout:.0f} s"
    if status not in (0, 1):
        return f"exit {status}: {last_line(complained)}"
    reports = asked.results / "reports"
    reports.mkdir(exist_ok=True)
    (reports / f"{case['id']}.json.gz").write_bytes(gzip.compress(said, 3, mtime=0))
    result = {"key": key} | result_of(case, json.loads(said), time.monotonic() - started, peak)
    scratch = asked.results / f"{case['id']}.new"
    scratch.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    scratch.rename(asked.results / f"{case['id']}.json")
    return f"{len(result['findings'])} findings in {result['seconds']} s"


def waited(child: subprocess.Popen[bytes], seconds: float) -> tuple[int | None, int]:
    """Wait for a child; give its status, None when it took too long and was ended, and its peak of memory in MB."""
    timer = threading.Timer(seconds, os.killpg, (child.pid, signal.SIGKILL))
    timer.start()
    _, status, usage = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return (None if child.returncode == -signal.SIGKILL else child.returncode), usage.ru_maxrss // 1024


def whole(file: IO[bytes]) -> bytes:
    """Give all that was written to a file."""
    file.seek(0)
    return file.read()


def last_line(text: bytes) -> str:
    """Give the last words a program said."""
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "silent"


def result_of(case: dict[str, Any], report: dict[str, Any], seconds: float, peak: int) -> dict[str, Any]:
    """Turn a report into the scorer's form: score is bits, severity is the level."""
    findings = [
        {key: found.get(key) for key in FIELDS}
        | {"score": found["bits"], "severity": found["level"], "expected": found.get("expected")}
        | {"rules": [signal["rule"] for signal in found.get("signals", [])]}
        for found in report["findings"]
    ]
    made = {"tool": "zoll", "version": report.get("made_by", ""), "case": case["id"]}
    return made | {"seconds": round(seconds, 2), "peak_mb": peak, "findings": findings}


if __name__ == "__main__":
    main()
