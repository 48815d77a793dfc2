"""How many function starts zoll finds in stripped executables of each processor, and how many it makes up.

Truth are the symbols of real programs built for each processor, which zoll does not see: Lua and Mbed TLS (sources of
Debian), alone and linked with Debian's C library. Each is looked at as it is and, where it has an unwind table, once
more without.

    python bench/starts.py --into DIR [--page docs/executables.md]
"""

import argparse
import platform
import re
import subprocess
import textwrap
from pathlib import Path

import numpy as np
from unpack import unpack_tar

from zoll.fetch import fetch
from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import Image
from zoll.parse.machine.sweep import sweep

SOURCES = {"lua5.4": "5.4.4-3+deb12u1", "mbedtls": "2.28.3-1"}
COMPILERS = {
    "x86-64": "x86_64-linux-gnu",
    "x86": "i686-linux-gnu",
    "arm64": "aarch64-linux-gnu",
    "arm (Thumb-2)": "arm-linux-gnueabihf",
    "arm (A32)": "arm-linux-gnueabihf",
    "mips": "mips-linux-gnu",
    "mipsel": "mipsel-linux-gnu",
    "mips64el": "mips64el-linux-gnuabi64",
    "powerpc": "powerpc-linux-gnu",
    "ppc64": "powerpc64-linux-gnu",
    "ppc64le": "powerpc64le-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
}
NO_TABLE = "-fno-asynchronous-unwind-tables"
LUA = ("-w", "-DLUA_USE_POSIX", "-DLUA_COMPAT_5_3")
WITH_LIBRARY = "lua and libc"
BUILDS = {
    "lua -O2": ("lua5.4", ("-O2", "-fPIE", "-pie")),
    "lua -Os": ("lua5.4", ("-Os", NO_TABLE, "-fno-pie", "-no-pie")),
    WITH_LIBRARY: ("lua5.4", ("-O2", "-static")),
    "libmbedtls -O2": ("mbedtls", ("-O2", "-fPIC", "-shared")),
}
Row = tuple[str, str, str, int, float, float]
MARKS = ("<!-- starts -->", "<!-- /starts -->")


def main() -> None:
    """Build what is missing, look at all of it and print or write the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", type=Path, required=True)
    asked.add_argument("--page", type=Path)
    given = asked.parse_args()
    trees = {name: unpacked(name, version, given.into) for name, version in SOURCES.items()}
    rows = []
    for processor, compiler in COMPILERS.items():
        for build, (project, flags) in BUILDS.items():
            path = given.into / f"{processor}-{build}".replace(" ", "_")
            if not path.exists():
                compile_project(path, compiler, trees[project], project, mode(processor, flags))
            rows += looked_at(processor, build, path, compiler)
            print(*(f"{one:.1%}" if isinstance(one, float) else one for row in rows[-2:] for one in row), flush=True)
    write(table(rows), given.page)


def mode(processor: str, flags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the flags for one of ARM's two instruction sets."""
    return (*flags, "-marm") if processor.endswith("(A32)") else flags


def unpacked(name: str, version: str, into: Path) -> Path:
    """Return a Debian source's upstream tree."""
    folder = into / "src" / name
    if not folder.exists():
        dsc = fetch(f"pkg:deb/debian/{name}@{version}?arch=source&distro=bookworm")
        unpack_tar(next(dsc.parent.glob("*.orig.tar.*")), folder)
    return folder


def compile_project(path: Path, compiler: str, tree: Path, project: str, flags: tuple[str, ...]) -> None:
    """Compile and link all of a project at once."""
    if project == "lua5.4":
        files = [one for one in sorted(tree.glob("src/*.c")) if one.name != "luac.c"]
        words = [*LUA, *flags, *map(str, files), "-lm"]
    else:
        words = ["-w", *flags, f"-I{tree}/include", *map(str, sorted(tree.glob("library/*.c")))]
    subprocess.run(["nice", f"{compiler}-gcc", "-o", str(path), *words], check=True)


def looked_at(processor: str, build: str, path: Path, compiler: str) -> list[Row]:
    """Return rows: processor, build, table or not, functions, recall, precision."""
    bare = path.with_suffix(".stripped")
    if not bare.exists():
        subprocess.run([f"{compiler}-strip", "-o", str(bare), str(path)], check=True)
    (truth, also), rows = told(read_elf(path.read_bytes())), []
    table = len(read_elf(bare.read_bytes()).unwound) > len(truth) / 2
    for has in ("yes", "no") if table else ("no",):
        image = read_elf(bare.read_bytes())
        image.unwound = image.unwound if has == "yes" else image.unwound[:0]
        found = sweep(image).starts
        rows.append((processor, build, has, len(truth), np.isin(truth, found).mean(), np.isin(found, also).mean()))
    return rows


def told(image: Image) -> tuple[np.ndarray, np.ndarray]:
    """Return where functions start by the symbols, and those places together with labels in assembler."""
    code = [one for one in image.code if not one.name.startswith((".plt", ".iplt", ".MIPS.stubs"))]
    inside = [
        one for one in image.symbols if any(part.address <= one.address < part.address + part.size for part in code)
    ]
    functions = {one.address for one in inside if one.kind in ("function", "ifunc")}
    labels = {one.address for one in inside if not one.kind and not one.name.startswith((".L", "$"))}
    return np.array(sorted(functions)), np.array(sorted(functions | labels))


def table(rows: list[Row]) -> list[str]:
    """Return the page's lines: one a processor, then all."""
    head = ["processor", "functions", "recall, with unwind table", "precision", "recall, without", "precision"]
    head += ["recall, without, C library in it", "precision"]
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * 7]
    for processor in [*COMPILERS, "all"]:
        mine = [row for row in rows if processor in ("all", row[0])]
        bare = [row for row in mine if row[2] == "no"]
        shares = [shared([row for row in mine if row[2] == "yes"]), shared(bare)]
        shares.append(shared([row for row in bare if row[1] == WITH_LIBRARY]))
        lines.append(f"| {processor} | {sum(row[3] for row in bare)} | {' | '.join(shares)} |")
    return lines


def shared(rows: list[Row]) -> str:
    """Return recall and precision over all functions of some rows."""
    whole = sum(row[3] for row in rows)
    if not whole:
        return "- | -"
    recall, precision = (sum(row[3] * row[at] for row in rows) / whole for at in (4, 5))
    return f"{recall:.1%} | {precision:.1%}"


def write(lines: list[str], page: Path | None) -> None:
    """Print the table, or put it between its marks in a page."""
    said = (
        f"`bench/starts.py`, gcc {version()} of Debian bookworm, a virtual machine ({platform.machine()}): Lua at -O2 "
        "and -Os, Lua linked with the C library, Mbed TLS at -O2. Whatever the symbols do not have counts against "
        "precision: a landing place of an exception, a case of a switch."
    )
    text = "\n".join([*textwrap.wrap(said, 128), "", *lines])
    if page is None:
        print(text)
        return
    before, rest = page.read_text(encoding="utf-8").split(MARKS[0])
    behind = rest.split(MARKS[1])[1]
    page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{behind}", encoding="utf-8")


def version() -> str:
    """Return the cross compilers' version."""
    said = subprocess.run(["aarch64-linux-gnu-gcc", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+\.\d+\.\d+", said)
    return found[0] if found else "of unknown version"


if __name__ == "__main__":
    main()
