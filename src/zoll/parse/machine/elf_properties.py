"""What an ELF file says of itself as a whole: what it needs, what guards it, what runs before it, who made it.

Pairs (name, value). Names, for all formats: `needs`, `interpreter`, `soname`, `audit`, `preload`, `filter`, `rpath`,
`runpath`; `guard` (a hardening that is there), `weak` (one that is turned off), `stripped`; `constructor`,
`destructor`, `preinit`, `ifunc` (the function's name, else its address); `import`, `export`; `section` (a strange one:
name, rights, entropy), `overlay` (offset and size); `compiler`, `build-id`, `version`, `odd`.
"""

import re
from collections.abc import Iterable, Iterator

from zoll.parse.machine.binary import POSITIVE, Names
from zoll.parse.machine.elf_head import (
    INTERP,
    LOAD,
    RELOCATABLE,
    RELRO,
    SHARED,
    STACK,
    SYMTAB,
    Elf,
)
from zoll.parse.machine.elf_relocations import Bound
from zoll.parse.machine.elf_symbols import DT_STRSZ, DT_STRTAB, Symbols
from zoll.parse.machine.entropy import entropy
from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.notes import BUILD_ID, GO_BUILD_ID, PROPERTIES, guards, notes

Pairs = Iterator[tuple[str, str]]
NAMED = {  # dynamic tags whose value is a text
    1: "needs", 14: "soname", 15: "rpath", 29: "runpath", 0x6FFFFEFC: "audit", 0x6FFFFEFB: "audit",
    0x7FFFFFFD: "filter", 0x7FFFFFFF: "filter", 0x6FFFFEFA: "config",
}  # fmt: skip
DT_TEXTREL, DT_FLAGS, DT_FLAGS_1, DT_BIND_NOW, DT_DEBUG = 22, 30, 0x6FFFFFFB, 24, 21
ARRAYS = ((32, 33, "preinit"), (25, 27, "constructor"), (26, 28, "destructor"))
ARRAY_TYPES = {16: "preinit", 14: "constructor", 15: "destructor"}
MOST_TEXTS = 50
MOST_STARTERS = 100_000
CHECKED = re.compile(r"\A__\w{1,60}_chk\Z")
CANARY = {"__stack_chk_fail", "__stack_chk_guard", "__stack_chk_fail_local", "__stack_smash_handler"}
CFI = {"__cfi_check", "__cfi_slowpath", "__cfi_slowpath_diag", "__ubsan_handle_cfi_check_fail_abort"}
USUAL = re.compile(
    r"\.(?:text|init|fini|plt|iplt|got|data|s?data1?|s?bss|tbss|tdata|rodata|srodata|lit[48]|eh_frame|gcc_except_table|exception_ranges"
    r"|dyn|gnu|note|interp|hash|rel|init_array|fini_array|preinit_array|ctors|dtors|jcr|tm_clone_table|ARM|MIPS|opd"
    r"|toc|branch_lt|glink|stub|comment|debug|zdebug|symtab|strtab|shstrtab|go|gopclntab|gosymtab|itablink|typelink|modinfo|qtmimedatabase"
    r"|qt|probes|stapsdt|SUNW_ctf|ctf|BTF|orc|reginfo|mdebug|pdr|gptab|conflict|liblist|sdata2|sbss2|PPC|eh_frame_hdr"
    r"|noinstr|efi|resetvec|start16|reloc|spinlock|sched|cpuidle|kprobes|entry|irqentry|softirqentry|ftrace"
    r"|altinstr|smp_locks|parainstr|exit|ref|static_call|retpoline|return_sites|call_sites|discard|mcount|exidx"
    r"|extab|stab|riscv|compact_rel|local|PARISC|rustc|xdata|pdata|kcrctab|ksymtab|builtin|head|fixup|vectors|boot)"
    r"|\A__|\A\.?(?:segment \d|Mips|pdr|runtime|noptr|bss|text|data|set_|sdt|link_set|kernel)|\Aset_|\A_?[a-z]{1,9}\Z"
)
HIGH = 7.5  # bits a byte: packed or encrypted
SIGNED = b"~Module signature appended~\n"  # of kernel modules: Linux, scripts/sign-file.c
LEAST = 512  # bytes of a section whose entropy says something


