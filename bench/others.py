"""Run an existing tool on the cases where it applies; keep one result per case in the form that `score.py` reads.

usage: python bench/others.py CASES.jsonl OUT --tool guarddog|bandit|semgrep|diffoscope|capa [--raw | --changed]
           [--only ID ...] [--set attack|benign] [--sample N] [--timeout 300] [--again]
       python bench/others.py CASES.jsonl OUT --table [--zoll RESULTS]

Each tool gets a virtual environment of its own, with the versions pinned below, under OUT/tools; results go to
OUT/<tool>/, and a second call goes on where the first stopped. The tools are run as their makers recommend, on releases
unpacked into folders; each only reads them, in a network namespace without a network.

Such tools judge one release, not an upgrade. The fair adaptation: they look at the old and at the new release, and what
counts is what they say of the new one and did not say of the old, a finding being the same when rule, file and the text
of its lines are, wherever the lines now stand. `--raw` takes all they say of the new release instead, into
OUT/<tool>-raw/. `--changed` shows them only the files that differ, into OUT/<tool>-changed/: this helps guarddog, whose
rules stop after their first one to five hits, wherever these are. Findings are ranked by the tool's own severity, then
its confidence, then its order. Only diffoscope compares; it has no severities, so files rank by how many lines differ,
and the place is the first hunk.

A tool that does not end in time found nothing, and the result says so. What applies:

guarddog    packages of PyPI and npm. Its rules on source code (YARA since version 3); those on metadata ask registries
            and are left out.
bandit      upgrades of programs in Python.
semgrep     its package ships no rules, and its registry is not a package. The rules are those that other packages on
            PyPI ship: guarddog 2 (the last with semgrep rules; Python, JavaScript, Go, Ruby), njsscan (JavaScript),
            mobsfscan (Java). None were found for C, C++, Rust, PHP, Perl, Lua or shell.
diffoscope  everything.
capa        nothing: it needs executables and rules; its package ships none, and no package that does was found.
"""

import argparse
import filecmp
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from outputs import Finding, Keyed, gained, keyed, read_bandit, read_diffoscope, read_guarddog, read_semgrep
from run import last_line, read_cases, wanted
from score import FIRSTS, NAMES, bars, counts
from unpack import unpack

Case = dict[str, Any]
SHOWN = [*(f"{what}@{first}" for what in ("file", "place") for first in FIRSTS), "place@5%"]
HEAD = ("tool", "hostile", "clean", "not in time", *SHOWN, "clean with a high", "findings, median", "CPU s, median")
HIGH = ("high", "critical", "hold")
GUARDDOG = "guarddog/analyzer/sourcecode"
SEMGREP_RULES = {
    "python": (GUARDDOG,),
    "go": (GUARDDOG,),
    "ruby": (GUARDDOG,),
    "javascript": (GUARDDOG, "njsscan/rules/semantic_grep/*"),
    "java": ("mobsfscan/rules/semgrep/java",),
}


@dataclass(frozen=True)
class Tool:
    """One tool: what to install, what it applies to, how it is called and how its words are read.

    `command` gets the folder of the tool and the case; the trees follow as last words. `reads` is None for a tool that
    compares two trees by itself.
    """

    packages: tuple[str, ...]
    applies: Callable[[Case], bool]
    command: Callable[[Path, Case], list[str | Path]]
    reads: Callable[[bytes, Path], list[Finding]] | None
    rules: tuple[str, ...] = ()
    fine: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Run:
    """One run of a tool: what it said, None when it did not end in time, and what that took.

    `seconds` are on the clock; `cpu` are those of the processor, which other work on the machine does not stretch.
    """

    said: bytes | None
    seconds: float
    cpu: float
    peak: int


def guarddog(place: Path, case: Case) -> list[str | Path]:
    """Guarddog on a folder; its own sandbox stays on."""
    return [place / "bin/guarddog", "--log-level", "ERROR", case["kind"], "scan", "--output-format", "json"]


def bandit(place: Path, _: Case) -> list[str | Path]:
    """Bandit with every test."""
    return [place / "bin/bandit", "-r", "-q", "-f", "json"]


