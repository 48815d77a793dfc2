"""Makes the table by which functions of common C libraries are known again in programs without symbols.

    python bench/known_functions.py --into DIR [--only WORD]

The static libraries of Debian's development packages are fetched through the user's own archive, and never run. Each
is linked as a whole, so that a linker has done with it what linkers do, and its functions are swept as those of any
program are; the prints of those that the readers know by name go to src/zoll/parse/machine/known/functions.txt.
"""

import argparse
import base64
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from zoll.errors import CannotFetch
from zoll.fetch import fetch
from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import Image, Sweep
from zoll.parse.machine.known import BITS
from zoll.parse.machine.lift.tables import arity_of, leavers, system_calls
from zoll.parse.machine.sweep import sweep
from zoll.readers.ability import power_of

TABLE = Path(__file__).parents[1] / "src/zoll/parse/machine/known/functions.txt"
TRIPLETS = {
    "amd64": "x86_64-linux-gnu",
    "i386": "i686-linux-gnu",
    "arm64": "aarch64-linux-gnu",
    "armhf": "arm-linux-gnueabihf",
    "armel": "arm-linux-gnueabihf",
    "mips": "mips-linux-gnu",
    "mipsel": "mipsel-linux-gnu",
    "mips64el": "mips64el-linux-gnuabi64",
    "powerpc": "powerpc-linux-gnu",
    "ppc64": "powerpc64-linux-gnu",
    "ppc64el": "powerpc64le-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
}
FLAGS = {"armel": ("-marm", "-march=armv5te", "-mfloat-abi=soft")}
SUITES = {
    "bookworm": "amd64 arm64 armhf armel i386 mipsel mips64el ppc64el",
    "trixie": "amd64 arm64 armhf armel i386 ppc64el riscv64",
}
CROSS = "arm64 armhf armel i386 mips mipsel mips64el powerpc ppc64 ppc64el riscv64"
# package: its libraries
PACKAGES = {
    "libc6-dev": ("libc.a",),
    "musl-dev": ("libc.a",),
    "dietlibc-dev": ("libc.a",),
    "libcrypt-dev": ("libcrypt.a",),
    "libssl-dev": ("libcrypto.a", "libssl.a"),
    "libmbedtls-dev": ("libmbedcrypto.a", "libmbedx509.a", "libmbedtls.a"),
    "libwolfssl-dev": ("libwolfssl.a",),
}
CRYPTO = re.compile(
    r"EVP_(?:Digest|Encrypt|Decrypt|Cipher|Sign|Verify|PKEY_(?:verify|sign|encrypt|decrypt)|BytesToKey|md5|sha\d+|aes_\d+_\w+)"
    r"\w*|RAND_\w{4,12}|CRYPTO_memcmp|HMAC(?:_\w+)?|RSA_(?:verify|sign|public|private)\w*|ECDSA_\w+|ED25519_\w+"
    r"|SSL_(?:connect|accept|read|write|new|set_verify|get_verify_result|CTX_(?:new|set_verify|load_verify_locations))"
    r"|X509_verify\w*|(?:AES|DES|RC4|MD5|SHA\d+)_\w+|TLS(?:_client|_server)?_method"
    r"|mbedtls_(?:ssl_(?:handshake|read|write|setup|conf_\w+)|pk_verify\w*|x509_crt_(?:verify|parse)\w*|md\w*|sha\d+\w*"
    r"|aes_\w+|gcm_\w+|rsa_\w+|ecdsa_\w+|ctr_drbg_random|entropy_func)"
    r"|wolfSSL_(?:connect|accept|read|write|new|CTX_set_verify|check_domain_name)|wc_(?:Sha\d*|Aes|Hmac|Rsa|ecc|Md5)\w*"
    r"|crypt(?:_r|_rn|_ra)?"
)
# what a resolver chooses among: __strcmp_avx2, __memmove_avx_unaligned_erms, __strlen_asimd
VARIANT = re.compile(
    r"__(\w+?)_(?:sse\w*|ssse3\w*|avx\w*|evex\w*|i[3456]86|ia32|neon|vfp|arm|asimd|mte|generic|ppc|power\w+|erms"
    r"|thunderx\w*|falkor|a64fx|simd|sve|emag|kunpeng\w*|nosimd|zva\w*|default|mops)\Z"
)
STUB = """
__thread int own_here = 3; int main(void) { return own_here; }
__attribute__((visibility("hidden"))) char _DYNAMIC[8];
void _init(void) {} void _fini(void) {} void _start(void) {} void __start(void) {}
__attribute__((visibility("hidden"))) void __stack_chk_fail_local(void) {} void __strcmp_ppc(void) {}
__attribute__((visibility("hidden"))) void _dl_relocate_static_pie(void) {}
"""
# of functions that do the same, one name
EQUAL = {"quick_exit": "exit", "index": "strchr", "rindex": "strrchr", "bcmp": "memcmp", "putc": "fputc",
         "getc": "fgetc", "srandom": "srand", "fseeko": "fseek", "ftello": "ftell", "_Exit": "_exit"}  # fmt: skip
