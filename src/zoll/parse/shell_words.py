"""Shell text as simple commands: quotes, substitutions, here-documents. Tolerant, linear; nothing is expanded."""

import re
from collections.abc import Iterator

from msgspec import Struct

DEEPEST = 40
MOST = 20_000
TOKEN = re.compile(
    r"""('[^']*+'|\$'(?:[^'\\]|\\.)*+')"""  # 1 single quoted
    r"""|("(?:[^"\\]|\\.)*+")"""  # 2 double quoted
    r"""|(\\\r?\n)"""  # 3 continuation
    r"""|(\$\(\(|\$\(|<\(|>\(|`|\(|\))"""  # 4 nesting
    r"""|(\n|\|\||\||&&|;;&?|;&|;|&(?!>))"""  # 5 separator
    r"""|(<<<|<<-?|[0-9]{0,2}(?:>>|>\||>&|<&|>|<)|&>>?)"""  # 6 redirection
    r"""|([ \t\r]++)"""  # 7 blank
    r"""|((?>(?:[^\s'"\\|&;<>()`$]++|\\.|\$(?![('])|\$$)+)|["'\\$])""",  # 8 plain
    re.DOTALL,
)
WORDS_AROUND = frozenset(
    {
        "if",
        "then",
        "else",
        "elif",
        "fi",
        "do",
        "done",
        "while",
        "until",
        "esac",
        "{",
        "}",
        "!",
        "time",
        "in",
        "function",
    }
)
HEREDOC = re.compile(r"[ \t]*+[\"'\\]?([A-Za-z_!][\w!-]{0,60})[\"']?")
ASSIGNMENT = re.compile(r"[A-Za-z_]\w{0,100}\+?=")
INNER = re.compile(r"\$\(([^()]{2,2000}+(?:\([^()]{0,500}+\)[^()]{0,500}+){0,8})\)|`([^`]{2,2000}+)`")
CLAUSES = frozenset({";;", ";&", ";;&"})
SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh", "su", "busybox"})
WRAPPERS = frozenset(
    {
        "sudo",
        "env",
        "exec",
        "nohup",
        "xargs",
        "nice",
        "command",
        "setsid",
        "doas",
        "timeout",
        "eatmydata",
        "ionice",
        "stdbuf",
        "chroot",
        "gosu",
        "su-exec",
        "busybox",
        "npx",
        "cross-env",
        "then",
        "eval",
    }
)


class Simple(Struct, frozen=True):
    """One simple command. `line` counts from 0 at its text's start; `after`: the mark before it (`|`, `&&`, ``)."""

    words: tuple[str, ...]
    line: int
    after: str = ""
    into: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The command's name without its folder."""
        return self.words[0].rsplit("/", 1)[-1] or self.words[0]

    @property
    def text(self) -> str:
        """The words, joined."""
        return " ".join(self.words)


class _Frame:
    """The command being read at one level of nesting."""

    def __init__(self, after: str = "") -> None:
        self.words: list[str] = []
        self.line = 0
        self.after = after
        self.into: list[str] = []
        self.word: list[str] = []
        self.redirect = ""
        self.cases = 0  # how many `case ... esac` are open
        self.patterns = False  # what stands up to the next `)` are patterns of a case

    def piece(self, text: str, line: int) -> None:
        if not self.words and not self.word:
            self.line = line
        self.word.append(text)

    def close_word(self) -> None:
        if not self.word:
            return
        word = "".join(self.word)
        self.word = []
        if self.redirect:
            self.into.append(f"{self.redirect}{word}")
            self.redirect = ""
        elif word == "esac" and self.cases and not self.words:
            self.cases, self.patterns = self.cases - 1, False
        elif self.patterns:
            return
        elif word == "in" and len(self.words) == 2 and self.words[0] == "case":
            self.words, self.cases, self.patterns = [], self.cases + 1, True
        elif self.words or not (word in WORDS_AROUND or ASSIGNMENT.match(word)):
            self.words.append(word)


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Frame()]
        self.line = 0
        self.marks: list[str] = []
        self.inner: list[tuple[str, int]] = []
        self.skip = (-1, -1)
        self.endless: set[str] = set()

    def end(self, separator: str) -> Iterator[Simple]:
        frame = self.stack[-1]
        frame.close_word()
        if frame.words and frame.words[0] not in ("for", "case", "select") and not frame.words[0].startswith("#"):
            yield Simple(tuple(frame.words), frame.line, frame.after, tuple(frame.into))
        kept = self.stack[-1] = _Frame(separator if separator != "\n" else "")
        kept.redirect = ""
        kept.cases, kept.patterns = frame.cases, frame.patterns or (bool(frame.cases) and separator in CLAUSES)

    def nest(self, mark: str) -> Iterator[Simple]:
        top = self.stack[-1]
        if top.patterns and mark in "()":
            top.close_word()
            top.patterns = mark == "(" and top.patterns
            return
        if mark == ")" or (mark == "`" and len(self.stack) > 1 and self.marks and self.marks[-1] == "`"):
            yield from self.end("")
            if len(self.stack) > 1:
                self.stack.pop()
                if self.marks.pop() != "(":
                    self.stack[-1].piece("$()", self.line)
            return
        if len(self.stack) < DEEPEST:
            if mark == "(" and not top.word:
                yield from self.end(top.after)
            elif mark == "(":
                top.word.append("()")
            self.marks.append(mark)
            self.stack.append(_Frame())

    def heredoc(self, at: int) -> int:
        found = HEREDOC.match(self.text, at)
        if not found:
            return at
        self.stack[-1].into.append(f"<<{found[1]}")
        if self.skip[0] >= 0 or found[1] in self.endless:
            return found.end()
        end = re.compile(rf"^[ \t]*+{re.escape(found[1])}[ \t]*+\r?$", re.MULTILINE).search(self.text, found.end())
        newline = self.text.find("\n", found.end())
        if end and 0 <= newline < end.start():
            self.skip = (newline + 1, end.end())
        elif not end:
            self.endless.add(found[1])
        return found.end()