def semgrep(place: Path, case: Case) -> list[str | Path]:
    """Semgrep with the rules for the language of the case, which lie on this machine.

    All but njsscan's folder "good": there a match is a safeguard, and its absence is what njsscan speaks of.
    """
    found = [path for name in SEMGREP_RULES[case["language"]] for path in sorted((place / "rules").glob(name))]
    rules = [f"--config={path}" for path in found if path.name != "good"]
    flags = ["--json", "--quiet", "--metrics=off", "--disable-version-check", "--oss-only", "--jobs=1"]
    return [place / "bin/semgrep", "scan", *flags, *rules]


def diffoscope(place: Path, _: Case) -> list[str | Path]:
    """Diffoscope without the times and owners of folders, which unpacking made; new and lost files as wholes."""
    return [place / "bin/diffoscope", "--exclude-directory-metadata=yes", "--new-file", "--json", "-"]


TOOLS = {
    "guarddog": Tool(("guarddog==3.2.0",), lambda case: case["kind"] in ("pypi", "npm"), guarddog, read_guarddog),
    "bandit": Tool(("bandit==1.9.4",), lambda case: case["language"] == "python", bandit, read_bandit, fine=(0, 1)),
    "semgrep": Tool(
        ("semgrep==1.172.0",),
        lambda case: case["language"] in SEMGREP_RULES,
        semgrep,
        read_semgrep,
        rules=("guarddog==2.10.0", "njsscan==1.0.2", "mobsfscan==1.1.0"),
    ),
    "diffoscope": Tool(("diffoscope==332", "jsbeautifier==2.0.3"), lambda _: True, diffoscope, None, fine=(0, 1)),
}
WITHOUT_RULES = "capa: no case applies: flare-capa 10.0.0 ships no rules, no package has them, no plant is compiled"


