"""Source files of thirteen languages, in the words of `parse.code`.

`open_code` parses a file once and walks it once, lightly; `Opened.statements` walks deeply through one function only.
Parsing reads through a callable, because tree-sitter obeys a deadline only then; queries are never used, since they
turn quadratic on hostile input.
"""

import time
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module

import tree_sitter

from zoll.parse.code import Code, Function, Statement
from zoll.parse.memory import Memory
from zoll.parse.outline import Lines, Outline, actions_of
from zoll.parse.statements import Walk
from zoll.parse.syntax import Names, SlowSource, grow
from zoll.parse.table import Table

__all__ = ["LANGUAGES", "Opened", "SlowSource", "open_code", "ready"]

LANGUAGES: tuple[str, ...] = (
    "c",
    "cpp",
    "go",
    "java",
    "javascript",
    "lua",
    "perl",
    "php",
    "python",
    "ruby",
    "rust",
    "shell",
    "tsx",
    "typescript",
)
SLICE = 4_096  # grammars with a lexer of their own ask again and again: each answer is copied
MEMORIES = 8


def table_of(language: str) -> Table:
    """Return a language's table."""
    table = import_module(f"zoll.parse.languages.{language}").TABLE
    if not isinstance(table, Table):
        raise TypeError(f"{language} has no table")
    return table


class Tongue:
    """A language made ready: its table, its grammar, its numbers."""

    def __init__(self, language: str) -> None:
        self.table = table_of(language)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # one grammar's wheel hands its pointer over as a number
            self.grammar = tree_sitter.Language(self.table.grammar())
        self.names = Names(self.grammar, self.table.comments, self.table.splice)
        self.actions = actions_of(self.table, self.grammar)
        self._memories: dict[frozenset[tuple[str, str]], Memory] = {}

    def memory(self, imports: Mapping[str, str]) -> Memory:
        """Return what was read so far in files of this language with the same imports."""
        key = frozenset(imports.items())
        if key not in self._memories:
            while len(self._memories) >= MEMORIES:
                self._memories.pop(next(iter(self._memories)))
            self._memories[key] = Memory(self.table)
        return self._memories[key]


def ready(languages: Iterable[str]) -> None:
    """Load grammars and tables, so that workers forked after this have them."""
    for language in languages:
        _tongue(language)


@cache
def _tongue(language: str) -> Tongue:
    if language not in LANGUAGES:
        raise ValueError(f"no grammar for {language}")
    return Tongue(language)


class Clock:
    """A deadline for one piece of work, in seconds of the processor: a busy machine must not change the report."""

    def __init__(self, seconds: float) -> None:
        self.until = time.process_time() + seconds

    def late(self, *_: object) -> bool:
        """Say whether time is up."""
        return time.process_time() > self.until

    def check(self) -> None:
        """Raise when time is up."""
        if self.late():
            raise SlowSource("parsing took longer than its deadline")


class Opened:
    """One parsed file. `code` says what it holds; `statements` walks one function."""

    def __init__(self, data: bytes, tongue: Tongue, outline: Outline, deadline: float) -> None:
        self.data = data
        self.code = Code(tongue.table.name, outline.functions(), outline.imports, outline.errors)
        self._tongue = tongue
        self._deadline = deadline
        self._keys = outline.keys
        self._bodies = {(body.start, body.end, body.name): body.nodes for body in outline.bodies}
        self._nested = {(start, end) for start, end, _ in outline.keys}
        self._cuts = sorted([*outline.comments, *self._nested])
        self._lines = Lines(data)
        self._memory = tongue.memory(self.code.imports)

    def statements(self, function: Function) -> tuple[Statement, ...]:
        """Return the statements of one function (or of the outside) in source order."""
        nodes = self._bodies[(function.start_byte, function.end_byte, function.name)]
        check = Clock(self._deadline).check
        tongue, imports = self._tongue, self.code.imports
        walk = Walk(self.data, tongue.table, imports, self._cuts, self._nested, self._lines, check, self._memory)
        trees = [grow(node, tongue.names, self._keys, check, self._memory, self.data) for node in nodes]
        return walk.run(trees, function)


def open_code(data: bytes, language: str, deadline: float = 10.0) -> Opened:
    """Parse a source file. Raises `SlowSource` when it takes more than `deadline` processor seconds."""
    tongue = _tongue(language)
    clock = Clock(deadline)
    tree = _parse(data, tongue, clock)
    outline = Outline(data, tongue.table, tongue.names, tongue.actions, clock.check)
    outline.walk(tree.root_node)
    return Opened(data, tongue, outline, deadline)


def _parse(data: bytes, tongue: Tongue, clock: Clock) -> tree_sitter.Tree:
    parser = tree_sitter.Parser(tongue.grammar)
    try:
        return parser.parse(lambda at, _: data[at : at + SLICE], progress_callback=clock.late)
    except ValueError as error:
        raise SlowSource("parsing took longer than its deadline") from error
