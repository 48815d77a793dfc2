"""Which powers a call has: resolved by module and import, never by a name that merely contains a word."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from zoll.readers.tables import pattern, table

FAMILY = {"cpp": ("c",), "typescript": ("javascript",), "tsx": ("javascript",)}
ALWAYS_SHELL = pattern("ability", "always_shell")
_SHELL_ARGUMENT = pattern("ability", "shell_argument")
_LITERAL = re.compile(r"""\s*[rbuLf@]{0,2}(["'`])((?:\\.|(?!\1)[^\\]){0,300})\1\s*""", re.DOTALL)
_BUILT = pattern("ability", "built")
_NUMBER = re.compile(r"-?\d[\w.]*|[A-Z][A-Z0-9_|\s]+|true|false|True|False|None|null|NULL|nil")
_PATHS = {group: re.compile(pattern) for group, pattern in table("powers")["paths"].items()}
_SPEAKS = pattern("ability", "speaks")
_TOUCHES = pattern("ability", "touches")
_COPIES = re.compile(
    r"(?:^|[./])(?:cp|mv|ln|install|scp|rsync|tar|dd|copy\w*|move\w*|rename|link|symlink)\Z", re.IGNORECASE
)


class Hint(Struct, frozen=True):
    """One argument rule: calls whose power shows in their arguments, or is taken back by them."""

    calls: re.Pattern[str]
    text: re.Pattern[str]
    gives: str
    takes: str = ""


def _pattern(globs: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_glob(glob) for glob in globs) or r"(?!)")


def _glob(glob: str) -> str:
    before, dot, last = glob.rpartition(".")
    spell = [re.escape(part).replace(r"\*", ".*") for part in (before, last)]
    return rf"(?i:{spell[0]})\.{spell[1]}\Z" if dot else rf"{spell[1]}\Z"


@cache
def _globs(language: str) -> tuple[dict[str, list[str]], list[tuple[str, re.Pattern[str]]]]:
    """Return exact names and, per class, one pattern for the rest."""
    exact: dict[str, list[str]] = {}
    patterns = []
    for group in ("any", *FAMILY.get(language, ()), language):
        for power, globs in table("powers").get(group, {}).items():
            for glob in globs:
                if "*" not in glob:
                    exact.setdefault(glob, []).append(power)
            patterns.append((power, _pattern(glob for glob in globs if "*" in glob)))
    return exact, patterns


@cache
def _hints(language: str) -> tuple[Hint, ...]:
    every = [*table("powers")["argument"], *table("powers")["without"]]
    rows = [row for row in every if {language, *FAMILY.get(language, ())} & set(row["languages"])]
    return tuple(
        Hint(_pattern(row["calls"]), re.compile(row["text"]), row.get("gives", ""), row.get("takes", ""))
        for row in rows
    )


@cache
def _never(language: str) -> re.Pattern[str]:
    never = table("powers")["never"]
    return _pattern(glob for group in (*FAMILY.get(language, ()), language) for glob in never.get(group, ()))


@lru_cache(maxsize=65536)
def _by_name(name: str, language: str) -> tuple[tuple[str, ...], tuple[Hint, ...]]:
    if name.endswith("()"):
        return (), ()
    plain = name.replace("()", "").strip(".") or name  # a shell reads a file in with a dot
    if _never(language).match(plain):
        return (), ()
    if language == "shell":
        plain = plain.rsplit("/", 1)[-1]
    exact, patterns = _globs(language)
    found = [*exact.get(plain, ()), *(power for power, pattern in patterns if pattern.match(plain))]
    return tuple(dict.fromkeys(found)), tuple(hint for hint in _hints(language) if hint.calls.match(plain))


