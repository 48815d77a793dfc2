"""Statements that were read before: most of a changed function stands in its old and its new file alike.

The same words at the same column give the same statements but for their lines and for what encloses them.
"""

from msgspec import Struct

from zoll.parse.code import Call, Literal, Statement, Test
from zoll.parse.table import Table

SHORTEST, LONGEST = 12, 16_000
WIDEST = 400  # columns: lines of generated code have no use for this
MOST_BYTES = 8_000_000
Key = tuple[str, int, bytes]


class Said(Struct, frozen=True):
    """What some words said: their first line, the index of their first statement."""

    line: int
    index: int
    statements: tuple[Statement, ...]

    def again(self, line: int, index: int, within: int, branch: str) -> list[Statement]:
        """Return the statements as said at another place."""
        down, on, first = line - self.line, index - self.index, self.index
        return [
            _moved(one, down, one.within + on, one.branch) if one.within >= first else _moved(one, down, within, branch)
            for one in self.statements
        ]


class Memory:
    """Remembers statements of files of one language that import the same names."""

    def __init__(self, table: Table) -> None:
        many = (table.conditions, table.switches, table.loops, table.tries, table.simple)
        some = frozenset().union(*many, table.expressions, table.declarations)
        # Where a body's last expression is what it returns, a statement's words do not say what it is.
        self.kinds = frozenset() if table.tails else some - frozenset(table.hooks) - table.blocks - table.parens
        self.blocks = table.blocks
        self._known: dict[Key, Said] = {}
        self._bytes = 0

    def key(self, kind: str, start: int, end: int, data: bytes) -> Key | None:
        """Return what to remember a statement by, None when it is too short, too long or too far to the right."""
        if not SHORTEST <= end - start <= LONGEST:
            return None
        column = start - data.rfind(b"\n", max(0, start - WIDEST), start)
        return (kind, column, data[start:end]) if column <= min(start, WIDEST) else None

    def get(self, key: Key | None) -> Said | None:
        """Return what the words said."""
        return self._known.get(key) if key else None

    def put(self, key: Key, said: Said) -> None:
        """Remember what the words said; when too much is known, begin anew."""
        self._bytes += len(key[2])
        if self._bytes > MOST_BYTES:
            self._known.clear()
            self._bytes = len(key[2])
        self._known[key] = said


def _moved(one: Statement, down: int, within: int, branch: str) -> Statement:
    return Statement(
        one.kind,
        one.text,
        one.line + down,
        one.end + down,
        within,
        branch,
        one.word,
        tuple([Call(call.name, call.args, call.line + down, call.new) for call in one.calls]) if one.calls else (),
        tuple([_literal(literal, down) for literal in one.literals]) if one.literals else (),
        tuple([_test(test, down) for test in one.tests]) if one.tests else (),
        one.joins,
        one.target,
        one.operator,
        one.value,
    )


def _literal(one: Literal, down: int) -> Literal:
    return Literal(one.text, one.kind, one.line + down if one.line else 0, one.column, one.built)


def _test(one: Test, down: int) -> Test:
    literal = _literal(one.literal, down) if one.literal else None
    line = one.line + down if one.line else 0
    return Test(one.op, one.left, one.right, literal, one.via, one.length, one.call, one.negated, line)
