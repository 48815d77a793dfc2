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
from zoll.parse.outline import Outline, actions_of
from zoll.parse.statements import Walk
from zoll.parse.syntax import Names, SlowSource, grow
from zoll.parse.table import Table

__all__ = ["LANGUAGES", "SLOW", "Opened", "SlowSource", "open_code", "ready"]

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
SLOW = "parsing took longer than its deadline"
SLICE = 4_096  # grammars with a lexer of their own ask again and again: each answer is copied
MEMORIES = 8
# Bytes: functions that mark where two files agree again, and how far off they are looked for.
MARK_LEAST, MARK_MOST, REACH = 80, 20_000, 50_000


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
        self._asked = 0

    def late(self, *_: object) -> bool:
        """Say whether time is up; whoever asks every few microseconds gets an answer that is a few questions old."""
        self._asked += 1
        return not self._asked & 15 and time.process_time() > self.until

    def check(self) -> None:
        """Raise when time is up."""
        if time.process_time() > self.until:
            raise SlowSource(SLOW)


class Opened:
    """One parsed file. `code` says what it holds; `statements` walks one function."""

    def __init__(self, data: bytes, tongue: Tongue, tree: tree_sitter.Tree, outline: Outline, deadline: float) -> None:
        self.data = data
        self.tree = tree
        self.outline = outline
        self.code = Code(tongue.table.name, outline.functions(), outline.imports, outline.errors)
        self._tongue = tongue
        self._deadline = deadline
        self._bodies = {(body.key[0], body.key[1], body.name): body.key for body in outline.bodies}
        self._nested = {(start, end) for start, end, _ in outline.keys}
        self._cuts = sorted([*outline.comments, *self._nested])
        self._memory = tongue.memory(self.code.imports)
        # A changed function is walked to be compared, and asked what it wraps.
        self._walked: dict[tuple[int, int, str], tuple[Statement, ...]] = {}

    def statements(self, function: Function) -> tuple[Statement, ...]:
        """Return the statements of one function (or of the outside) in source order."""
        key = (function.start_byte, function.end_byte, function.name)
        if key not in self._walked:
            self._walked[key] = self._statements(function)
        return self._walked[key]

    def _statements(self, function: Function) -> tuple[Statement, ...]:
        node = self._node(*self._bodies[(function.start_byte, function.end_byte, function.name)])
        check = Clock(self._deadline).check
        tongue, imports, outline = self._tongue, self.code.imports, self.outline
        walk = Walk(self.data, tongue.table, imports, self._cuts, self._nested, outline.lines, check, self._memory)
        return walk.run(grow(node, tongue.names, outline.keys, check, self._memory, self.data), function)

    def _node(self, start: int, end: int, kind: int) -> tree_sitter.Node:
        """Return the node of a body, the whole tree for the outside."""
        root = self.tree.root_node
        node = root.descendant_for_byte_range(start, end) if kind else None
        while node and node.kind_id != kind:
            node = node.parent
        return node or root


def open_code(data: bytes, language: str, deadline: float = 10.0, beside: Opened | None = None) -> Opened:
    """Parse a source file. Raises `SlowSource` when it takes more than `deadline` processor seconds.

    `beside` is the other side's file of the same language: what stands there as well is not parsed and walked again.
    """
    tongue = _tongue(language)
    clock = Clock(deadline)
    # Behind an error what a parser finds hangs on how it came there, so a tree with errors is no start for another.
    clean = beside is not None and not beside.tree.root_node.has_error
    tree = _parse(data, tongue, clock, _edited(beside, data, clock) if beside and clean else None)
    outline = Outline(data, tongue.table, tongue.names, tongue.actions, clock.check, beside.outline if beside else None)
    outline.walk(tree.root_node)
    return Opened(data, tongue, tree, outline, deadline)


def _edited(beside: Opened, data: bytes, clock: Clock) -> tree_sitter.Tree:
    """Return the other side's tree with what stands between functions that did not change marked as new."""
    here = there = 0
    edits: list[tuple[int, int, bytes]] = []  # what of the other side became what here
    for start, end in sorted((start, end) for start, end, _ in beside.outline.keys):
        if start >= here and MARK_LEAST <= end - start <= MARK_MOST:
            clock.check()
            found = data.find(beside.data[start:end], there, there + REACH)
            if found >= 0:
                edits.append((here, start, data[there:found]))
                here, there = end, found + end - start
    edits.append((here, len(beside.data), data[there:]))
    tree, lines = beside.tree.copy(), beside.outline.lines
    for start, end, text in reversed(edits):  # from the end, so that places before stay as they are
        if text != beside.data[start:end]:
            row, column = lines.point(start)
            rows, last = text.count(b"\n"), len(text) - text.rfind(b"\n") - 1
            after = (row + rows, last if rows else column + last)
            tree.edit(start, end, start + len(text), (row, column), lines.point(end), after)
    return tree


def _parse(data: bytes, tongue: Tongue, clock: Clock, known: tree_sitter.Tree | None) -> tree_sitter.Tree:
    def read(at: int, _: object) -> bytes:
        return data[at : at + SLICE]

    parse = tree_sitter.Parser(tongue.grammar).parse
    try:
        if known is None:
            return parse(read, progress_callback=clock.late)
        return parse(read, known, progress_callback=clock.late)
    except ValueError as error:
        raise SlowSource(SLOW) from error
