"""Executables as whole files: what they are linked with, what guards them, what runs before them, odd places."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.model import Reading
from zoll.parse.kinds import HEAD, kind_of
from zoll.parse.machine.entropy import entropy
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import BadExecutable, Image
from zoll.readers.bounds import aside, bounded
from zoll.readers.material import Material

MOST = 60_000
DOC = Doc(
    title="Executables as whole files: libraries, run paths, hardening, initialisers, odd sections, overlays",
    reads=("executable/elf", "executable/pe", "executable/macho"),
    yields=(
        "linked", "searched", "flag", "early", "symbol", "section", "overlay", "made-by", "identifier", "signed", "key",
        "odd",
    ),
    limitations=(
        "hardening is what the file says: a guard is told of by the names and marks that compilers leave",
        "an initialiser has its name where the file has symbols",
        "signatures are told by the names in their certificates; whether they hold is not checked",
    ),
)  # fmt: skip
LINKED = {
    "needs": "needed", "needs-weak": "weak", "needs-late": "late", "interpreter": "interpreter", "soname": "name",
    "audit": "audit", "filter": "filter", "config": "config",
}  # fmt: skip
EARLY = ("constructor", "destructor", "preinit", "ifunc")
GUARDS = {"relro full": ("relro", "bind-now"), "relro partial": ("relro",)}
VERSIONED = re.compile(r"\A(.{1,200}?)(?:-(\d[\d.]{0,20})|(\d{1,4}\.[\d.]{1,20}))?\.so(?:\.([\w.]{1,40}))?\Z")
ORIGIN = re.compile(r"\$\{?(?:ORIGIN|LIB|PLATFORM)\}?|@(?:loader_path|executable_path|rpath)\b")
WRITABLE = re.compile(
    r"/(?:tmp|var/tmp|dev/shm|home|root|run|var/run|mnt|media|build|Users|private/tmp|var/lib/[\w-]+/tmp|data/local)(?:/|\Z)"
)
CERTIFICATE = re.compile(rb"\x30\x82([\s\S]{2})\x30\x82[\s\S]{2}\xa0\x03\x02\x01[\x00-\x02]\x02")
SMALLEST = 200  # bytes of a certificate
MOST_CERTIFICATES = 500


def read(material: Material) -> Iterator[Reading]:
    """Yield what the file's head says, for each processor that it has code for; raise CannotRead for a broken one."""
    if not aside(material):
        yield from bounded(_all(material), MOST)


def _all(material: Material) -> Iterator[Reading]:
    try:
        images = read_image(material.data, material.kind)
    except BadExecutable as error:
        raise CannotRead("malformed", str(error)) from error
    said: set[tuple[str, str]] = set()
    for image in images:
        for name, value in image.properties:
            if (name, value) not in said:
                yield from _told(material, name, value)
        said |= set(image.properties)  # a universal file says most things once for each processor
    yield from _certificates(material, images)


def _told(material: Material, name: str, value: str) -> Iterator[Reading]:
    if name in LINKED:
        yield _linked(material, LINKED[name], value)
    elif name in EARLY:
        yield _early(material, name, value)
    elif name in TELLING:
        yield from TELLING[name](material, value)


def _linked(material: Material, how: str, value: str) -> Reading:
    """Say a library without its version, so that a new version is no new library."""
    found = VERSIONED.match(value) if how != "interpreter" else None
    library = f"{found[1]}.so" if found else value
    version = ".".join(filter(None, found.groups()[1:])) if found else ""
    return material.say("linked", library, words=value, how=how, version=version)


def _early(material: Material, name: str, value: str) -> Reading:
    return material.say("early", name, words=value, name="" if value.startswith("0x") else value)


def _searched(how: str) -> Callable[[Material, str], Iterator[Reading]]:
    def say(material: Material, value: str) -> Iterator[Reading]:
        for path in value.split(":"):
            yield material.say("searched", path or ".", words=value, how=how, leads=_leads(path))

    return say


def _leads(path: str) -> str:
    """Say where a run path leads: beside the program, where anybody may write, relative to who starts it, elsewhere."""
    if ORIGIN.match(path):
        return "beside"
    if not path.startswith("/"):
        return "relative"
    return "writable" if WRITABLE.match(path) else "fixed"


def _guard(material: Material, value: str) -> Iterator[Reading]:
    for name in GUARDS.get(value, (value.replace(" ", "-"),)):
        yield material.say("flag", name, in_="executable", strength="strong")


def _weak(material: Material, value: str) -> Iterator[Reading]:
    yield material.say("flag", value.replace(" ", "-"), in_="executable", strength="weak")


def _stripped(material: Material, _: str) -> Iterator[Reading]:
    yield material.say("flag", "stripped", in_="executable")


def _section(material: Material, value: str) -> Iterator[Reading]:
    name, rights, density = value.rsplit(" ", 2)
    yield material.say("section", name, rights=rights, entropy="" if density == "low" else density)


def _overlay(material: Material, value: str) -> Iterator[Reading]:
    offset, size = map(int, value.split())
    kind = kind_of("", material.data[offset : offset + HEAD])
    bits = entropy(material.data, offset, size)
    held = "" if kind == "data/binary" else kind.rpartition("/")[2]
    yield material.say("overlay", f"<{1 << size.bit_length()}", decoded=held, entropy=str(int(bits)))


def _named(kind: str, how: str = "", type_: str = "") -> Callable[[Material, str], Iterator[Reading]]:
    def say(material: Material, value: str) -> Iterator[Reading]:
        yield material.say(kind, value, how=how, type_=type_)

    return say


def _version(material: Material, value: str) -> Iterator[Reading]:
    name, _, text = value.partition(" ")
    yield material.say("identifier", text, type_=name)


TELLING: dict[str, Callable[[Material, str], Iterator[Reading]]] = {
    "rpath": _searched("rpath"),
    "runpath": _searched("runpath"),
    "guard": _guard,
    "weak": _weak,
    "stripped": _stripped,
    "section": _section,
    "overlay": _overlay,
    "compiler": _named("made-by"),
    "build-id": _named("identifier", type_="build-id"),
    "version": _version,
    "signer": _named("signed"),
    "import": _named("symbol", how="imported"),
    "export": _named("symbol", how="exported"),
    "odd": _named("odd"),
}


def _certificates(material: Material, images: tuple[Image, ...]) -> Iterator[Reading]:
    """Yield the certificates that stand in the data as they are sent (DER); those of signatures stand elsewhere."""
    spans = [(one.offset, one.offset + one.size) for one in images[0].regions if "x" not in one.rights]
    seen: set[str] = set()
    for found in CERTIFICATE.finditer(material.data):
        size = int.from_bytes(found[1], "big") + 4
        start = found.start()
        if size < SMALLEST or not any(low <= start and start + size <= high for low, high in spans):
            continue
        digest = sha256(material.data[start : start + size]).hexdigest()[:24]
        if digest not in seen and len(seen) < MOST_CERTIFICATES:
            seen.add(digest)
            yield material.say("key", digest, words=f"at {start:#x}", type_="certificate", form="der")
