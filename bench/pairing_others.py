"""What another differ of functions makes of the same pairs: radare2's radiff2, as PyPI's r2libr 5.7.4 ships it.

The wheel holds radare2's libraries, not its programs: a child of Python's calls the one that is radiff2.
"""

import re
import resource
import subprocess
import sys
from pathlib import Path

PATIENCE = 120  # seconds
# Each needs those before it.
LIBRARIES = [
    "util",
    "magic",
    "socket",
    "cons",
    "config",
    "crypto",
    "hash",
    "io",
    "flag",
    "bp",
    "syscall",
    "reg",
    "parse",
]
LIBRARIES += ["asm", "search", "lang", "fs", "egg", "anal", "debug", "bin", "core", "main"]
ROW = re.compile(r"(0x[0-9a-f]+) \|\s+(?:UN)?MATCH\s+\(([0-9.]+)\)\s+\| (0x[0-9a-f]+)")
CHILD = f"""
import ctypes, os, sys
folder, *words = sys.argv[1:]
for name in {LIBRARIES}:
    if os.path.exists(f"{{folder}}/libr_{{name}}.so"):
        last = ctypes.CDLL(f"{{folder}}/libr_{{name}}.so", mode=ctypes.RTLD_GLOBAL)
given = (ctypes.c_char_p * (len(words) + 2))(b"radiff2", *(word.encode() for word in words), None)
done = last.r_main_radiff2(len(words) + 1, given)
ctypes.CDLL(None).fflush(None)
os._exit(done & 255)
"""


def radiff(wheel: Path, old: Path, new: Path) -> tuple[list[tuple[int, int]] | None, float]:
    """Return the addresses of the functions that radiff2 pairs, equal or not, and its seconds; None if it failed."""
    folder = wheel / "libr" / "libr"
    words = [sys.executable, "-c", CHILD, str(folder), "-A", "-C", str(old), str(new)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LD_LIBRARY_PATH": str(folder)},
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return None, PATIENCE
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = ROW.findall(done.stdout.decode(errors="replace"))
    pairs = [(int(one, 16), int(two, 16)) for one, like, two in rows if float(like) > 0]
    return pairs or None, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
