"""Real upgrades of stripped programs from Debian: what zoll says of their functions, and how long it takes.

    python bench/debian_executables.py [--only WORD] [--page docs/executables.md] [--machine "what it ran on"]

Nothing is installed or run: packages are fetched by package URL through the user's own archive and inspected.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

MARKS = ("<!-- debian -->", "<!-- /debian -->")
# package, its version in bookworm, the later one, the suite of that, processors
PAIRS = (
    ("openssh-server", "1:9.2p1-2+deb12u9", "1:9.2p1-2+deb12u10", "bookworm", "amd64 arm64"),
    ("openssh-server", "1:9.2p1-2+deb12u7", "1:9.2p1-2+deb12u10", "bookworm", "armhf mipsel mips64el"),
    ("libssl3", "3.0.20-1~deb12u2", "3.0.22-1~deb12u2", "bookworm", "amd64 arm64"),
    ("libssl3", "3.0.17-1~deb12u2", "3.0.20-1~deb12u2", "bookworm", "armhf mipsel"),
    ("hostapd", "2:2.10-12+deb12u2", "2:2.10-12+deb12u3", "bookworm", "amd64 arm64"),
    ("sudo", "1.9.13p3-1+deb12u2", "1.9.13p3-1+deb12u4", "bookworm", "amd64 arm64"),
    ("libcurl4", "7.88.1-10+deb12u5", "7.88.1-10+deb12u15", "bookworm", "amd64 arm64"),
    ("libstrongswan", "5.9.8-5+deb12u5", "5.9.8-5+deb12u6", "bookworm", "amd64 arm64"),
    ("dropbear-bin", "2022.83-1+deb12u3", "2025.89-1~deb13u1", "trixie", "amd64 arm64 armhf"),
    ("busybox", "1:1.35.0-4+deb12u1+b1", "1:1.37.0-6+b9", "trixie", "amd64 arm64 armhf"),
    ("dnsmasq-base", "2.90-4~deb12u2", "2.91-1+deb13u2", "trixie", "amd64 arm64 armhf"),
    ("openssh-server", "1:9.2p1-2+deb12u10", "1:10.0p1-7+deb13u4", "trixie", "amd64"),
    ("sudo", "1.9.13p3-1+deb12u4", "1.9.16p2-3+deb13u2", "trixie", "amd64"),
    ("hostapd", "2:2.10-12+deb12u3", "2:2.10-24", "trixie", "amd64"),
)  # fmt: skip


def main() -> int:
    """Run all pairs, or those whose name or architecture holds a word, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="pairs whose name or architecture holds this")
    parser.add_argument("--page", type=Path, help="write the table between the page's marks `<!-- debian -->`")
    parser.add_argument("--machine", default="", help="what it ran on, for the page")
    parser.add_argument("--keep", type=Path, help="keep the reports (JSON) in this folder")
    given = parser.parse_args()
    rows = [row for row in _rows(given.only, given.keep) if row]
    table = _table(rows)
    if given.page:
        said = f"{table}\n\n`python bench/debian_executables.py`, {given.machine or 'machine not named'}."
        before, rest = given.page.read_text("utf-8").split(MARKS[0])
        behind = rest.split(MARKS[1])[1]
        given.page.write_text(f"{before}{MARKS[0]}\n{said}\n{MARKS[1]}{behind}", "utf-8")
    print(table)
    return 0


def _rows(only: str, keep: Path | None) -> list[list[str]]:
    rows = []
    for name, before, after, suite, processors in PAIRS:
        for processor in processors.split():
            if only and only not in f"{name} {processor} {suite}":
                continue
            urls = [
                f"pkg:deb/debian/{name}@{version}?distro={where}&arch={processor}"
                for version, where in ((before, "bookworm"), (after, suite))
            ]
            rows.append(_row(f"{name} {before} → {after}", processor, urls, keep))
            print(rows[-1], file=sys.stderr, flush=True)
    return rows


def _row(name: str, processor: str, urls: list[str], keep: Path | None) -> list[str]:
    """Inspect one pair; a package that the archive no longer has is left out with a line."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "zoll", "inspect", *urls, "--format", "json", "--out", str(out)],
            check=False,
            capture_output=True,
            text=True,
        )
        seconds = time.perf_counter() - began
        if done.returncode > 1:
            print(f"{name} {processor} left out: {done.stderr.strip()[:200]}", file=sys.stderr)
            return []
        text = out.read_text("utf-8")
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        version = urls[1].partition("@")[2].partition("?")[0]
        (keep / f"{name.partition(' ')[0]}-{version}-{processor}.json").write_text(text, "utf-8")
    report = json.loads(text)
    total = Counter()
    for one in report["functions"]:
        total.update({sort: number for sort, number in one.items() if sort != "path"})
    gained = sum(
        any(fact["kind"] == "power" for fact in finding["gained"])
        for finding in report["findings"]
        if finding["offset"]
    )
    levels = report["levels"]
    paired = total["same"] + total["recompiled"] + total["changed"]
    return [
        name,
        processor,
        f"{total['old']:,} → {total['new']:,}",
        f"{paired:,}",
        f"{total['same']:,}",
        f"{total['recompiled']:,}",
        f"{total['changed']:,}",
        f"{gained}",
        f"{levels['hold']} / {levels['review']}",
        f"{seconds:.0f}",
    ]


def _table(rows: list[list[str]]) -> str:
    head = ["upgrade", "processor", "functions", "paired", "same", "other bytes, same doing", "changed",
            "findings with a gained power", "hold / review", "s"]  # fmt: skip
    lines = [head, ["---", "---", *["---:"] * (len(head) - 2)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
