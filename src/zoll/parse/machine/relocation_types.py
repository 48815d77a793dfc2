"""What each relocation of an object file asks for, by processor: type -> (value, form).

Values: `absolute` S+A, `relative` S+A-P, `call` S-P, `page` of S+A less that of P, `slot` (the address of a pointer
to S), `slot relative`, `slot page`, `slot gp` (from the global pointer), `gp` (S+A from it), `minus gp` (from S+A to
it), `base` (it), `table` (it from P), `label` (RISC-V: the value of the relocation that the symbol labels).
Sources: the processors' ELF supplements.
"""

Asked = tuple[str, str]

ARM64: dict[int, Asked] = {
    257: ("absolute", "64"), 258: ("absolute", "32"), 259: ("absolute", "16"),
    260: ("relative", "64"), 261: ("relative", "32"), 262: ("relative", "16"), 314: ("relative", "32"),
    263: ("absolute", "arm64 move 0"), 264: ("absolute", "arm64 move 0"), 265: ("absolute", "arm64 move 1"),
    266: ("absolute", "arm64 move 1"), 267: ("absolute", "arm64 move 2"), 268: ("absolute", "arm64 move 2"),
    269: ("absolute", "arm64 move 3"), 273: ("relative", "arm64 short"), 274: ("relative", "arm64 near"),
    275: ("page", "arm64 page"), 276: ("page", "arm64 page"), 277: ("absolute", "arm64 low 0"),
    278: ("absolute", "arm64 low 0"), 284: ("absolute", "arm64 low 1"), 285: ("absolute", "arm64 low 2"),
    286: ("absolute", "arm64 low 3"), 299: ("absolute", "arm64 low 4"), 279: ("relative", "arm64 test"),
    280: ("relative", "arm64 short"), 282: ("relative", "arm64 branch"), 283: ("relative", "arm64 branch"),
    311: ("slot page", "arm64 page"), 312: ("slot", "arm64 low 3"),
}  # fmt: skip
ARM: dict[int, Asked] = {
    2: ("absolute", "32"), 38: ("absolute", "32"), 3: ("relative", "32"), 42: ("relative", "prel31"),
    1: ("relative", "arm branch"), 27: ("relative", "arm branch"), 28: ("relative", "arm branch"),
    29: ("relative", "arm branch"), 10: ("relative", "thumb branch"), 30: ("relative", "thumb branch"),
    43: ("absolute", "arm movw"), 44: ("absolute", "arm movt"), 45: ("relative", "arm movw"),
    46: ("relative", "arm movt"), 47: ("absolute", "thumb movw"), 48: ("absolute", "thumb movt"),
    49: ("relative", "thumb movw"), 50: ("relative", "thumb movt"), 24: ("gp", "32"), 25: ("table", "32"),
    26: ("slot gp", "32"), 96: ("slot relative", "32"),
}  # fmt: skip
MIPS: dict[int, Asked] = {
    2: ("absolute", "32"), 18: ("absolute", "64"), 4: ("absolute", "mips jump"), 10: ("relative", "mips branch"),
    5: ("absolute", "high 16"), 6: ("absolute", "low 16"), 7: ("gp", "low 16"), 12: ("gp", "32"),
    9: ("slot gp", "low 16"), 11: ("slot gp", "low 16"), 19: ("slot gp", "low 16"),
    20: ("absolute", "mips page"), 21: ("absolute", "low 16"), 0x109: ("absolute", "mips page"),
    28: ("absolute", "higher 16"), 29: ("absolute", "highest 16"), 248: ("relative", "32"),
    0x105: ("minus gp", "high 16"), 0x106: ("minus gp", "low 16"),
}  # fmt: skip
PPC: dict[int, Asked] = {
    1: ("absolute", "32"), 26: ("relative", "32"), 10: ("relative", "ppc branch"), 18: ("call", "ppc branch"),
    23: ("relative", "ppc branch"), 11: ("relative", "ppc short"), 4: ("absolute", "half"),
    5: ("absolute", "half high"), 6: ("absolute", "half adjusted"), 250: ("relative", "half"),
    251: ("relative", "half high"), 252: ("relative", "half adjusted"), 14: ("slot gp", "half"),
    15: ("slot gp", "half"), 16: ("slot gp", "half high"), 17: ("slot gp", "half adjusted"),
}  # fmt: skip
PPC64: dict[int, Asked] = {
    **{kind: PPC[kind] for kind in (1, 26, 10, 11, 4, 5, 6, 250, 251, 252)},
    38: ("absolute", "64"), 44: ("relative", "64"), 116: ("relative", "ppc branch"), 57: ("absolute", "half quad"),
    51: ("base", "64"), 47: ("gp", "half"), 48: ("gp", "half"), 49: ("gp", "half high"), 50: ("gp", "half adjusted"),
    63: ("gp", "half quad"), 64: ("gp", "half quad"), 14: ("slot gp", "half"), 15: ("slot gp", "half"),
    17: ("slot gp", "half adjusted"), 58: ("slot gp", "half quad"), 59: ("slot gp", "half quad"),
}  # fmt: skip
RISCV: dict[int, Asked] = {
    1: ("absolute", "32"), 2: ("absolute", "64"), 16: ("relative", "riscv branch"), 17: ("relative", "riscv jump"),
    18: ("relative", "riscv call"), 19: ("relative", "riscv call"), 20: ("slot relative", "riscv upper"),
    23: ("relative", "riscv upper"), 24: ("label", "riscv low"), 25: ("label", "riscv store"),
    26: ("absolute", "riscv upper"), 27: ("absolute", "riscv low"), 28: ("absolute", "riscv store"),
    33: ("absolute", "+8"), 34: ("absolute", "+16"), 35: ("absolute", "+32"), 36: ("absolute", "+64"),
    37: ("absolute", "-8"), 38: ("absolute", "-16"), 39: ("absolute", "-32"), 40: ("absolute", "-64"),
    44: ("relative", "riscv short branch"), 45: ("relative", "riscv short jump"), 54: ("absolute", "8"),
    55: ("absolute", "16"), 56: ("absolute", "32"), 57: ("relative", "32"),
}  # fmt: skip
X86: dict[int, Asked] = {
    1: ("absolute", "32"), 2: ("relative", "32"), 4: ("relative", "32"), 3: ("slot gp", "32"),
    43: ("slot gp", "32"), 9: ("gp", "32"), 10: ("table", "32"), 20: ("absolute", "16"), 21: ("relative", "16"),
    22: ("absolute", "8"), 23: ("relative", "8"),
}  # fmt: skip
X86_64: dict[int, Asked] = {
    1: ("absolute", "64"), 2: ("relative", "32"), 4: ("relative", "32"), 9: ("slot relative", "32"),
    10: ("absolute", "32"), 11: ("absolute", "32"), 12: ("absolute", "16"), 13: ("relative", "16"),
    14: ("absolute", "8"), 15: ("relative", "8"), 24: ("relative", "64"), 25: ("gp", "64"), 26: ("table", "32"),
    41: ("slot relative", "32"), 42: ("slot relative", "32"),
}  # fmt: skip
ASKED: dict[str, dict[int, Asked]] = {
    "x86-64": X86_64, "x86": X86, "arm64": ARM64, "arm": ARM, "mips": MIPS, "mips64": MIPS, "ppc": PPC,
    "ppc64": PPC64, "riscv64": RISCV,
}  # fmt: skip
