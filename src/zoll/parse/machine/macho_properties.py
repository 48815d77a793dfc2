"""What a Mach-O file says of itself as a whole; names of properties as in `elf_properties`."""

import re
from collections.abc import Iterator

import lief

from zoll.parse.machine.elf_properties import guarded_names, strange
from zoll.parse.machine.image import Image
from zoll.parse.machine.quiet import text

Pairs = Iterator[tuple[str, str]]
USUAL = re.compile(
    r"\A__(?:TEXT|DATA|DATA_CONST|DATA_DIRTY|AUTH|AUTH_CONST|OBJC|OBJC_CONST|LLVM|RODATA|DWARF|LINKEDIT|CTF),__"
)
NEEDS = {"LOAD_DYLIB": "needs", "LOAD_WEAK_DYLIB": "needs-weak", "REEXPORT_DYLIB": "filter",
         "LAZY_LOAD_DYLIB": "needs-late", "LOAD_UPWARD_DYLIB": "needs", "ID_DYLIB": "soname"}  # fmt: skip
STARTING = {
    9: "constructor",
    10: "destructor",
    22: "constructor",
}  # S_MOD_INIT_, S_MOD_TERM_FUNC_POINTERS, S_INIT_FUNC_OFFSETS
MOST_STARTERS = 2_000
ALLOW_STACK_EXECUTION, NO_HEAP_EXECUTION, PIE = 0x20000, 0x1000000, 0x200000


def properties(binary: lief.MachO.Binary, image: Image, shift: int) -> tuple[tuple[str, str], ...]:
    """Return all properties, sorted; `shift`: where the image starts in the file."""
    found = [
        *_needs(binary),
        *_guards(binary, image),
        *_starting(binary, image),
        *strange(image.data, image.regions, USUAL),
        *_overlay(binary, image, shift),
        *_makers(binary),
    ]
    return tuple(sorted(set(found)))


def _needs(binary: lief.MachO.Binary) -> Pairs:
    for one in binary.libraries:
        yield NEEDS.get(one.command.name, "needs"), text(one.name)
    yield from (("rpath", text(one.path)) for one in binary.rpaths)
    if binary.has_dylinker and binary.dylinker:
        yield "interpreter", text(binary.dylinker.name)
    if binary.has_dyld_environment and binary.dyld_environment:
        yield "audit", text(binary.dyld_environment.value)


def _guards(binary: lief.MachO.Binary, image: Image) -> Pairs:
    flags = int(binary.header.flags)
    if flags & PIE:
        yield "guard", "pie"
    yield ("weak", "executable stack") if flags & ALLOW_STACK_EXECUTION else ("guard", "nx")
    if flags & NO_HEAP_EXECUTION:
        yield "guard", "nx heap"
    if any(int(one.init_protection) & 6 == 6 for one in binary.segments):
        yield "weak", "writable code"
    if binary.has_encryption_info and binary.encryption_info and binary.encryption_info.crypt_id:
        yield "odd", "encrypted"
    yield from guarded_names({*image.slots.values(), *image.stubs.values()})
    if binary.support_arm64_ptr_auth:
        yield "guard", "pac"
    if binary.has_code_signature:
        yield "guard", "signature"
    names = {one.name for one in image.symbols if not one.shown}
    if not names:
        yield "stripped", "yes"
    yield from (("import", name) for name in {*image.slots.values(), *image.stubs.values()})
    yield from (("export", one.name) for one in image.symbols if one.shown)


def _starting(binary: lief.MachO.Binary, image: Image) -> Pairs:
    word, order = image.bits // 8, "big" if image.big else "little"
    for one in binary.sections:
        name = STARTING.get(int(one.type.value) & 0xFF)
        if not name:
            continue
        width = 4 if int(one.type.value) & 0xFF == 22 else word
        for number in range(min(int(one.size) // width, MOST_STARTERS)):
            raw = image.bytes_at(int(one.virtual_address) + number * width, width)
            address = int.from_bytes(raw, order)  # type: ignore[arg-type]  # one of the two words that it takes
            address += int(binary.imagebase) if width == 4 else 0
            yield name, image.names.get(address) or f"{address:#x}"


def _overlay(binary: lief.MachO.Binary, image: Image, shift: int) -> Pairs:
    """Yield what lies behind the last segment, of a file for one processor."""
    end = max([int(one.file_offset) + int(one.file_size) for one in binary.segments] or [0])
    if not shift and 0 < end < len(image.data) and image.data[end:].strip(b"\0"):
        yield "overlay", f"{end} {len(image.data) - end}"


def _makers(binary: lief.MachO.Binary) -> Pairs:
    if binary.has_uuid and binary.uuid:
        yield "build-id", bytes(binary.uuid.uuid).hex()
    if binary.has_source_version and binary.source_version:
        yield "version", "source " + ".".join(map(str, binary.source_version.version))
    if binary.has_build_version and binary.build_version:
        build = binary.build_version
        yield "version", f"system {build.platform.name} {'.'.join(map(str, build.minos))}"
        yield "compiler", "kit " + ".".join(map(str, build.sdk))
        for tool in build.tools:
            yield "compiler", f"{tool.tool.name} {'.'.join(map(str, tool.version))}"
