"""How many functions of C libraries zoll knows again in stripped static programs, and how many it names wrongly.

    python bench/known_measure.py --into DIR [--page docs/executables.md]

`bench/known_program.c` calls some 150 functions; it is built with the C libraries of Debian for several processors, and
the truth are the symbols that are then stripped. Static programs of Debian are looked at too, without a truth.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from known_functions import EQUAL, TRIPLETS, known, plain

from zoll.errors import CannotFetch
from zoll.fetch import fetch
from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import Image
from zoll.parse.machine.known import recognised
from zoll.parse.machine.sweep import sweep

MARKS = ("<!-- known -->", "<!-- /known -->")
SOURCE = Path(__file__).with_name("known_program.c")
MUSL = {
    "amd64": "x86_64-linux-musl",
    "i386": "i386-linux-musl",
    "arm64": "aarch64-linux-musl",
    "armhf": "arm-linux-musleabihf",
    "mipsel": "mipsel-linux-musl",
    "mips64el": "mips64el-linux-musl",
    "ppc64el": "powerpc64le-linux-musl",
}
SHIPPED = (
    ("busybox-static", "bookworm", "amd64 arm64 armhf mipsel"),
    ("busybox-static", "trixie", "amd64 arm64"),
    ("bash-static", "bookworm", "amd64 arm64 mipsel"),
    ("sash", "bookworm", "amd64 arm64"),
)
HEAD = ["program", "library", "processor", "known by name", "of these recognised", "wrongly named", "recognised in all"]


def main() -> int:
    """Build, look, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    rows = []
    for row in (*_built(given.into), *_shipped(given.into)):
        print(row, file=sys.stderr, flush=True)
        rows.append(row)
    lines = [HEAD, ["---", "---", "---", *["---:"] * (len(HEAD) - 3)], *rows]
    said = "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n`python bench/known_measure.py`"
    if given.page:
        before, rest = given.page.read_text("utf-8").split(MARKS[0])
        given.page.write_text(f"{before}{MARKS[0]}\n{said}\n{MARKS[1]}{rest.split(MARKS[1])[1]}", "utf-8")
    print(said)
    return 0


def _built(into: Path) -> Iterator[list[str]]:
    for arch, triplet in TRIPLETS.items():
        if arch != "armel":
            for flags in (("-static",), ("-static-pie",)) if arch in ("amd64", "arm64") else (("-static",),):
                out = into / f"glibc-{arch}{flags[0]}"
                _compiled([f"{triplet}-gcc", "-w", "-O2", *flags, str(SOURCE), "-o", str(out)])
                yield _held(out, f"glibc 2.36, cross{', PIE' if 'pie' in flags[0] else ''}", arch)
    for suite in ("bookworm", "trixie"):
        for arch, musl in MUSL.items():
            try:
                out = _with_musl(into, suite, arch, musl)
            except CannotFetch:
                continue
            if out:
                yield _held(out, f"musl of {suite}", arch)


def _compiled(words: list[str]) -> bool:
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-300:], file=sys.stderr)
    return not done.returncode


def _with_musl(into: Path, suite: str, arch: str, musl: str) -> Path | None:
    package = fetch(f"pkg:deb/debian/musl-dev?distro={suite}&arch={arch}")
    root, compiler = into / f"musl-{suite}-{arch}", f"{TRIPLETS[arch]}-gcc"
    subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)
    lib, include = root / "usr/lib" / musl, root / "usr/include" / musl
    own = subprocess.run([compiler, "-print-file-name=include"], check=True, capture_output=True, text=True)
    gcc = subprocess.run([compiler, "-print-libgcc-file-name"], check=True, capture_output=True, text=True)
    out = into / f"musl-{suite}-{arch}.bin"
    words = [compiler, "-w", "-O2", "-static", "-no-pie", "-nostdlib", "-nostdinc", "-isystem", str(include)]
    words += [
        "-isystem",
        own.stdout.strip(),
        str(lib / "crt1.o"),
        str(lib / "crti.o"),
        str(SOURCE),
        str(lib / "libc.a"),
    ]
    made = _compiled([*words, gcc.stdout.strip(), str(lib / "libc.a"), str(lib / "crtn.o"), "-o", str(out)])
    return out if made else None


def _held(program: Path, library: str, arch: str) -> list[str]:
    """Return a row: what the symbols say against what is recognised once they are gone."""
    full, bare = read_elf(program.read_bytes()), program.with_suffix(".stripped")
    subprocess.run([f"{TRIPLETS[arch]}-strip", "-o", str(bare), str(program)], check=True)
    truth = _truth(full)
    found = _recognised(bare)
    asked = [at for at, names in truth.items() if any(map(known, names))]
    wrong = {at: name for at, name in found.items() if name not in truth.get(at, ())}
    for at, name in wrong.items():
        print(f"{at:x} {name} is {sorted(truth.get(at, ()))[:3]}", file=sys.stderr)
    right = sum(at in found and at not in wrong for at in asked)
    share = f"{right:,} ({right / len(asked):.0%})"
    return [SOURCE.name, library, arch, f"{len(asked):,}", share,
            f"{len(wrong):,} of {len(found):,}", f"{len(found):,}"]  # fmt: skip


def _truth(image: Image) -> dict[int, set[str]]:
    found = {address: {name, EQUAL.get(name, name)} for address, name in image.stubs.items()}
    for one in image.symbols:
        if one.kind in ("function", "ifunc"):
            name = plain(one.name)
            found.setdefault(one.address, set()).update({one.name, name, EQUAL.get(name, name)})
    return found


def _recognised(program: Path) -> dict[int, str]:
    image = read_elf(program.read_bytes())
    return recognised(image, sweep(image))


def _shipped(into: Path) -> Iterator[list[str]]:
    for package, suite, processors in SHIPPED:
        for arch in processors.split():
            try:
                path = fetch(f"pkg:deb/debian/{package}?distro={suite}&arch={arch}")
            except CannotFetch:
                continue
            root = into / f"{package}-{suite}-{arch}"
            subprocess.run(["dpkg-deb", "-x", str(path), str(root)], check=True)
            for program in sorted(root.glob("**/bin/*")):
                if program.is_file() and not program.is_symlink() and program.read_bytes()[:4] == b"\x7fELF":
                    found = _recognised(program)
                    yield [program.name, f"as in {suite}", arch, "", "", "", f"{len(found):,}"]


if __name__ == "__main__":
    sys.exit(main())