def main() -> None:
    """Run one tool, or print the table of all."""
    asked = arguments()
    cases = read_cases(asked.cases)
    if asked.table:
        print_table(cases, asked)
    elif asked.tool == "capa":
        print(WITHOUT_RULES)
    else:
        run_tool(cases, asked)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("out", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--tool", choices=(*TOOLS, "capa"))
    what.add_argument("--table", action="store_true", help="print what all results in OUT come to, as Markdown")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--raw", dest="how", action="store_const", const="-raw", help="take all said of the new release")
    how.add_argument("--changed", dest="how", action="store_const", const="-changed", help="show only changed files")
    parser.add_argument("--only", nargs="*", default=[], help="case ids, or beginnings of them")
    parser.add_argument("--set", choices=("attack", "benign"))
    parser.add_argument("--sample", type=int, help="so many hostile and so many clean cases, always the same ones")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for one run of the tool")
    parser.add_argument("--again", action="store_true", help="run also what has a result")
    parser.add_argument("--zoll", type=Path, help="results of zoll, to put beside each tool on the same cases")
    return parser.parse_args(namespace=argparse.Namespace(fold=None, how=""))


def run_tool(cases: list[Case], asked: argparse.Namespace) -> None:
    """Install the tool where it is not, then run it on the cases that apply and have no result yet."""
    tool, place = TOOLS[asked.tool], (asked.out / "tools" / asked.tool).resolve()
    complaint = install(tool, place)
    if complaint:
        sys.exit(f"{asked.tool} could not be installed: {complaint}")
    asked.results = asked.out / f"{asked.tool}{asked.how}"
    asked.results.mkdir(parents=True, exist_ok=True)
    bench = Bench(asked.tool, place, asked.timeout)
    todo = [
        case for case in sample([case for case in cases if tool.applies(case)], asked.sample) if wanted(case, asked)
    ]
    for number, case in enumerate(sorted(todo, key=lambda case: case["pair"]), 1):
        print(f"{number}/{len(todo)} {case['id']}: {bench.keep(case, asked)}", flush=True)


def sample(cases: list[Case], size: int | None) -> list[Case]:
    """Pick at most so many of each set, by the digest of their names."""
    drawn = sorted(cases, key=lambda case: sha256(case["id"].encode()).digest())
    return [case for kind in ("attack", "benign") for case in [case for case in drawn if case["set"] == kind][:size]]


def install(tool: Tool, place: Path) -> str:
    """Make the tool's environment, once; give what pip complained of."""
    mark, wish = place / "installed.txt", "\n".join((*tool.packages, *tool.rules))
    if mark.exists() and mark.read_text(encoding="utf-8") == wish:
        return ""
    pip: list[str | Path] = [place / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    steps: list[list[str | Path]] = [[sys.executable, "-m", "venv", "--clear", place], [*pip, *tool.packages]]
    if tool.rules:  # of these the rules alone are wanted, so what they need is not installed
        steps.append([*pip, "--no-deps", "--target", place / "rules", *tool.rules])
    for step in steps:
        done = subprocess.run(step, capture_output=True, check=False)
        if done.returncode:
            return last_line(done.stderr)
    mark.write_text(wish, encoding="utf-8")
    return ""


@cache
def alone() -> tuple[str, ...]:
    """Words that start a program without a network, where this machine lets us."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if (
            shutil.which("unshare")
            and not subprocess.run([*words, "true"], capture_output=True, check=False).returncode
        ):
            return words
    print("the network cannot be taken away from the tool here; it runs with it", file=sys.stderr)
    return ()


class Bench:
    """A tool ready to run. What it says of an old release is kept, since many cases share one."""

    def __init__(self, name: str, place: Path, timeout: float) -> None:
        self.name, self.tool, self.place, self.timeout = name, TOOLS[name], place, timeout
        self.version = (*self.tool.packages, *self.tool.rules)
        self.known: dict[str, tuple[Run, list[Keyed]]] = {}

    def keep(self, case: Case, asked: argparse.Namespace) -> str:
        """Run the tool on one case and write the result; say in a few words how it went."""
        try:
            result = self.result(case, asked.how)
        except (ValueError, OSError, KeyError, subprocess.SubprocessError) as trouble:
            return f"no result: {trouble}"
        scratch = asked.results / f"{case['id']}.new"
        scratch.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        scratch.rename(asked.results / f"{case['id']}.json")
        return result["failed"] or f"{len(result['findings'])} findings in {result['seconds']} s"

    def result(self, case: Case, how: str = "") -> dict[str, Any]:
        """Return the findings of one case in the scorer's form."""
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder).resolve()
            if self.tool.reads is None:
                runs, findings = self.compared(case, work)
            else:
                runs, findings = self.subtracted(case, work, how)
        late = any(run.said is None for run in runs)
        return {
            "tool": self.name,
            "version": " ".join(self.version),
            "case": case["id"],
            "seconds": round(sum(run.seconds for run in runs), 2),
            "cpu_seconds": round(sum(run.cpu for run in runs), 2),
            "peak_mb": max(run.peak for run in runs),
            "failed": f"no result within {self.timeout:.0f} s" if late else "",
            "findings": [] if late else findings,
        }

    def compared(self, case: Case, work: Path) -> tuple[list[Run], list[Finding]]:
        """Return what a tool says that compares two trees."""
        old, new = tree_of(case["old"], work / "old"), tree_of(case["new"], work / "new")
        run = self.run(case, work, old, new)
        return [run], read_diffoscope(run.said, old, new) if run.said else []

    def subtracted(self, case: Case, work: Path, how: str) -> tuple[list[Run], list[Finding]]:
        """Return what the tool says of the new release, less what it says of the old one."""
        old, new = tree_of(case["old"], work / "old"), tree_of(case["new"], work / "new")
        if how == "-changed":
            old, new = only_changed(old, new, work / "less"), only_changed(new, old, work / "more")
        run, said = self.looked(case, new, work)
        if how == "-raw":
            return [run], [found for _, found in said]
        key = f"{case['old']}{case['id'] if how else ''}"
        if key not in self.known:
            self.known = {key: self.looked(case, old, work)}
        before, then = self.known[key]
        return [before, run], gained(then, said)

    def looked(self, case: Case, tree: Path, work: Path) -> tuple[Run, list[Keyed]]:
        """Return what the tool says of one release."""
        run = self.run(case, work, tree)
        return run, keyed(self.tool.reads(run.said, tree), tree) if run.said and self.tool.reads else []

    def run(self, case: Case, work: Path, *trees: Path) -> Run:
        """Run the tool on trees, from an empty folder, with a home of its own and no network."""
        (work / "home").mkdir(exist_ok=True)
        place = {"PATH": f"{self.place / 'bin'}:{os.environ['PATH']}", "HOME": str(work / "home"), "LC_ALL": "C.UTF-8"}
        words = [*alone(), *map(str, self.tool.command(self.place, case)), *map(str, trees)]
        started, before = time.monotonic(), spent()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = subprocess.Popen(
                words, stdout=out, stderr=err, env=place, cwd=place["HOME"], start_new_session=True
            )
            status, peak = waited(child, self.timeout)
            said, complained = whole(out), whole(err)
        if status not in (None, *self.tool.fine):
            raise ValueError(f"exit {status}: {last_line(complained)}")
        return Run(None if status is None else said, time.monotonic() - started, spent() - before, peak)


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


def spent() -> float:
    """Return the processor's seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def tree_of(side: str, into: Path) -> Path:
    """Give a release as a folder: itself, or what the artifact holds."""
    path = Path(side).resolve()
    if path.is_dir():
        return path
    unpack(path, into)
    return into


def only_changed(tree: Path, other: Path, into: Path) -> Path:
    """Copy the files of a tree that the other has not, or has otherwise."""
    into.mkdir()
    for path in sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()):
        rest = path.relative_to(tree)
        if not ((other / rest).is_file() and filecmp.cmp(path, other / rest, shallow=False)):
            (into / rest).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, into / rest)
    return into


def print_table(cases: list[Case], asked: argparse.Namespace) -> None:
    """Print one line per tool that has results, and zoll's on the same cases where it was asked for."""
    print("| " + " | ".join(HEAD) + " |")
    print("|---" + "|---:" * (len(HEAD) - 1) + "|")
    beside = read_results(asked.zoll) if asked.zoll else {}
    for folder in sorted(path for path in asked.out.iterdir() if path.name.partition("-")[0] in TOOLS):
        results = read_results(folder)
        if results:
            print(row(folder.name, cases, results))
        same = {id_: beside[id_] for id_ in results if id_ in beside}
        if same:
            print(row("zoll, same cases", cases, same))


def read_results(folder: Path) -> dict[str, dict[str, Any]]:
    """Results of one tool by case."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))}


def row(name: str, cases: list[Case], results: dict[str, dict[str, Any]]) -> str:
    """One tool's line: shares of the hostile cases, then what it says of the clean ones."""
    run = [case for case in cases if case["id"] in results]
    hostile, clean = ([case for case in run if case["set"] == kind] for kind in ("attack", "benign"))
    shares = dict(zip(NAMES, counts(hostile, results, bars(clean, results)), strict=False))
    said = [results[case["id"]]["findings"] for case in clean]
    loud = sum(any(found["severity"] in HIGH for found in findings) for findings in said)
    late = sum(bool(results[case["id"]].get("failed")) for case in run)
    cells = [name, str(len(hostile)), str(len(clean)), str(late)]
    cells += [share(shares[column], len(hostile)) for column in SHOWN]
    cells.append("-" if name == "diffoscope" else share(loud, len(clean)))
    cells.append(f"{middle([len(findings) for findings in said]):.0f}")
    took = [result["cpu_seconds"] for result in results.values() if "cpu_seconds" in result]
    cells.append(f"{middle(took):.1f}" if took else "-")
    return "| " + " | ".join(cells) + " |"


def share(count: int, of: int) -> str:
    """Write a count as percent."""
    return f"{count / of:.0%}" if of else "-"


def middle(values: list[float]) -> float:
    """Return the middle of the values, the upper one of two."""
    return sorted(values)[len(values) // 2] if values else 0


if __name__ == "__main__":
    main()
