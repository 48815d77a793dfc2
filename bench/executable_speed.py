"""How fast executables are read: code through facts and pairing on one core, and whole upgrades by the clock.

    python bench/executable_speed.py OLD NEW [OLD NEW ...] [--jobs 2] [--page docs/executables.md] [--machine WORDS]

OLD and NEW are executables, or folders or packages of them. For each pair of files: megabytes of code of both sides,
processor seconds of one core to find functions, calls, references and digests of both and to pair them, and that as
megabytes a second. For every pair: seconds by the clock of `zoll inspect`, and the most memory of one of its processes.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from zoll.pairing.machine import Machine, pair_machine
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.sweep import sweep

MARKS = ("<!-- speed -->", "<!-- /speed -->")


def main() -> int:
    """Measure and print, or write into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--machine", default="machine not named")
    given = parser.parse_args()
    pairs = list(zip(given.pairs[::2], given.pairs[1::2], strict=True))
    lines = [
        "| pair | MB, both sides | code, MB | facts and pairing, s of one core | MB/s |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [_paired(old, new) for old, new in pairs if old.is_file()]
    lines += ["", *[_inspected(old, new, given.jobs) for old, new in pairs]]
    text = "\n".join(lines)
    print(text)
    if given.page:
        before, rest = given.page.read_text("utf-8").split(MARKS[0])
        behind = rest.split(MARKS[1])[1]
        said = f"{text}\n\n`python bench/executable_speed.py OLD NEW ...`, {given.machine}."
        given.page.write_text(f"{before}{MARKS[0]}\n{said}\n{MARKS[1]}{behind}", "utf-8")
    return 0


def _paired(old: Path, new: Path) -> str:
    datas = [path.read_bytes() for path in (old, new)]
    began = time.process_time()
    machines = [Machine(image, sweep(image)) for image in (read_image(data, "executable/elf")[0] for data in datas)]
    pair_machine(*machines)
    spent = time.process_time() - began
    code = sum(region.size for machine in machines for region in machine.image.code) / 1e6
    return f"| {new.name} | {sum(map(len, datas)) / 1e6:.0f} | {code:.1f} | {spent:.1f} | {code / spent:.1f} |"


def _inspected(old: Path, new: Path, jobs: int) -> str:
    """Inspect one pair as a user would; memory is that of the largest process."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        began = time.perf_counter()
        words = ["inspect", str(old), str(new), "--jobs", str(jobs), "--format", "json", "--out", str(out)]
        subprocess.run([sys.executable, "-m", "zoll", *words], check=False)
        seconds = time.perf_counter() - began
        account = json.loads(out.read_text("utf-8"))["account"]
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    size = account["whole"]["bytes"] / 1e6
    return (
        f"`zoll inspect`, {new.name}, {size:.0f} MB, {jobs} at a time: {seconds:.0f} s by the clock; "
        f"{held:.2f} GB in the largest process so far.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
