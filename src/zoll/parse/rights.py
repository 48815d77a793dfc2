"""Rights of files where code gives, masks or asks for them: octal numbers, names of bits, `rwxr-x---`, `o+w`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from zoll.parse.arithmetic import evaluate
from zoll.parse.code import Call, Statement

GROUP_WRITES, OTHERS_READ, OTHERS_WRITE = 0o020, 0o004, 0o002
STICKY, SET_USER, SET_GROUP = 0o1000, 0o4000, 0o2000
BEYOND_OWNER = 0o077
ALL = 0o7777
# By a call's last name: which of its arguments are rights (POSIX, Python, Node, Ruby, Go, Perl, Rust).
_PLACES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(["umask", "Umask", "from_mode", "set_mode", "mode"], (0,)),
    **dict.fromkeys(["chmod", "lchmod", "Chmod", "mkdir"], (1, 0)),
    **dict.fromkeys(["install"], (1, 2)),
    **dict.fromkeys(["fchmod", "chmodSync", "fchmodSync", "g_chmod", "mkdirSync", "makedirs", "creat", "mkfifo"], (1,)),
    **dict.fromkeys(["g_mkdir", "g_mkdir_with_parents", "Mkdir", "MkdirAll", "mknod"], (1,)),
    **dict.fromkeys(["fchmodat", "mkdirat", "open", "open64", "openSync", "g_open", "OpenFile", "WriteFile"], (2,)),
    **dict.fromkeys(["mkfifoat", "mknodat", "shm_open", "sem_open", "mq_open"], (2,)),
    **dict.fromkeys(["openat", "sysopen"], (3,)),
}
_COMMANDS = frozenset(["dpkg-statoverride", "install", "mkdir", "mknod", "mkfifo"])
_GIVING = re.compile(r"chmod|statoverride|set_?mode|from_mode|install|set_?perm|mode$", re.IGNORECASE)
_MASKING = re.compile(r"umask", re.IGNORECASE)
_KEYED = re.compile(
    r"(?<![\w.])(?:mode|perms?|permissions?|umask)[\"']?\s*(?:=|:|=>)\s*"
    r"(0o?[0-7]{3,4}|(?:stat\.)?S_I[\w |.]{3,100}+)(?!\w)"
)
_LETTERS = re.compile(r"[\"']?([r-][w-][xsS-][r-][w-][xsS-][r-][w-][xtT-])[\"']?")
_SYMBOLIC = re.compile(r"[\"']?([ugoa]{0,4})([+=])([rwxXst]{1,6})[\"']?")
_BARE = re.compile(r"[\"']?([0-7]{3,4})[\"']?")
_CAST = re.compile(r"^\((?:mode_t|int|unsigned(?: int)?|uint\d+_t|os\.FileMode|fs\.FileMode)\)\s*")
_TESTED = re.compile(
    r"([\w.>)(-]{0,60}?(?:mode|perm)\w{0,12}+(?:\(\)){0,3})\s*\)?\s*&\s*"
    r"(\((?:[^()]|\([^()]*\)){1,120}\)|[\w.]{1,40}+(?:\s*\|\s*[\w.]{1,40}+){0,8})",
    re.IGNORECASE,
)
_MASKED = re.compile(r"&\s*(0x[0-9a-fA-F]{1,4}|0[0-7]{1,4}|\d{1,4})(?!\w)")
_WHO = {"u": 0o4700, "g": 0o2070, "o": 0o1007}
_WHAT = {"r": 0o444, "w": 0o222, "x": 0o111, "X": 0o111, "s": 0o6000, "t": 0o1000}


class Rights(Struct, frozen=True):
    """Rights in one place: the call or what is tested, as written, their bits; `use` is given, made, masked, tested."""

    call: str
    text: str
    bits: int
    use: str
    line: int = 0


@lru_cache(maxsize=1)
def names_of_bits() -> dict[str, int]:
    """Return the names of <sys/stat.h> and their bits (POSIX.1-2017)."""
    names = {
        "S_ISUID": SET_USER,
        "S_ISGID": SET_GROUP,
        "S_ISVTX": STICKY,
        "ACCESSPERMS": 0o777,
        "ALLPERMS": ALL,
        "DEFFILEMODE": 0o666,
    }
    for who, shift in (("USR", 6), ("GRP", 3), ("OTH", 0)):
        for letter, bit in (("R", 4), ("W", 2), ("X", 1)):
            names[f"S_I{letter}{who}"] = bit << shift
        names[f"S_IRWX{who[0]}"] = 7 << shift
    return names | {
        "S_IREAD": 0o400,
        "S_IWRITE": 0o200,
        "S_IEXEC": 0o100,
        "S_IRUGO": 0o444,
        "S_IWUGO": 0o222,
        "S_IRWXUGO": 0o777,
        "S_IXUGO": 0o111,
    }


@lru_cache(maxsize=1 << 12)
def bits_of(text: str) -> int | None:
    """Return the bits of rights as code writes them, None for anything else.

    >>> bits_of("0640"), bits_of("stat.S_IRUSR | S_IWGRP"), bits_of("'rwxr-x---'"), bits_of("o+w")
    (416, 272, 488, 2)
    """
    text = _CAST.sub("", text.strip())
    if row := _LETTERS.fullmatch(text):
        return _of_letters(row[1])
    if row := _SYMBOLIC.fullmatch(text):
        return _of_symbols(row[1], row[3])
    if text[:1] in "\"'" and (row := _BARE.fullmatch(text)):
        return int(row[1], 8)
    value = evaluate(text, names_of_bits())
    return value & ALL if value is not None and (0 <= value <= 0o177777 or -ALL - 1 <= value < 0) else None


def octal(text: str) -> int | None:
    """Return what a shell or a settings file means by `644`, `0644` or `u=rw,o+w`, None for anything else.

    >>> octal("644"), octal("a+w"), octal("0o755"), octal("rwx")
    (420, 146, 493, None)
    """
    text = text.strip().removeprefix("0o").removeprefix("-m")
    if row := _BARE.fullmatch(text):
        return int(row[1], 8)
    found = [_SYMBOLIC.fullmatch(one) for one in text.split(",")[:4]]
    bits = 0
    for row in found:
        if row is None:
            return None
        bits |= _of_symbols(row[1], row[3])
    return bits


def rights(statement: Statement, *, compiled: bool = False) -> Iterator[Rights]:
    """Yield the rights that a statement gives, masks or tests."""
    for call in statement.calls:
        yield from _of_call(call, statement.line)
    text = statement.text[:1000]
    for row in _TESTED.finditer(text) if "&" in text else ():
        bits = bits_of(row[2])
        if bits is not None and 0 < bits <= ALL:
            yield Rights(row[1].lstrip("("), row[2], bits, "tested", statement.line)
    if compiled and statement.tests:  # the names are gone: whoever looks must know that a file was asked about
        for row in _MASKED.finditer(text):
            bits = bits_of(row[1])
            if bits and bits <= ALL and bits & (BEYOND_OWNER | SET_USER):
                yield Rights("", row[1], bits, "tested", statement.line)


def _of_call(call: Call, line: int) -> Iterator[Rights]:
    last = call.name.rsplit(".", 1)[-1]
    places = _PLACES.get(last, ())
    text, bits = next(_told(last, call.args), None) or next(_placed(call.args, places), ("", None))
    if bits is None:
        for argument in call.args:
            if row := _KEYED.search(argument[:400]):
                text, bits = row[1], bits_of(row[1])
                break
            if "PosixFilePermission" in call.name and (row := _LETTERS.fullmatch(argument)):
                text, bits = argument, _of_letters(row[1])
    if bits is not None:
        use = "masked" if _MASKING.search(last) else "given" if _GIVING.search(last) else "made"
        yield Rights(call.name, text, bits, use, line)


def _told(last: str, args: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield the rights that a command of the shell is told by an option, or between an owner and a file."""
    for before, text in pairwise(("", *args)) if last in _COMMANDS else ():
        bare = (before in ("-m", "--mode") and text) or (last == "dpkg-statoverride" and _BARE.fullmatch(text) and text)
        if bare and (bits := octal(bare)) is not None:
            yield bare, bits


