"""Builds what `pairing.py` measures with: programs at two releases, several processors and compilers, and their truth.

Each build is linked with its symbols and then stripped; the symbols that it had are the truth. Nothing built is run,
except that some sources are configured and made once for this machine (`prepare`), to have their made headers.
"""

import fnmatch
import re
import subprocess
import tomllib
from bisect import bisect_right
from pathlib import Path

import download
from msgspec import Struct
from packageurl import PackageURL

from zoll.fetch import deb

RECIPE = Path(__file__).parent / "pairing.toml"
TARGETS = {
    "x86-64": "",
    "arm64": "aarch64-linux-gnu",
    "arm": "arm-linux-gnueabihf",
    "mips": "mips-linux-gnu",
    "mips64": "mips64el-linux-gnuabi64",
    "ppc64": "powerpc64le-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
}
HIDDEN = "{ local: *; };\n"
# What compilers append to the name of a function that they made another version or a part of: all have its name. Pieces
# that are cut off and jumped to (.cold) are no functions and have no truth.
VERSIONED = re.compile(r"\.(?:constprop|isra|llvm|lto_priv|part)\.\d+")
NOT_CODE = re.compile(
    r"\$[adtx]|_init$|_fini$|(?:de)?register_tm_clones$|frame_dummy$|__do_global|_start$|__start$|.*\.cold(?:\.\d+)?$"
)


class Build(Struct, frozen=True):
    """How one side is built: `compiler` and its flags, such as "gcc -O2"."""

    program: str
    side: str
    processor: str
    how: str


class Truth(Struct, frozen=True):
    """Names of functions by address; of several functions with one name, each with its file in front."""

    names: dict[int, str]
    sizes: dict[int, int]

    def name(self, address: int) -> str:
        """Return the name of the function that an address is the start of, or lies in."""
        if address in self.names:
            return self.names[address]
        at = bisect_right(self._starts, address) - 1
        start = self._starts[at] if at >= 0 else 0
        return self.names[start] if at >= 0 and address < start + self.sizes[start] else ""

    @property
    def _starts(self) -> list[int]:
        return list(self.names)  # in order


def recipe() -> dict[str, dict]:
    """Return the tables of programs and of pairs."""
    return tomllib.loads(RECIPE.read_text(encoding="utf-8"))


