"""Trees written as C, so that what reads source can read a lifted function."""

import re
from collections.abc import Callable, Sequence
from zlib import crc32

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.values import MASK, SWAPPED, ZERO, Value, inverted, node, number, signed

LONGEST = 240
LONGEST_NAME = 110  # `parse.outline` takes 120 of a name; the numbers of namesakes come behind
LEAST = 0xFFFF_8000
LEAST_TABLE = 0x400  # an offset from here on may be where a table stands
OPERATOR = "__builtin_"  # what C has no sign for, an order of bytes turned round: no call of anything
PAGE = 4096
MODES = 0o7777
# The upper bits of st_mode that say what a file is: inode(7).
SORTS = 0o170000
SORT = {
    0o140000: "socket",
    0o120000: "link",
    0o100000: "file",
    0o060000: "block_device",
    0o040000: "folder",
    0o020000: "character_device",
    0o010000: "fifo",
}
LOWEST = 0x10000  # below this a number is no address unless the code says so
EITHER_WAY = frozenset("+*&|^")
MULTIPLES = frozenset(["*", "<<"])
_BAD = re.compile(r"[^A-Za-z0-9_]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_CARRY = number(-1), ZERO  # of a bit that is looked up: below zero where it is set
PIECE, SCRAP, SIXTEEN = frozenset([4, 8]), frozenset([1, 2]), 16
NUL = b"\0"
HALVED = 0xFFFF_FFFF
MINGLED = frozenset(["unknown", "phi", "filled"])  # values of which nobody knows any more where they were read
ASSERTIONS = frozenset(("__assert_fail", "__assert", "_assert"))
_SIGNATURE = re.compile(r'"[A-Za-z_][\w ]{0,80}[ *](\w{1,80})\([\w ,.*()\[\]]{1,300}\)"')
SOURCE = re.compile(r"[\w./+-]{1,200}\.(?:c|cc|cpp|cxx|h|hh|hpp|m|rs|go|S)")


def identifier(name: str) -> str:
    """Return a name as C allows it, and no longer than what reads source takes of one.

    A longer one keeps its beginning, and a checksum tells it from others that begin so: mangled names of C++ do.

    >>> identifier("parse.part.0")
    'parse_part_0'
    """
    made = _BAD.sub("_", name)
    if len(made) > LONGEST_NAME:
        made = f"{made[: LONGEST_NAME - 9]}_{crc32(name.encode('utf-8', 'replace')):08x}"
    return f"_{made}" if made[:1].isdigit() else made


def quoted(text: str) -> str:
    """Return a text as a literal of C."""
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'


def bare_function(said: str) -> str:
    """Return the name alone of a function that an assertion tells with its types, as clang does and gcc does not.

    >>> bare_function('"int login(const char *, int (*)(void))"')
    '"login"'
    >>> bare_function('"n < sizeof (int)"')
    '"n < sizeof (int)"'
    """
    found = _SIGNATURE.fullmatch(said)
    return f'"{found[1]}"' if found else said


def _may_be_line(value: Value) -> bool:
    return value.kind == "phi" or (value.kind == "number" and not value.b and 0 < value.a < 100_000)


def _last(said: str) -> tuple[bool, str]:
    """Return what orders two operands whose order means nothing: what is not known comes last."""
    return said == "v", said


def _offset(read: Value) -> int:
    """Return where something is read, counted from its base: of fixed data the address is all."""
    return int(read.b + read.a.a) if read.a.kind == "number" else int(read.b)


def _base(read: Value) -> Value:
    return ZERO if read.a.kind == "number" else read.a


def atoms(value: Value) -> list[Value]:
    """Return the conditions that must all hold, in order."""
    found: list[Value] = []
    stack = [value]
    while stack:
        one = stack.pop()
        if one.kind == "both":
            stack += [one.b, one.a]
        else:
            found.append(one)
    return found


class Wording:
    """Writes trees of one image. `inlined` holds the calls that are written where their results are used."""

    def __init__(self, image: Image, named: Callable[[int], str]) -> None:
        self.image, self.named = image, named
        self.inlined: dict[int, str] = {}
        self._data = image.data_names
        self._absolute = image.lowest >= LOWEST

    def line_of(self, values: Sequence[Value]) -> int:
        """Return which argument is the number of a line in a source file that another one names, -1 for none."""
        for at, value in enumerate(values):
            if value.kind == "number" and SOURCE.fullmatch(self.image.text(value.a) or ""):
                for near in (at + 1, at + 2, at - 1):
                    if 0 <= near < len(values) and _may_be_line(values[near]):
                        return near
        return -1

    def say(self, value: Value) -> str:
        """Return a tree as C, clipped where it is too long to read."""
        said = self._say(value)
        return said if len(said) <= LONGEST else "v"

    def mode(self, value: Value) -> str:
        """Return a mode of files as C has it: in octal."""
        if value.kind in {"|", "&"} and value.b.kind == "number":
            return f"({self.say(value.a)} {value.kind} {self.mode(value.b)})"
        plain = value.kind == "number" and not value.b and value.a <= MODES
        return f"0{value.a:03o}" if plain else self.say(value)

    def _say(self, value: Value) -> str:
        kind = value.kind
        if kind == "number":
            return self._number(value)
        if kind == "argument":
            return f"arg{value.a + 1}"
        if kind == "call":
            return self.inlined.get(value.a) or f"{identifier(value.b) if value.b else 'call'}_result"
        if kind == "frame":
            return "&local"
        if kind == "name":
            return identifier(value.a)
        if kind == "text":
            return quoted(value.a)
        if kind == "filled":  # a place of the own stack that a call wrote to, handed over as it is
            return f"{identifier(value.a)}_out"
        if kind in ("unknown", "phi", "compared"):
            return "v"
        return self._tree(value)

    def _tree(self, value: Value) -> str:
        kind = value.kind
        if kind == "at":
            return self._at(value)
        if kind in ("condition", "both", "not"):
            return f"({self.ask(value)})"
        if kind == "pick":
            return f"({self.ask(value.a)} ? {self._say(value.b)} : {self._say(value.c)})"
        if kind == "bytes":
            return f"memcmp({self._say(value.a)}, {self._say(value.b)}, {self._say(value.c)})"
        if value.b is None:
            return f"{'' if kind == 'strlen' else OPERATOR}{kind}({self._say(value.a)})"
        if kind == "-" and value.a == ZERO:
            return f"-{self._say(value.b)}"
        if kind == "*" and value.a.kind == "+" and value.b.kind == value.a.b.kind == "number" and not value.a.b.b:
            return self._say(node("+", node("*", value.a.a, value.b), number(value.a.b.a * value.b.a)))
        if kind in EITHER_WAY and value.b.kind != "number":
            return f"({f' {kind} '.join(sorted((self._say(value.a), self._say(value.b)), key=_last))})"
        return f"({self._say(value.a)} {kind} {self._plain(value.b)})"

    def _number(self, value: Value) -> str:
        n = value.a
        if value.b or (self._absolute and n >= LOWEST):
            said = self._address(n)
            if said or value.b:
                return said or "&global"
        return self._plain(value)

    def _plain(self, value: Value) -> str:
        """Return a number that is no address."""
        if value.kind != "number":
            return self._say(value)
        n = signed(value.a)
        if LEAST <= n < 1 << 32:  # a small negative number of 32 bits
            n -= 1 << 32
        return str(n) if abs(n) < 100_000 else hex(n)

    def _address(self, n: int) -> str:
        region = self.image.region(n)
        known = self._data.get(n)
        if region is None:
            return f"&{identifier(known)}" if known else ""
        if "x" in region.rights:
            name = self.named(n)
            if name or region.name == ".text":
                return identifier(name or "code")
        text = self.image.text(n) if known is None and "w" not in region.rights and not self._inside(n) else None
        return quoted(text) if text is not None else f"&{self._variable(n)}"

    def stored(self, value: Value) -> str:
        """Return what is stored; sixteen bytes that are copied from fixed data are the text that they hold."""
        if value.kind == "at" and value.a.kind == "number" and value.c in (0, SIXTEEN):
            place = value.a.a + value.b
            region = self.image.region(place)
            raw = self.image.bytes_at(place, SIXTEEN) if region and not set(region.rights) & {"w", "x"} else b""
            if len(raw) == SIXTEEN and raw.isascii() and raw.decode("ascii").isprintable():
                return quoted(raw.decode("ascii"))
        return self.say(value)

    def _inside(self, n: int) -> bool:
        """Say whether an address is the begin of a page and the middle of a text: half of what code puts together."""
        return n % PAGE == 0 and self.image.bytes_at(n - 1, 1) not in (b"", b"\0")

    def _variable(self, n: int) -> str:
        """Return what the data at an address is called."""
        name = self._data.get(n) or self.named(n)
        return identifier(name) if name else "global"

    def _at(self, value: Value) -> str:
        base, offset = value.a, value.b
        if base.kind == "number":
            text = self._address(base.a + offset)
            return "global" if text.startswith('"') or not text else text.removeprefix("&")
        if base.kind == "name":
            return f"{identifier(base.a)}" if not offset else f"{identifier(base.a)}->f{offset:x}"
        if offset >= LEAST_TABLE and self.image.region(offset):
            return f"{identifier(self._data.get(offset, 'global'))}[{self._say(base)}]"
        if base.kind == "+":
            return self._entry(base.a, base.b)
        said = self._say(base)
        return f"*{said}" if not offset else f"{said}->f{offset & MASK:x}" if offset > 0 else f"{said}[{offset}]"

    def _entry(self, a: Value, b: Value) -> str:
        """Return an entry of a table: what is a multiple is the place in it, else what is named later."""
        one, two = self._say(a), self._say(b)
        turned = a.kind in MULTIPLES if (a.kind in MULTIPLES) != (b.kind in MULTIPLES) else _last(two) < _last(one)
        turned = turned and b.kind != "number"
        return f"{two}[{one}]" if turned else f"{one}[{two}]"

    # conditions

    def ask(self, value: Value) -> str:
        """Return what a condition asks."""
        if value.kind == "both":
            return self._all(value)
        if value.kind == "not":
            joined = self.joined(atoms(value.a)) if value.a.kind == "both" else ""
            return f"{joined.removesuffix('== 0')}!= 0" if joined else f"!({self.ask(value.a)})"
        if value.kind != "condition":
            return self._say(value)
        operator, a, b = value.a, value.b, value.c
        if b == ZERO and operator in ("<", ">=") and a.kind == "pick" and (a.b, a.c) == _CARRY:
            return self.ask(a.a if operator == "<" else inverted(a.a))
        if operator in ("==", "!="):
            if a.kind == "&" and a.b.kind == b.kind == "number" and a.b.a & SORTS == SORTS and b.a in SORT:
                return self._sort(operator == "!=", a.a, a.b.a & HALVED & ~SORTS, SORT[b.a])
            piece = self._piece(value)
            if piece:
                place, text = piece
                return f"memcmp({place}, {quoted(text)}, {len(text)}) {operator} 0"
            if b == ZERO:
                return f"!{self._say(a)}" if operator == "==" else self._say(a)
        if b.kind == "number":
            return f"{self._say(a)} {operator} {self._say(b) if b.b else self._plain(b)}"
        one, two = self._say(a), self._say(b)
        if _last(two) < _last(one):  # whichever way round the compiler asked
            one, two, operator = two, one, SWAPPED[operator]
        return f"{one} {operator} {two}"

    def _sort(self, other: bool, mode: Value, rights: int, sort: str) -> str:
        """Return what asks for the sort of a file and, at once, that some rights are not given."""
        said = f"{OPERATOR}is_{sort}({self._say(mode)})"
        if not rights:
            return f"{'!' * other}{said}"
        given = f"({self._say(mode)} & {rights})"
        return f"!{said} || {given}" if other else f"{said} && !{given}"

    def _all(self, value: Value) -> str:
        """Return conditions that must all hold; comparisons of neighbouring bytes with a text are one."""
        asked = atoms(value)
        return self.joined(asked) or " && ".join(dict.fromkeys(self.ask(one) for one in asked))

    def joined(self, asked: Sequence[Value]) -> str:
        """Return comparisons of neighbouring bytes with letters as one comparison with a text, "" for anything else."""
        if len(asked) == 2 and any(one.kind == "condition" and one.b.kind in MINGLED for one in asked):
            return self._begun(*sorted(asked, key=lambda one: one.kind != "condition" or one.b.kind not in MINGLED))
        read = [one for one in asked if one.kind == "condition" and one.b.kind == "at"]
        parts = sorted((_offset(one.b), one) for one in read)
        if len(parts) < 2 or len(parts) != len(asked) or len({_base(one.b) for one in read}) != 1:
            return ""
        if not any(self._piece(one) for _, one in parts):
            return ""
        raw, start = b"", parts[0][0]
        for offset, one in parts:
            letters = self._letters(one) if one.a == "==" else b""
            if not letters or not start <= offset <= start + len(raw):
                return ""
            raw = raw[: offset - start] + letters
        text = raw.rstrip(b"\0").decode("ascii")
        size = len(text) + (parts[-1][1].c == ZERO)  # the end of a text, where it is asked for by itself
        return f"memcmp({self._place(parts[0][1].b)}, {quoted(text)}, {size}) == 0" if "\0" not in text else ""

    def _begun(self, one: Value, two: Value) -> str:
        """Return a comparison of four letters that were read somewhere and of those behind them as one."""
        piece = self._piece(one) if one.a == "==" else None
        if piece is None or two.kind != "condition" or two.a != "==" or two.b.kind != "at" or two.b.c not in SCRAP:
            return ""
        letters = self._letters(two)
        if len(piece[1]) not in PIECE or not letters:
            return ""
        text = piece[1] + letters.rstrip(b"\0").decode("ascii")
        return f"memcmp({piece[0]}, {quoted(text)}, {len(text) + letters.endswith(NUL)}) == 0"

    def _letters(self, value: Value) -> bytes:
        """Return the letters, or a text's end, that one to eight bytes of memory, or sixteen, are compared with."""
        if piece := self._piece(value):
            return piece[1].encode("ascii")
        if value.b.c not in SCRAP or value.c.kind != "number" or value.c.b:
            return b""
        raw = (value.c.a & MASK >> 64 - 8 * value.b.c).to_bytes(value.b.c, "big" if self.image.big else "little")
        return raw if all(32 < byte < 127 for byte in raw.rstrip(b"\0")) else b""

    def _piece(self, value: Value) -> tuple[str, str] | None:
        """Return the place and the text where memory is compared with four or eight letters at once."""
        a, b = value.b, value.c
        if value.kind == "condition" and a.kind == b.kind == "at" and a.c == b.c == SIXTEEN:
            return self._wide_piece(a, b) or self._wide_piece(b, a)
        if value.kind != "condition" or b.kind != "number" or b.b:
            return None
        size = a.c if a.kind == "at" else (4 if b.a < 1 << 32 else 8) if a.kind in MINGLED else 0
        if size not in PIECE:
            return None
        raw = b.a.to_bytes(8, "little")[:size]
        if self.image.big:
            raw = raw[::-1]
        if b.a >> (8 * size) or not all(32 < byte < 127 for byte in raw.rstrip(b"\0")) or len(raw.rstrip(b"\0")) < 3:
            return None
        return self._place(a) if a.kind == "at" else f"&{self._say(a)}", raw.rstrip(b"\0").decode("ascii")

    def _wide_piece(self, a: Value, b: Value) -> tuple[str, str] | None:
        """Return the place and the text where sixteen bytes are compared with constant ones."""
        region = self.image.region(b.a.a) if b.a.kind == "number" and not b.b else None
        raw = self.image.bytes_at(b.a.a, SIXTEEN) if region and "w" not in region.rights else b""
        plain = len(raw) == SIXTEEN and all(32 <= byte < 127 for byte in raw)
        return (self._place(a), raw.decode("ascii")) if plain else None

    def _place(self, value: Value) -> str:
        base = self._say(value.a)
        return f"{base} + {value.b}" if value.b else base