def _placed(args: tuple[str, ...], places: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """Yield an argument at one of the places with its bits; a bare number in front is the shell's, so octal."""
    for place in places:
        if place < len(args):
            text = args[place]
            bits = octal(text) if place == 0 and _BARE.fullmatch(text) else bits_of(text)
            if bits is not None:
                yield text, bits


def _of_letters(letters: str) -> int:
    """Return the bits of `rwsr-xr-t`."""
    bits = 0
    for place, letter in enumerate(letters):
        if letter not in "-ST":
            bits |= 0o400 >> place
        if letter in "sStT":
            bits |= (SET_USER, SET_GROUP, STICKY)[place // 3]
    return bits


def _of_symbols(who: str, what: str) -> int:
    """Return the bits that `g+w` adds; without a name all are meant, as far as the mask of the process lets."""
    mask = 0
    for letter in who.replace("a", "ugo") or "ugo":
        mask |= _WHO[letter]
    bits = 0
    for letter in what:
        bits |= _WHAT[letter]
    return bits & mask


def wider(old: Rights, new: Rights) -> bool:
    """Tell whether new rights open to others what the old ones did not; of a mask or a test: whether it lost bits."""
    if new.use in ("masked", "tested"):
        return bool(old.bits & ~new.bits & BEYOND_OWNER)
    more = new.bits & ~old.bits
    if more & OTHERS_WRITE and new.bits & STICKY:
        more &= ~(OTHERS_WRITE | GROUP_WRITES)
    grave = SET_USER | SET_GROUP | GROUP_WRITES | OTHERS_WRITE | OTHERS_READ
    return bool(more & grave) or bool(more & BEYOND_OWNER and not old.bits & BEYOND_OWNER)


_ACCESS = re.compile(r"[\"']?(?:(\S.{0,200}[\s:])??)([rwmxlcdaktuip]{1,8})[\"']?")


def more_letters(old: str, new: str) -> str:
    """Return the letters of rights that a text newly ends in besides the old ones, "" where it says anything else.

    Devices of control groups (`m`, `rwm`), volumes (`/data:r`), rules of AppArmor (`/etc/** r`): what wrote before
    writes still, and what only read or made now writes or runs.

    >>> more_letters('"m"', '"rwm"'), more_letters("/dev/sda r", "/dev/sda rw"), more_letters("rw", "r")
    ('rw', 'w', '')
    """
    one, two = (_ACCESS.fullmatch(side.strip(" ,;")) for side in (old, new))
    if not one or not two or one[1] != two[1] or not set(one[2]) < set(two[2]) or len(two[2]) != len(set(two[2])):
        return ""
    more = "".join(letter for letter in two[2] if letter not in one[2])
    return more if not set(more).isdisjoint("rwx") else ""
