"""Truncates and flips executables of every format and reads each: counts of what became of them, and the slowest.

`python bench/broken_executables.py [--count 2000] [--seed 1] [--largest BYTES] [--then MODULE:FUNCTION]
[FILE or FOLDER ...]`. Without files: some of what the machine has, and the small ones of the tests. Each is read in a
process of its own, held to 10 seconds of the processor and 4 GiB; `--then` names a function that is given each image
afterwards, such as `zoll.parse.machine.sweep:sweep`; `--whole` compares each with the file that it was, as an upgrade
is compared, through all of reading, with ten seconds more for each megabyte: it fails too where bytes differ and
neither a change, a gap nor a kind of noise says so. Exit status 1 where one crashed, hung or raised anything but
BadExecutable.
"""

import argparse
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from zoll.model import Pair, Part, Place
from zoll.parse.bytecode import BadBytecode, open_bytecode
from zoll.parse.kinds import kind_of
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import BadExecutable, Image
from zoll.pipeline.reading import read_pair

KINDS = ("executable/elf", "executable/pe", "executable/macho", "executable/class", "executable/pyc")
BYTECODE = KINDS[3:]
ASSEMBLY = ".net"  # a PE file of bytecode is a format of its own
FORMATS = (*KINDS, ASSEMBLY)
SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "parse"
SECONDS = 10
MEMORY = 4 << 30
LARGEST = 8 << 20
READ, REFUSED, FAILED, HUNG, SILENT = "read", "refused", "failed", "hung", "silent"
STATES = {0: READ, 3: REFUSED, 4: FAILED, 5: SILENT, -signal.SIGXCPU: HUNG}
PATIENCE = 12  # seconds of wall clock for each of the processor: the machine may be busy
MORE_SECONDS = 10  # for each megabyte of both sides, when they are compared


def executables(places: list[Path], chance: random.Random, largest: int = LARGEST) -> list[tuple[Path, str]]:
    """Return the executables among files and folders (links not followed), in an order that hangs on the seed."""
    files = [each for place in places for each in ([place] if place.is_file() else sorted(place.rglob("*")))]
    found = []
    for path in files:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > largest:
            continue
        with path.open("rb") as stream:
            kind = kind_of(path.name, stream.read(4096))
        found += [(path, kind)] if kind in KINDS else []
    chance.shuffle(found)
    return found


def broken(data: bytes, chance: random.Random) -> bytes:
    """Cut, flip, fill or copy; the head, the end and the tables that they lead to more often than the rest."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        span = chance.choice((64, 512, 4096, len(changed)))
        at = chance.randrange(min(span, len(changed)))
        at = at if chance.random() < 0.8 else len(changed) - 1 - at
        match chance.randrange(6):
            case 0:
                del changed[chance.randrange(1, len(changed) + 1) :]
            case 1 | 2:
                changed[at] ^= 1 << chance.randrange(8)
            case 3:
                changed[at : at + 4] = b"\xff" * 4
            case 4:
                changed[at : at + 8] = chance.randbytes(8)
            case _:
                start = chance.randrange(len(changed))
                changed[at : at + 64] = changed[start : start + 64]
        if not changed:
            break
    return bytes(changed)


@cache
def format_of(path: Path, kind: str) -> str:
    """Return what a file counts as: its kind, or that it is an assembly."""
    return ASSEMBLY if kind == "executable/pe" and b"BSJB\1\0\1\0" in path.read_bytes() else kind


def cases(files: list[tuple[Path, str]], count: int, chance: random.Random) -> Iterator[tuple[Path, str, bytes]]:
    """Yield `count` broken executables: the formats in turn, and their files in turn."""
    groups = [group for name in FORMATS if (group := [one for one in files if format_of(*one) == name])]
    for number in range(count):
        group = groups[number % len(groups)]
        path, kind = group[number // len(groups) % len(group)]
        yield path, kind, broken(path.read_bytes(), chance)


def _read(data: bytes, kind: str, then: Callable[[Image], object] | None) -> int:
    """Return 0 for a file that is read, 3 for one refused, 4 for any other end; for the child."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        if kind in (*BYTECODE, "executable/pe"):
            open_bytecode(data, kind)
        for image in read_image(data, kind) if kind not in BYTECODE else ():
            if then:
                then(image)
    except (BadExecutable, BadBytecode):
        return 3
    except BaseException:  # noqa: BLE001 - this is what is looked for
        traceback.print_exc()
        return 4
    return 0


def _compared(old: bytes, new: bytes, kind: str) -> int:
    """Return 0 for an upgrade that is compared, 5 for one of which nothing says that it differs; for the child."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sides = {"old": old, "new": new}
    parts = [Part(Place(("f",)), kind, name, len(data)) for name, data in sides.items()]
    try:
        answer = read_pair(Pair(parts[0], parts[1], "place"), sides.__getitem__)
    except BaseException:  # noqa: BLE001 - this is what is looked for
        traceback.print_exc()
        return 4
    return 0 if old == new or answer.changes or answer.gaps or answer.noise else 5


def tried(work: Callable[[], int], limit: float = SECONDS) -> tuple[str, float]:
    """Return what becomes of one file in a process of its own, and its seconds."""
    start = time.monotonic()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
        os._exit(work())
    while time.monotonic() - start < PATIENCE * limit:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return STATES.get(code, f"signal {-code}"), used.ru_utime + used.ru_stime
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return HUNG, time.monotonic() - start


def main() -> int:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--largest", type=int, default=LARGEST, help="bytes of a file, before it is broken")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--then", default="")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--keep", type=Path, help="a folder for those that failed")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - no secret hangs on it
    files = executables(asked.places or [SAMPLES], chance, asked.largest)
    if not asked.places:
        machine = [Path("/usr/bin"), Path("/usr/lib/x86_64-linux-gnu")]
        files += executables(machine, chance, asked.largest)[: 3 * len(files)]
    module, _, name = asked.then.partition(":")
    then = getattr(import_module(module), name) if module else None
    counts: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "")
    try:
        for number, (path, kind, data) in enumerate(cases(files, asked.count, chance)):
            if asked.whole:
                whole = path.read_bytes()
                limit = SECONDS + MORE_SECONDS * (len(whole) + len(data)) / 1e6
                state, seconds = tried(partial(_compared, whole, data, kind), limit)
            else:
                state, seconds = tried(partial(_read, data, kind, then))
            counts[format_of(path, kind), state] += 1
            slowest = max(slowest, (seconds, f"{path} #{number}"))
            if state not in (READ, REFUSED):
                print(f"{state}: {path} #{number}")
                if asked.keep:
                    (asked.keep / f"{number}-{path.name}").write_bytes(data)
    except KeyboardInterrupt:  # what was seen until then is told
        print(f"stopped after {counts.total()}")
    for (kind, state), count in sorted(counts.items()):
        print(f"{kind} {state} {count}")
    print(f"slowest {slowest[0]:.2f} s {slowest[1]}")
    return int(any(state not in (READ, REFUSED) for _, state in counts))


if __name__ == "__main__":
    sys.exit(main())