# instructions: what is shorter is told by what it calls; of system calls and what calls nothing, fewer are enough
LONG, SHORT, SHORTEST = 16, 8, 3


class Row(NamedTuple):
    """A function: all its names, its print, what it calls first, and whether its print alone tells it."""

    names: frozenset[str]
    key: int
    calls: str
    plain: bool


def main() -> int:
    """Make the table from all packages, or print how many rows those give whose name holds a word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True, help="a folder for what is unpacked and linked")
    parser.add_argument("--only", default="", help="packages whose name, suite and architecture hold this; no table")
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    found: dict[str, set[Row]] = {}
    sources: list[str] = []
    for package, suite, arch in _sources():
        if given.only not in f"{package} {suite} {arch}":
            continue
        made = _rows_of(package, suite, arch, given.into)
        if made:
            sources.append(made[0])
            found.setdefault(made[1], set()).update(made[2])
            print(made[0], arch, len(made[2]), file=sys.stderr, flush=True)
    text = _written(found, sources)
    if given.only:
        print(sum(map(len, found.values())), "rows,", len(text), "bytes")
    else:
        TABLE.write_text(text, "ascii")
    return 0


def _sources() -> Iterator[tuple[str, str, str]]:
    for suite, processors in SUITES.items():
        for package in PACKAGES:
            for arch in processors.split():
                yield package, suite, arch
        for arch in CROSS.split():
            yield f"libc6-dev-{arch}-cross", suite, arch


def _rows_of(package: str, suite: str, arch: str, into: Path) -> tuple[str, str, set[Row]] | None:
    """Return the package with its version, the processor and the rows; None for one that is not there.

    What was linked before is taken again.
    """
    cross = package.endswith("-cross")
    try:
        path = fetch(f"pkg:deb/debian/{package}?distro={suite}&arch={'amd64' if cross else arch}")
    except CannotFetch as missing:
        print(missing, file=sys.stderr)
        return None
    version, folder = path.name.removesuffix(".deb").replace("%3a", ":"), into / f"{package}-{suite}-{arch}"
    program = folder / "linked"
    wanted = PACKAGES["libc6-dev" if cross else package]
    if not program.exists() and not _linked(_unpacked(path, wanted, folder), arch, folder):
        return None
    image = read_elf(program.read_bytes())
    return version, image.processor, set(_rows(image, sweep(image)))


def _unpacked(path: Path, wanted: tuple[str, ...], folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    found = []
    with (
        subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(path)], stdout=subprocess.PIPE) as unpacker,
        tarfile.open(fileobj=unpacker.stdout, mode="r|") as archive,
    ):
        for member in archive:
            name = member.name.rsplit("/", 1)[-1]
            if name in wanted and member.isfile() and (held := archive.extractfile(member)):
                found.append(folder / name)
                found[-1].write_bytes(held.read())
    return sorted(set(found), key=lambda one: wanted.index(one.name))


def _linked(libraries: list[Path], arch: str, folder: Path) -> bool:
    """Link all of some libraries whatever is missing, or what is known by name where the linker cannot do that."""
    compiler = f"{TRIPLETS[arch]}-"
    (folder / "stub.c").write_text(STUB, "ascii")
    words = [f"{compiler}gcc", *FLAGS.get(arch, ()), "-w", "-static", "-nostdlib", str(folder / "stub.c")]
    words += ["-o", str(folder / "linked"), "-Wl,--unresolved-symbols=ignore-all,-e,main,--allow-multiple-definition"]
    files = [str(one) for one in libraries]
    names = subprocess.run([f"{compiler}nm", "-g", *files], check=False, capture_output=True, text=True).stdout
    rows = [line.split() for line in names.splitlines()]
    wanted = sorted({row[2] for row in rows if len(row) == 3 and row[1] in "TWiD" and known(row[2])})
    (folder / "wanted").write_text("\n".join(f"-Wl,-u,{one}" for one in wanted), "ascii")
    for more in (
        ["-Wl,--whole-archive", *files, "-Wl,--no-whole-archive"],
        [f"@{folder / 'wanted'}", "-Wl,--start-group", *files, "-Wl,--end-group"],
    ):
        done = subprocess.run([*words, *more], check=False, capture_output=True, text=True)
        if not done.returncode:
            return True
    errors = [line for line in done.stderr.splitlines() if "warning" not in line]
    print(folder.name, "could not be linked:", *errors[-4:], sep="\n", file=sys.stderr)
    return False


def known(name: str) -> bool:
    """Say whether the readers, the lift or the words of cryptography know a function."""
    return bool(arity_of(name)[0] >= 0 or name in leavers() or power_of(name, (), "c") or CRYPTO.fullmatch(name))


def plain(name: str) -> str:
    """Return the name of the function that a variant is of."""
    found = VARIANT.match(name)
    return found[1] if found and known(found[1]) else name


def _names(image: Image) -> dict[int, frozenset[str]]:
    """Return the names at each address."""
    held: dict[int, set[str]] = {}
    for one in image.symbols:
        if one.kind in ("function", "ifunc") and one.name:
            name = plain(one.name) if one.shown else one.name
            held.setdefault(one.address, set()).add(EQUAL.get(name, name))
    return {at: frozenset(names) for at, names in held.items()}


def _fame(name: str) -> tuple[bool, bool, bool, int, str]:
    """Order names: those that are known, to the lift first, without underscores, short."""
    return not known(name), arity_of(name)[0] < 0, name[0] == "_", len(name), name


def _rows(image: Image, swept: Sweep) -> Iterator[Row]:
    """Yield all functions with a name."""
    names = _names(image)
    stubs = {address: frozenset([plain(name)]) for address, name in image.stubs.items()}
    best = {address: min(held, key=_fame) for address, held in (*stubs.items(), *names.items())}
    prints = (swept.prints >> np.uint64(64 - BITS)).astype(np.int64).tolist()
    near: dict[int, list[str]] = {}
    for index, address in (*swept.calls.tolist(), *swept.references.tolist()):
        if address in best and address != int(swept.starts[index]):
            near.setdefault(index, []).append(best[address])
    asked = frozenset(system_calls(image.processor).values())
    columns = swept.starts.tolist(), prints, swept.counts.tolist()
    for index, (start, key, count) in enumerate(zip(*columns, strict=True)):
        held, called = names.get(start), near.get(index, [])
        if not held:
            continue
        enough = LONG if called else SHORTEST if held & asked else SHORT
        own = next((one for one in called if one in held), "")  # a resolver, which names what it chooses among
        yield Row(held, key, own or next(iter(called), ""), count >= enough and not own)


def _written(found: dict[str, set[Row]], sources: list[str]) -> str:
    """Return the table's text; what several functions without a common name share names none of them."""
    lines = [
        "# Prints of functions of C libraries, made by bench/known_functions.py from Debian's packages:",
        *(f"#   {one}" for one in sorted(set(sources))),
        "# name, then prints; behind > what a function with that print must call to be this one",
    ]
    for processor, rows in sorted(found.items()):
        lines.append(f"[{processor}]")
        held: dict[str, list[str]] = {}
        for name, key, calls in sorted(_needed(set(_told(rows)))):
            text = base64.urlsafe_b64encode(key.to_bytes(BITS // 8, "big")).decode("ascii")
            held.setdefault(name, []).append(f"{text}>{calls}" if calls else text)
        lines += [" ".join([name, *words]) for name, words in sorted(held.items())]
    return "\n".join(lines) + "\n"


def _told(rows: set[Row]) -> Iterator[tuple[str, int, str]]:
    """Yield name, print and what must be called, for all that can be told apart."""
    alike: dict[int, list[Row]] = {}
    for row in rows:
        alike.setdefault(row.key, []).append(row)
    for key, same in alike.items():
        common = frozenset.intersection(*(row.names for row in same))
        if common and all(row.plain for row in same):
            yield min(common, key=_fame), key, ""
            continue
        for calls in {row.calls for row in same if row.calls}:
            common = frozenset.intersection(*(row.names for row in same if row.calls == calls))
            if common:
                yield min(common, key=_fame), key, calls


def _needed(rows: set[tuple[str, int, str]]) -> set[tuple[str, int, str]]:
    """Return the rows of functions that are known, of what those must call, and so on."""
    wanted = {name for name, _, _ in rows if known(name)}
    while more := {calls for name, _, calls in rows if name in wanted and calls} - wanted:
        wanted |= more
    return {row for row in rows if row[0] in wanted}


if __name__ == "__main__":
    sys.exit(main())