def power_of(name: str, args: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the power classes of a call, in no particular rank.

    >>> power_of("subprocess.run", ("cmd",), "python"), power_of("open", ('"/etc/shadow"',), "python")
    (('run',), ('credential',))
    """
    if name == "exec" and language == "shell" and all(len(arg) == 1 and arg.isdigit() for arg in args):
        return ()  # only opens or closes file descriptors
    named, hints = _by_name(name, language)
    if not hints and not any("/" in arg or "." in arg for arg in args):
        return named
    text = ", ".join(args)[:1000]
    shown = [hint for hint in hints if hint.text.search(text)]
    taken = {hint.takes for hint in shown}
    found = [power for power in named if power not in taken] + [hint.gives for hint in shown if hint.gives]
    return tuple(dict.fromkeys([*found, *powers_by_path(name, args, found)]))


_OPENS = re.compile(
    r"(?i)(?:^|[._])(?:f?open(?:at|64|file)?|openfile|writefile(?:sync)?|write_?text|file_put_contents|create|copy(?:file)?|rename)$"
)


@lru_cache(maxsize=16384)
def opens(name: str) -> bool:
    """Tell whether a call opens, writes or copies the file that it is given.

    >>> opens("os.open"), opens("fs.writeFileSync"), opens("reopen")
    (True, True, False)
    """
    return bool(_OPENS.search(name.replace("()", "")))


def powers_by_path(name: str, args: tuple[str, ...], found: Collection[str]) -> Iterator[str]:
    """Yield what the paths among the arguments show: what is only written is not read."""
    text = ", ".join(args)[:1000]
    if "/" not in text and "\\" not in text and "." not in text:
        return
    if _SPEAKS.search(name) and not found:
        return
    writes = "write" in found or name.startswith(">")
    for group, path in _PATHS.items():
        if group in {"credential", "collect"}:
            met = path.search(_sources(name, text) if writes else text) is not None
        elif group in {"write", "accounts"}:
            met = writes and path.search(text) is not None
        else:
            met = path.search(text) is not None and (group != "start" or bool(_TOUCHES.search(name)))
        if met:
            yield group


def _sources(name: str, text: str) -> str:
    """Return what a copying call reads: all of its arguments but the last."""
    return text.rpartition(",")[0] if _COPIES.search(name) else ""


def in_shell(name: str, args: tuple[str, ...], language: str) -> bool:
    """Say whether a command line that this call runs goes through a shell."""
    if _SHELL_ARGUMENT.search(", ".join(args)[:1000]):
        return True
    return language not in {"go", "java", "rust", "lua", "shell"} and bool(ALWAYS_SHELL.search(name.replace("()", "")))


def names_type(name: str, text: str, path: str) -> bool:
    """Say whether what looks like a call of `import` only names a type, and nothing is loaded.

    >>> names_type("import", "var a: typeof import('./a')", "b.ts"), names_type("import", "await import(a)", "b.ts")
    (True, False)
    """
    return name == "import" and (path.endswith((".d.ts", ".d.mts", ".d.cts")) or "typeof import(" in text)


def fixed_text(argument: str) -> str:
    """Return the text of an argument that is one literal, else ""."""
    found = _LITERAL.fullmatch(argument)
    return found[2] if found else ""


def argument_kind(args: tuple[str, ...], language: str) -> str:
    """Say whether the arguments are fixed (literals only), built (concatenated, formatted) or variable."""
    if not args:
        return ""
    if language == "shell":
        return "variable" if any("$" in arg or "`" in arg for arg in args) else "fixed"
    if any(_BUILT.search(arg[:400]) for arg in args):
        return "built"
    plain = [_LITERAL.fullmatch(arg) or _NUMBER.fullmatch(arg.strip()) or _all_literals(arg) for arg in args]
    return "fixed" if all(plain) else "variable"


def _all_literals(argument: str) -> bool:
    """Say whether a list, keyword or flag argument holds literals only."""
    body = argument.strip().removeprefix("[").removesuffix("]")
    if body == argument.strip() and not re.match(r"\w+\s*=", body):
        return False
    return not re.search(
        r"[A-Za-z_$][\w$]*",
        re.sub(r"""(["'])(?:\\.|(?!\1)[^\\])*\1|\w+\s*=(?!=)|\bTrue\b|\bFalse\b|\bNone\b""", "", body),
    )
