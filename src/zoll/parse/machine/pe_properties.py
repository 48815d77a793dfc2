"""What a PE file says of itself as a whole; names of properties as in `elf_properties`, and `signer`, `timestamp`."""

import re
from collections.abc import Iterator

import lief

from zoll.parse.machine.elf_properties import strange
from zoll.parse.machine.image import Image
from zoll.parse.machine.quiet import text

Pairs = Iterator[tuple[str, str]]
# DllCharacteristics: what is there when the bit is set
GUARDS = {0x20: "high entropy addresses", 0x40: "pie", 0x80: "signed only", 0x100: "nx", 0x4000: "cfi"}
USUAL = re.compile(
    r"\A\.?(?:text|data|rdata|idata|edata|pdata|xdata|bss|rsrc|reloc|tls|CRT|didat|gfids|giats|gehcont|00cfg|ndata|orpc"
    r"|code|DATA|CODE|BSS|debug|eh_fram|buildid|symtab|drectve|sxdata|hexpthk|a64xrm|voltbl|retplne|mrdata|rodata|init"
    r"|INIT|PAGE|textbss|msvcjmc|cormeta|sdata|fptable|export|sbat|linux|osrel|cmdline|uname|initrd|_RDATA|RT_CODE|rossym"
    r"|ctors|dtors|zdebug|/\d)"
)
MOST_CERTIFICATES = 40
MOST_CALLBACKS = 200
VERSION_INFO = "VS_VERSION_INFO".encode("utf-16-le")
SEEDS = ("CompanyName", "FileVersion", "InternalName", "OriginalFilename", "ProductName", "ProductVersion")


def properties(binary: lief.PE.Binary, image: Image, base: int) -> tuple[tuple[str, str], ...]:
    """Return all properties, sorted."""
    found = [
        *_needs(binary),
        *_guards(binary, image),
        *_starting(binary, image, base),
        *_names(binary, image),
        *strange(image.data, image.regions, USUAL),
        *_overlay(binary, image),
        *_makers(binary, image),
    ]
    return tuple(sorted(set(found)))


def _needs(binary: lief.PE.Binary) -> Pairs:
    yield from (("needs", text(one.name).lower()) for one in binary.imports)
    yield from (("needs-late", text(one.name).lower()) for one in binary.delay_imports)
    exports = binary.get_export() if binary.has_exports else None
    if exports and exports.name:
        yield "soname", text(exports.name)


def _guards(binary: lief.PE.Binary, image: Image) -> Pairs:
    bits = int(binary.optional_header.dll_characteristics)
    yield from (("guard", name) for bit, name in GUARDS.items() if bits & bit)
    if not bits & 0x100:
        yield "weak", "executable stack"
    if any("w" in one.rights and "x" in one.rights for one in image.regions):
        yield "weak", "writable code"
    configuration = binary.load_configuration
    if configuration and configuration.security_cookie:
        yield "guard", "canary"
    if not any(True for _ in binary.symbols):
        yield "stripped", "yes"


def _starting(binary: lief.PE.Binary, image: Image, base: int) -> Pairs:
    """Yield the callbacks that run before the entry point."""
    callbacks = list(binary.tls.callbacks)[:MOST_CALLBACKS] if binary.has_tls and binary.tls else []
    for one in callbacks:
        address = int(one) - int(binary.optional_header.imagebase) + base
        yield "constructor", image.names.get(address) or f"{address:#x}"


def _names(binary: lief.PE.Binary, image: Image) -> Pairs:
    yield from (("import", name) for name in set(image.slots.values()))
    exports = binary.get_export() if binary.has_exports else None
    for one in exports.entries if exports else ():
        yield "export", text(one.name) or f"#{one.ordinal}"
        if one.is_forwarded:
            forward = one.forward_information
            yield "filter", f"{text(forward.library)}.{text(forward.function)}"


def _overlay(binary: lief.PE.Binary, image: Image) -> Pairs:
    """Yield what lies behind the last section and is no signature."""
    ends = [int(one.offset + one.sizeof_raw_data) for one in binary.sections]
    end = max([one for one in ends if one <= len(image.data)] or [len(image.data)])
    directories = list(binary.data_directories)
    table = directories[4] if len(directories) > 4 else None
    start, size = (int(table.rva), int(table.size)) if table else (0, 0)
    stop = start if start >= end else len(image.data)
    behind = start + size if start >= end else len(image.data)
    for low, high in ((end, stop), (behind, len(image.data))):
        if low < high and image.data[low:high].strip(b"\0"):
            yield "overlay", f"{low} {high - low}"


def _makers(binary: lief.PE.Binary, image: Image) -> Pairs:
    header = binary.optional_header
    yield "compiler", f"linker {header.major_linker_version}.{header.minor_linker_version}"
    rich = binary.rich_header
    for one in rich.entries if rich else ():
        yield "compiler", f"rich {one.id}.{one.build_id}"
    yield "timestamp", str(int(binary.header.time_date_stamps))
    for debug in binary.debug:
        name = getattr(debug, "filename", None)
        if name:
            yield "build-id", text(name)
    certificates = [one for each in binary.signatures for one in each.certificates][:MOST_CERTIFICATES]
    yield from (("signer", text(one.subject)[:200]) for one in certificates)
    yield from _version(image.data)


def _version(data: bytes) -> Pairs:
    """Yield the texts of the version resource: pairs of words in sixteen-bit characters, ended by zeros."""
    at = data.find(VERSION_INFO)
    raw = data[at : at + 8192] if at >= 0 else b""
    texts = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").split("\0")
    for index, one in enumerate(texts):
        if one in SEEDS or one[1:] in SEEDS:
            value = next((other for other in texts[index + 1 : index + 4] if len(other) > 1), "")
            yield "version", f"{one if one in SEEDS else one[1:]} {value[:120]}"