def properties(elf: Elf, image: Image, bound: Bound, dynamic: Symbols) -> tuple[tuple[str, str], ...]:
    """Return all properties of a linked file or an object, sorted."""
    found = [
        *_texts(elf),
        *_guards(elf, image, dynamic),
        *_starting(elf, image, bound),
        *_names(elf, image, dynamic),
        *strange(image.data, image.regions, USUAL),
        *_overlay(elf),
        *_makers(elf),
        *(("odd", one) for one in set(elf.odd)),
    ]
    return tuple(sorted(found))


def _texts(elf: Elf) -> Pairs:
    at = elf.offset(elf.value(DT_STRTAB)) if elf.value(DT_STRTAB) else -1
    names = Names(elf.bytes.data, at, elf.value(DT_STRSZ) if at >= 0 else 0)
    for tag, name in NAMED.items():
        for value in elf.dynamic.get(tag, []):
            if text := names.at(value):
                yield name, text
    interpreter = elf.segment(INTERP)
    if interpreter:
        end = min(interpreter.size, 4096)
        yield "interpreter", _text(elf.bytes.data[interpreter.offset : interpreter.offset + end].split(b"\0")[0])


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


def _guards(elf: Elf, image: Image, dynamic: Symbols) -> Pairs:
    flags, more = elf.value(DT_FLAGS), elf.value(DT_FLAGS_1)
    if elf.type == SHARED and (more & 0x08000000 or elf.segment(INTERP) or DT_DEBUG in elf.dynamic):
        yield "guard", "pie"
    if elf.segment(RELRO):
        now = flags & 8 or more & 1 or DT_BIND_NOW in elf.dynamic
        yield "guard", "relro full" if now else "relro partial"
    stack = elf.segment(STACK)
    if stack:
        yield ("weak", "executable stack") if stack.flags & 1 else ("guard", "nx")
    marks = [one for one in elf.sections if one.name == ".note.GNU-stack"] if elf.type == RELOCATABLE else []
    yield from (("weak", "executable stack") for one in marks if one.flags & 4)
    if DT_TEXTREL in elf.dynamic or flags & 4:
        yield "weak", "text relocations"
    if any(one.type == LOAD and one.flags & 3 == 3 for one in elf.segments):
        yield "weak", "writable code"
    yield from _promised(elf)
    yield from guarded_names({name for _, name in (*_all(dynamic), *((0, one.name) for one in image.symbols))})
    if not any(one.type == SYMTAB for one in elf.sections):
        yield "stripped", "yes"


def _promised(elf: Elf) -> Pairs:
    for note in notes(elf):
        if note.owner == b"GNU" and note.type == PROPERTIES:
            yield from (("guard", one) for one in guards(elf, note))
        elif note.owner == b"GNU" and note.type == BUILD_ID:
            yield "build-id", elf.bytes.data[note.offset : note.offset + note.size].hex()
        elif note.owner == b"Go" and note.type == GO_BUILD_ID:
            yield "build-id", _text(elf.bytes.data[note.offset : note.offset + min(note.size, 200)])


def guarded_names(names: set[str]) -> Pairs:
    """Yield the guards that names of the compiler's own functions tell of; for every format."""
    bare = {name.removeprefix("_") if name.startswith("___") else name for name in names}
    if bare & CANARY:
        yield "guard", "canary"
    if any(CHECKED.match(name) for name in bare):
        yield "guard", "fortify"
    if bare & CFI:
        yield "guard", "cfi"


def _all(symbols: Symbols) -> Iterable[tuple[int, str]]:
    return ((index, symbols.name(index)) for index in range(len(symbols)))


def _starting(elf: Elf, image: Image, bound: Bound) -> Pairs:
    """Yield what runs before and after the program's own code, and the resolvers of IFUNCs."""
    for start, size, name in _arrays(elf, image):
        for where, target in _entries(elf, image, bound, start, size):
            if target and target & 0xFFFFFFFF != 0xFFFFFFFF:
                yield name, image.slots.get(where) or _called(image, target)
    resolved = {one for each in bound.resolvers for one in each.tolist()}
    yield from (("ifunc", _called(image, one)) for one in sorted(resolved))
    yield from (("ifunc", one.name) for one in image.symbols if one.kind == "ifunc" and one.address not in resolved)