def simple_commands(text: str, depth: int = 0) -> Iterator[Simple]:
    """Yield the simple commands, those inside `$(...)`, `sh -c '...'` and behind `sudo` included.

    >>> [(s.name, s.after) for s in simple_commands("A=1 curl -s http://x | sh && echo $(id -u)")]
    [('curl', ''), ('sh', '|'), ('id', ''), ('echo', '&&')]
    """
    for number, found in enumerate(_commands(text, depth)):
        if number >= MOST:
            return
        yield found


def _commands(text: str, depth: int) -> Iterator[Simple]:
    walk = _Walk(text)
    seen = at = 0
    while at < len(text):
        if at == walk.skip[0]:
            at, walk.skip = walk.skip[1], (-1, -1)
            continue
        top = walk.stack[-1]
        if text[at] == "#" and not top.word:
            stop = text.find("\n", at)
            at = len(text) if stop < 0 else stop
            continue
        found = TOKEN.match(text, at)
        if not found:
            at += 1
            continue
        walk.line += text.count("\n", seen, at)
        seen, piece, kind = at, found[0], found.lastindex
        at = found.end()
        if kind in (3, 7):
            top.close_word()
        elif kind == 5:
            yield from walk.end(piece)
        elif kind == 4 and piece != "$((":
            yield from walk.nest(piece)
        elif kind == 6:
            at = _redirect(walk, top, piece, at)
        else:
            top.piece(_piece(walk, piece, kind), walk.line)
    while walk.stack:
        yield from walk.end("")
        walk.stack.pop()
    if depth < 4:
        for body, line in walk.inner:
            for inside in simple_commands(body, depth + 1):
                yield Simple(inside.words, inside.line + line, inside.after, inside.into)


def _redirect(walk: _Walk, top: _Frame, piece: str, at: int) -> int:
    top.close_word()
    if piece.startswith("<<") and piece != "<<<":
        return walk.heredoc(at)
    top.redirect = piece
    return at


def _piece(walk: _Walk, piece: str, kind: int | None) -> str:
    if kind == 1:
        return piece[2:-1] if piece[0] == "$" else piece[1:-1]
    if kind == 2:
        for found in INNER.finditer(piece):
            walk.inner.append((found[1] or found[2], walk.line + piece.count("\n", 0, found.start())))
        return piece[1:-1].replace('\\"', '"').replace("\\$", "$")
    if kind == 8 and len(piece) > 1 and "\\" in piece:
        return re.sub(r"\\(.)", r"\1", piece)
    return piece


def unwrapped(command: Simple) -> Iterator[Simple]:
    """Yield the command, then what its wrapper runs: behind `sudo`, `env`, `xargs`, and inside `sh -c`.

    >>> [s.text for s in unwrapped(Simple(("sudo", "sh", "-c", "id; ls"), 0))]
    ['sudo sh -c id; ls', 'sh -c id; ls', 'id', 'ls']
    """
    yield command
    for _ in range(4):
        words = command.words
        if command.name in SHELLS:
            flags = [
                i for i, word in enumerate(words[:-1]) if i and word.startswith("-") and "c" in word and len(word) < 6
            ]
            if flags:
                for inner in simple_commands(words[flags[0] + 1], 3):
                    yield Simple(inner.words, command.line + inner.line, inner.after, inner.into)
                return
        if command.name not in WRAPPERS:
            return
        rest = _behind(words)
        if not rest:
            return
        command = Simple(rest, command.line, command.after, command.into)
        yield command


def _behind(words: tuple[str, ...]) -> tuple[str, ...]:
    at = 1
    while at < len(words) and (words[at].startswith("-") or ASSIGNMENT.match(words[at]) or words[at][:1].isdigit()):
        at += 2 if words[at] in ("-u", "-g", "-n", "-I", "-C") else 1
    return words[at:]