def source_tree(sources: list[str], side: str, store: Path, prepare: str) -> Path:
    """Fetch and unpack one release's upstream archive, and make its made headers; once."""
    name, version = sources[0], sources[1 if side == "old" else 2]
    folder = store / "src" / name / version.replace(":", "%3a")
    if not (folder / ".ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        download.fetch_orig(name, version, folder, store)
        archive = next(file for file in sorted(folder.glob("*.tar.*")) if file.suffix != ".asc")
        download.run(["tar", "xf", archive.name, "--strip-components=1"], folder)
        if prepare:
            download.run(["sh", "-c", prepare], folder)
        (folder / ".ready").touch()
    return folder


def build(one: Build, store: Path) -> tuple[Path, Path]:
    """Return the stripped executable of one build, and the one with symbols."""
    table = recipe()["programs"][one.program]
    tree = source_tree(table["sources"], one.side, store, table.get("prepare", ""))
    folder = store / "built" / f"{one.program}-{one.side}-{one.processor}-{re.sub(r'[^A-Za-z0-9]+', '-', one.how)}"
    stripped, whole = folder / "stripped", folder / "whole"
    if not stripped.exists():
        folder.mkdir(parents=True, exist_ok=True)
        objects = [compiled(one, table, tree, source, folder) for source in chosen(table, tree)]
        linked(one, table, objects, whole)
        download.run([f"{prefix(one)}strip", "-s", "-o", str(stripped), str(whole)])
    return stripped, whole


def prefix(one: Build) -> str:
    """Return what the names of the binary tools begin with."""
    return f"{TARGETS[one.processor]}-" if TARGETS[one.processor] else ""


def compiler(one: Build) -> list[str]:
    """Return the words that a call of the compiler begins with."""
    name, *flags = one.how.split()
    if name == "clang":
        target = [f"--target={TARGETS[one.processor]}"] if TARGETS[one.processor] else []
        return ["clang-14", *target, "-fuse-ld=lld", *flags]
    return [f"{prefix(one)}gcc", *flags]


def chosen(table: dict, tree: Path) -> list[str]:
    """Return the sources to compile: by patterns, or those that making it for this machine compiled."""
    if table.get("built"):
        found = [str(file.relative_to(tree)) for file in tree.rglob("*.o")]
        found = [name for name in found if (tree / name).with_suffix(".c").exists() and "/" not in name]
    else:
        found = [str(file.relative_to(tree)) for pattern in table["files"] for file in tree.glob(pattern)]
    unwanted = table.get("without", [])
    kept = {name for name in found if not any(fnmatch.fnmatch(name, pattern) for pattern in unwanted)}
    return sorted(str(Path(name).with_suffix(".c")) for name in kept)


def compiled(one: Build, table: dict, tree: Path, source: str, folder: Path) -> str:
    """Compile one file."""
    target = folder / (source.replace("/", "_")[:-2] + ".o")
    place = ["-fPIC"] if table.get("library") else ["-fPIE"]
    words = [*compiler(one), "-w", *place, *table.get("flags", []), "-c", source, "-o", str(target)]
    words = [word for word in words if word != "-fuse-ld=lld"]
    done = subprocess.run(words, cwd=tree, capture_output=True, text=True, check=False)
    if done.returncode:
        raise download.FetchError(f"{one.program} {one.side} {one.processor}: {done.stderr.strip()[:400]}")
    return str(target)


def linked(one: Build, table: dict, objects: list[str], whole: Path) -> None:
    """Link a program, or a library of which nothing is seen from outside."""
    how = ["-pie"]
    if table.get("library"):
        (whole.parent / "hidden.map").write_text(HIDDEN, encoding="utf-8")
        how = ["-shared", f"-Wl,--version-script={whole.parent / 'hidden.map'}"]
    download.run([*compiler(one), *how, *objects, "-o", str(whole), *table.get("link", [])])
    for name in objects:
        Path(name).unlink()


def shipped(row: list[str], side: str, store: Path) -> Path:
    """Fetch one side's Debian package and return the library in it."""
    name, version = row[:2] if side == "old" else row[2:4]
    architecture, _, pattern = row[4:]
    folder = store / "shipped" / f"{name}-{version}-{architecture}"
    if not folder.exists():
        folder.mkdir(parents=True)
        suite = "bookworm" if side == "old" else "trixie"
        purl = PackageURL("deb", "debian", name, version, {"arch": architecture, "distro": suite})
        package = deb.fetch(purl, folder, lambda _: None)
        download.run(["dpkg-deb", "-x", str(package), str(folder)])
    return next(file for file in sorted(folder.rglob(pattern)) if not file.is_symlink())


def truth(whole: Path, processor: str) -> Truth:
    """Read the names of functions from the symbols of an executable, with readelf; without, from those it exports."""
    words = ["readelf", "-sW", str(whole)]
    rows = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("'.symtab'")[-1].splitlines()
    file, found, sizes = "", {}, {}
    for row in rows:
        cells = row.split()
        if len(cells) < 8 or not cells[0].endswith(":"):
            continue
        if cells[3] == "FILE":
            file = cells[7]
        elif cells[3] in ("FUNC", "IFUNC") and cells[6] != "UND" and not NOT_CODE.match(cells[7]):
            address = int(cells[1], 16) & (~1 if processor in ("arm", "mips") else -1)
            name = VERSIONED.sub("", cells[7].partition("@")[0])
            if address not in found or cells[4] == "GLOBAL":
                found[address], sizes[address] = (file if cells[4] == "LOCAL" else "", name), int(cells[2], 0)
    return Truth(_told_apart(dict(sorted(found.items()))), sizes)


def _told_apart(found: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Put the file in front of names that functions of several files have."""
    files: dict[str, set[str]] = {}
    for file, name in found.values():
        files.setdefault(name, set()).add(file)
    return {address: name if len(files[name]) == 1 else f"{file}:{name}" for address, (file, name) in found.items()}