def _arrays(elf: Elf, image: Image) -> Iterator[tuple[int, int, str]]:
    """Yield where lists of functions stand, by the dynamic segment, else by sections; .ctors is the older way."""
    yield from ((elf.value(start), elf.value(size), name) for start, size, name in ARRAYS if elf.value(start))
    types = {one.name: ARRAY_TYPES.get(one.type, "") for one in elf.sections}
    for one in image.regions:
        old = {".ctors": "constructor", ".dtors": "destructor"}.get(one.name[:6], "")
        name = old or ("" if elf.dynamic else types.get(one.name, ""))
        if name and one.memory:
            yield one.address, one.size, name


def _entries(elf: Elf, image: Image, bound: Bound, start: int, size: int) -> Iterator[tuple[int, int]]:
    word, order = elf.bytes.word, "big" if elf.bytes.big else "little"
    end = start + min(size, MOST_STARTERS * word)
    told = bound.stands(start, end)
    for where in range(start, end - word + 1, word):
        there = int.from_bytes(image.bytes_at(where, word), order)  # type: ignore[arg-type]  # one of its two words
        yield where, told.get(where, there & POSITIVE)


def _called(image: Image, address: int) -> str:
    address &= ~1 if image.processor == "arm" else -1
    return image.names.get(address) or f"{address:#x}"


def _names(elf: Elf, image: Image, dynamic: Symbols) -> Pairs:
    """Yield what is imported and exported; of objects and kernel modules what is undefined and global."""
    if elf.type == RELOCATABLE:
        yield from (("import", name) for name in set(image.stubs.values()))
        yield from (("export", one.name) for one in image.symbols if one.shown)
        return
    binds = (dynamic.rows["info"] >> 4).tolist()
    for index, name in _all(dynamic):
        if name and not dynamic.defined(index):
            yield "import", name
        elif name and binds[index]:
            yield "export", name


def strange(data: bytes, regions: tuple[Region, ...], usual: re.Pattern[str]) -> Pairs:
    """Yield sections whose name nobody knows and that hold code or are packed, and known ones with odd rights."""
    named = any(not one.name.startswith("segment ") for one in regions)
    for one in regions:
        rights, known = one.rights, bool(usual.match(one.name))
        bare = named and one.name.startswith("segment ") and "x" in rights
        both = "x" in rights and "w" in rights
        if known and not bare and not both:
            continue
        bits = entropy(data, one.offset, one.size) if one.size >= LEAST else 0.0
        if bare or both or "x" in rights or bits >= HIGH:
            name = "no section" if bare else one.name
            yield "section", f"{name} {rights or 'not loaded'} {'high' if bits >= HIGH else 'low'}"


def _overlay(elf: Elf) -> Pairs:
    """Yield what lies behind all that the head tells of."""
    size = len(elf.bytes)
    ends = [one.offset + one.held for one in elf.sections] + [one.offset + one.size for one in elf.segments]
    ends += [elf.shoff + (64 if elf.bytes.bits == 64 else 40) * len(elf.sections), elf.phoff]
    end = max(one for one in ends if one <= size) if any(one <= size for one in ends) else size
    if elf.bytes.data.endswith(SIGNED):
        yield "guard", "signature"
    elif end < size and elf.bytes.data[end:].strip(b"\0"):
        yield "overlay", f"{end} {size - end}"


def _makers(elf: Elf) -> Pairs:
    comment = elf.section(".comment")
    if comment:
        raw = elf.bytes.data[comment.offset : comment.offset + min(comment.held, 1 << 20)]
        yield from (("compiler", _text(one[:200])) for one in sorted(set(raw.split(b"\0")))[:MOST_TEXTS] if one)
    modinfo = elf.section(".modinfo")
    if modinfo:
        raw = elf.bytes.data[modinfo.offset : modinfo.offset + min(modinfo.held, 1 << 20)]
        for one in raw.split(b"\0"):
            key, _, value = _text(one[:400]).partition("=")
            if key in ("version", "srcversion", "vermagic"):
                yield "version", f"{key} {value}"
            elif key == "depends":
                yield from (("needs", name) for name in value.split(",") if name)
            elif key == "intree" and value != "Y":
                yield "odd", "out of tree"
