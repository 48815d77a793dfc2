"""Conditions split into atoms: what is compared with what, and how; comparing calls are folded in."""

import re
from dataclasses import dataclass

from msgspec import structs

from zoll.parse.code import Literal, Test
from zoll.parse.comparers import MATCH, POSITION, compares, likely, measured, three_way
from zoll.parse.expressions import Expressions
from zoll.parse.literals import is_variable, unquote
from zoll.parse.syntax import Node
from zoll.parse.table import kinds

AND = frozenset({"&&", "and", "-a"})
OR = frozenset({"||", "or", "-o", "??", "//"})
OPERATORS = {
    "==": "==",
    "===": "==",
    "eq": "==",
    "is": "==",
    "-eq": "==",
    "!=": "!=",
    "!==": "!=",
    "<>": "!=",
    "ne": "!=",
    "~=": "!=",
    "-ne": "!=",
    "is not": "!=",
    "<": "<",
    "lt": "<",
    "-lt": "<",
    "<=": "<=",
    "le": "<=",
    "-le": "<=",
    ">": ">",
    "gt": ">",
    "-gt": ">",
    ">=": ">=",
    "ge": ">=",
    "-ge": ">=",
    "in": "in",
    "not in": "not in",
    "=~": "match",
    "!~": "not match",
    "~~": "match",
    "instanceof": "type",
    "<=>": "==",
    "not like": "!=",
    "=": "==",
    "not": "not in",
}
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
ZERO = frozenset({"0", "NULL", "nullptr", "null", "nil", "None", "0u", "0L"})
MODULES = kinds("hmac re strings bytes crypto subtle reflect regexp fnmatch secrets regex std mem path.match")
_FROM_TO = 3  # arguments of C++'s `compare(position, length, other)`
_GUARD = re.compile(r"([\"']?)[xX](?=[\"']?\$)")
_GUARDED = re.compile(r"([\"']?)[xX]([\w.-]*)([\"']?)")
_IDIOM = re.compile(
    r"(?:matches!\((?P<held>[^\"]{1,160}), (?:(?:Some|Ok)\()?|"
    r"(?P<asked>[^\"|]{1,160})\.(?:map_or\(false, |is_some_and\()\|&?(?P<name>\w{1,20})\| \*?(?P=name) == )"
    r"&?b?\"(?P<text>(?:[^\"\\]|\\.){1,80})\"\){1,2}"
)
_WORDS = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|\S+")
TRUE = frozenset({"true", "True", "TRUE", "!0"})
FALSE = frozenset({"false", "False", "FALSE", "!1"})


@dataclass
class Folded:
    """A comparing call taken apart."""

    op: str
    left: str
    right: str
    literal: Literal | None
    via: str
    length: str
    three_way: bool


class Conditions:
    """Splits conditions of one file."""

    def __init__(self, expressions: Expressions) -> None:
        self.read = expressions
        self.table = expressions.table

    def tests(self, node: Node, negated: bool = False) -> tuple[tuple[Test, ...], tuple[str, ...]]:
        """Return the atoms of a condition and what joins them, in order; `negated` for that of an `unless`."""
        tests: list[Test] = []
        joins: list[str] = []
        stack: list[tuple[Node | str, bool]] = [(node, negated)]
        while stack and len(tests) < 400:
            item, turned = stack.pop()
            if isinstance(item, str):
                joins.append(item)
                continue
            if self._bracketed(item):
                found, between = self.bracket(item)
                tests.extend(structs.replace(test, negated=test.negated != turned) for test in found)
                joins.extend(("||" if join == "&&" else "&&") if turned else join for join in between)
                continue
            if item.kind == "test_command" and len(item.inner) == 1:
                stack.append((item.inner[0], turned))
                continue
            item = self.read.bare(item)
            split = self._split(item, turned)
            if split is None:
                tests.append(self.atom(item, turned))
            else:
                stack.extend(reversed(split))
        return tuple(tests), tuple(joins)

    def _split(self, node: Node, negated: bool) -> list[tuple[Node | str, bool]] | None:
        """Take one and, or or not apart; None for an atom."""
        kind = node.kind
        if kind in self.table.logic:
            word = self.operator(node)
            sides = node.inner
            if (word in AND or word in OR) and len(sides) >= 2:
                join = "&&" if (word in AND) != negated else "||"
                return [(sides[0], negated), (join, False), (sides[-1], negated)]
        if kind in self.table.nots and self.operator(node) in ("!", "not") and node.inner:
            return [(node.inner[-1], not negated)]
        if kind in self.table.sequences and len(node.inner) > 1:
            return [(node.inner[-1], negated)]
        return None

    def _bracketed(self, node: Node) -> bool:
        """Say whether a shell test's words must be read: `test` as a command, `[ ]` with `-a` or `-o`."""
        if self.table.name != "shell":
            return False
        if node.kind == "command":
            return self.read.called_as(node) == "test"
        return node.kind == "test_command" and (b" -a " in self.data_of(node) or b" -o " in self.data_of(node))

    def data_of(self, node: Node) -> bytes:
        """Return the first bytes of a node's source."""
        return self.read.data[node.start : min(node.end, node.start + 2000)]

    def operator(self, node: Node) -> str:
        """Return the operator of a node: the field, or the first token between the sides."""
        found = node.get("operator") or node.get("operators")
        if found is None:
            tokens = [kid for kid in node.kids if not kid.named]
            return tokens[0].kind if tokens else ""
        return found.kind if not found.named and not found.kids else self.read.text(found, 20)

    def boolean(self, node: Node) -> bool:
        """Say whether an expression is a truth value by its form."""
        node = self.read.bare(node)
        kind = node.kind
        if kind in self.table.logic and self.operator(node) in AND | OR:
            return True
        if kind in self.table.nots and self.operator(node) in ("!", "not"):
            return True
        if kind in self.table.comparisons and self.operator(node) in OPERATORS:
            return True
        if kind == "test_command" or self._bracketed(node):
            return True
        return kind in self.table.calls and self.fold(node) is not None

    # atoms

    def atom(self, node: Node, negated: bool) -> Test:
        """Return the test that one atom makes."""
        kind = node.kind
        if kind in self.table.assigns:
            return self._assigned(node, negated)
        if kind in self.table.comparisons:
            word = self.operator(node)
            sides = node.inner
            if word in OPERATORS and len(sides) >= 2:
                return self._compared(node, OPERATORS[word], sides, negated)
        if kind in self.table.nots:
            return self._flagged(node, self.operator(node), node.inner[-1:], negated)
        if kind in self.table.calls:
            folded = self.fold(node)
            if folded is not None:
                if folded.three_way:  # `!strcmp(a, b)` is `a == b`: such a call gives zero for equal
                    return self._folded(node, folded, "==" if negated else "!=", False)
                return self._folded(node, folded, folded.op, negated)
            return self._asked(node, negated)
        pattern, value = node.get("pattern"), node.get("value")
        if pattern is not None and value is not None and (held := self.read.wrapped(pattern)) is not None:
            return self._held(node, pattern, value, held, negated)
        literal = self.read.literal(node) if self.read.is_literal(node) else None
        return Test(
            "truth",
            self.read.text(node),
            literal=literal,
            call=self.called(node),
            negated=negated,
            line=self.read.line(node),
        )

    def _asked(self, node: Node, negated: bool) -> Test:
        """Read a call as a bare value, but for Rust's idioms that hold one against a text."""
        text, line, call = self.read.text(node), self.read.line(node), self.read.called(node)
        found = _IDIOM.fullmatch(text) if "matches!(" in text or "|" in text else None
        if found is None:
            return Test("truth", text, call=call, negated=negated, line=line)
        left, right = found["held"] or found["asked"], found["text"]
        return Test("==", left, f'"{right}"', Literal(right, "string", line), call, negated=negated, line=line)

    def _held(self, node: Node, pattern: Node, value: Node, literal: Literal, negated: bool) -> Test:
        """Read a value held against a pattern with a literal in it: Rust's `if let Some("x") = name`."""
        sides = self.read.text(value), self.read.text(pattern)
        return Test("==", *sides, literal, call=self.called(value), negated=negated, line=self.read.line(node))

    def _flagged(self, node: Node, flag: str, values: list[Node], negated: bool) -> Test:
        """Read a sign before a value: `-z` and `-n` compare with nothing, `-f` and its kin ask about a file."""
        text = self.read.text(values[0]) if values else ""
        if flag in ("-z", "-n"):
            return Test(
                "==" if flag == "-z" else "!=",
                text,
                "",
                Literal("", "string"),
                flag,
                negated=negated,
                line=self.read.line(node),
            )
        if flag.startswith("-") and len(flag) > 1 and values:
            literal = self.read.literal(values[0]) if self.read.is_literal(values[0]) else None
            return Test("truth", text, "", literal, flag, negated=negated, line=self.read.line(node))
        return Test("truth", self.read.text(node), negated=negated, line=self.read.line(node))

    def bracket(self, node: Node) -> tuple[list[Test], list[str]]:
        """Split `[ a = b -a -f c ]` or `test ...` by its words, since the grammar knows no precedence there."""
        tests: list[Test] = []
        joins: list[str] = []
        group: list[str] = []
        for word in [*_WORDS.findall(self.read.text(node, 2000).removeprefix("test ").strip("[] ")), "-a"]:
            if word not in ("-a", "-o"):
                group.append(word)
                continue
            tests.append(self._group(node, group))
            joins.append("&&" if word == "-a" else "||")
            group = []
        return tests, joins[:-1]

    def _group(self, node: Node, words: list[str]) -> Test:
        negated = words[:1] == ["!"]
        words = words[1:] if negated else words
        line = self.read.line(node)
        if len(words) >= 3 and words[1] in OPERATORS:
            words = [*_unguarded(words[0], words[2], words[1]), *words[3:]]
            literal = next(
                (Literal(unquote(word, "", "'"), "string", line) for word in (words[2], words[0]) if "$" not in word),
                None,
            )
            return Test(OPERATORS[words[1]], words[0], words[2], literal, "test", negated=negated, line=line)
        if len(words) == 2 and words[0] in ("-z", "-n"):
            return Test(
                "==" if words[0] == "-z" else "!=",
                words[1],
                "",
                Literal("", "string"),
                words[0],
                negated=negated,
                line=line,
            )
        if len(words) == 2 and words[0].startswith("-"):
            fixed = None if "$" in words[1] else Literal(unquote(words[1], "", "'"), "string", line)
            return Test("truth", words[1], "", fixed, words[0], negated=negated, line=line)
        return Test("truth", " ".join(words)[:200], via="test", negated=negated, line=line)

    def _assigned(self, node: Node, negated: bool) -> Test:
        left, right = node.get("left") or node.get("name"), node.get("right") or node.get("value")
        sides = node.inner
        left, right = left or sides[0], right or sides[-1]
        literal = self.read.value_of(self.read.bare(right))
        return Test(
            "=",
            self.read.text(left),
            self.read.text(right),
            literal,
            call=self.called(right),
            negated=negated,
            line=self.read.line(node),
        )

    def called(self, node: Node) -> str:
        """Return the name of the call whose result an expression is, "" for none."""
        node = self.read.bare(node)
        for _ in range(20):
            if node.kind in self.table.calls:
                return self.read.called(node)
            if node.kind not in self.table.assigns or not node.inner:
                return ""
            node = self.read.bare(node.get("right") or node.get("value") or node.inner[-1])
        return ""

    def _compared(self, node: Node, op: str, sides: list[Node], negated: bool) -> Test:
        left, right = self.read.bare(sides[0]), self.read.bare(sides[-1])
        if op.startswith("not "):
            op, negated = op.removeprefix("not "), not negated
        plain = self.read.text(right, 30)
        if left.kind in self.table.calls or right.kind in self.table.calls:
            test = self._call_against(node, op, left, right, plain, negated)
            if test is not None:
                return test
        if op == "type":
            return Test("truth", self.read.text(node), negated=negated, line=self.read.line(node))
        values = [(side, one) for side in (right, left) if (one := self.read.value_of(side)) is not None]
        literals = [one for side, one in values if not self._bare_word(side, one, op)]
        literal = next((one for one in literals if not one.built), literals[0] if literals else None)
        return Test(
            op,
            self.read.text(left),
            self.read.text(right),
            literal,
            call=self.called(left) or self.called(right),
            negated=negated,
            line=self.read.line(node),
        )

    def _bare_word(self, side: Node, literal: Literal, op: str) -> bool:
        """Tell whether a text stands for a variable: shells reckon with bare names, and quote `"$name"`."""
        if literal.built and is_variable(literal.text):
            return True
        return op in FLIPPED and literal.kind == "string" and self.read.text(side, len(literal.text) + 1).isidentifier()

    def _call_against(self, node: Node, op: str, left: Node, right: Node, plain: str, negated: bool) -> Test | None:
        """Fold a comparing call that is itself compared: with zero, a truth value or a position."""
        if left.kind not in self.table.calls:
            left, right, plain = right, left, self.read.text(left, 30)
            op = FLIPPED.get(op, op)
        nowhere = plain == "-1" or plain.endswith("::npos") or (plain == "0" and op in (">=", "<"))
        folded = self.fold(left, found=nowhere)
        if folded is None:
            return None
        if plain in TRUE or plain in FALSE:
            flip = (plain in FALSE) != (op == "!=")
            if folded.three_way:
                return self._folded(node, folded, "==" if flip != negated else "!=", False)
            return self._folded(node, folded, folded.op, negated != flip)
        if folded.three_way and folded.op == "prefix":
            return self._folded(node, folded, "prefix", negated != (op == "!=")) if plain in ZERO else None
        if folded.three_way:
            return self._folded(node, folded, op, negated) if plain in ZERO else None
        last = folded.via.rsplit(".", 1)[-1]
        if last in POSITION and (plain == "0" or nowhere):
            return self._positioned(node, folded, op, plain, negated)
        if (plain in ZERO or plain == "1") and op in ("==", "!=", "<" if plain == "1" else ">"):
            flip = (op == "==") == (plain != "1")
            return self._folded(node, folded, folded.op, negated != flip)
        return None

    def _positioned(self, node: Node, folded: Folded, op: str, plain: str, negated: bool) -> Test:
        """`indexOf(x) >= 0` contains, `== 0` begins with, `== -1` and `< 0` do not contain."""
        if plain == "0" and op in ("==", "!="):
            return self._folded(node, folded, "prefix", negated != (op == "!="))
        absent = op == "<" or (plain != "0" and op in ("==", "<="))
        return self._folded(node, folded, "contains", negated != absent)

    def _folded(self, node: Node, folded: Folded, op: str, negated: bool) -> Test:
        return Test(
            op,
            folded.left,
            folded.right,
            folded.literal,
            folded.via,
            folded.length,
            negated=negated,
            line=self.read.line(node),
        )

    def fold(self, node: Node, *, found: bool = False) -> Folded | None:
        """Take a comparing call apart; None for any other call. `found`: its result is held against a place."""
        name = self.read.called(node)
        last = name.rsplit(".", 1)[-1]
        op = compares(last) or likely(last)
        arguments = self.read.arguments(node) if op or last == "equal" else []
        if last == "equal" and len(arguments) > 2:
            return self._ranges(name, arguments)
        if last == "compare" and len(arguments) == _FROM_TO and self.read.text(arguments[0]) == "0":
            return self._beginning(node, name, arguments[-1])
        if not op:
            return None
        sides, right_first = self._sides(node, name, arguments)
        if len(sides) < 2:
            return None
        if op == "match" and right_first:
            sides = sides[::-1]
        literal = next((self.read.literal(side) for side in sides[::-1] if self.read.is_literal(side)), None)
        if literal is None and not compares(last):
            return None
        if (
            last in POSITION | {"test", "match", "search", "find", "compare", "eq", "index"}
            and literal is None
            and last != "strpos"
            and not (found and last in POSITION)
        ):
            return None
        length = self.read.text(arguments[2]) if measured(last) and len(arguments) > 2 else ""
        left, right = self.read.text(sides[0]), self.read.text(sides[1])
        return Folded(op, left, right, literal, name, length, three_way(last))

    def _beginning(self, node: Node, name: str, other: Node) -> Folded | None:
        """Read C++'s `text.compare(0, n, other)`: nought for a text that begins with the other."""
        receiver = self.read.receiver(node)
        if receiver is None:
            return None
        literal = self.read.literal(other) if self.read.is_literal(other) else None
        return Folded(
            "prefix", self.read.text(self.read.bare(receiver)), self.read.text(other), literal, name, "", True
        )

    def _ranges(self, name: str, arguments: list[Node]) -> Folded:
        """Read C++'s `std::equal(a.begin(), a.end(), b.begin())`: a length only where it ends before the end."""
        begin, end, other = (self.read.text(argument) for argument in arguments[:3])
        length = "" if end.endswith(("end()", "end(" + begin[begin.find("(") + 1 :])) else end.removeprefix(begin)
        return Folded("==", begin, other, None, name, length.lstrip(" +"), False)

    def _sides(self, node: Node, name: str, arguments: list[Node]) -> tuple[list[Node], bool]:
        """Return the two sides: receiver and argument, or two arguments; and whether a pattern comes first."""
        first = name.rsplit(".", 1)[0]
        free = "." not in name or first in MODULES or first.rsplit(".", 1)[-1] in MODULES or first[:1].isupper()
        last = name.rsplit(".", 1)[-1]
        if (free or len(arguments) >= 2) and len(arguments) >= 2:
            return arguments[:2], last in MATCH and last not in ("fnmatch", "fnmatchcase")
        receiver = self.read.receiver(node)
        if receiver is not None and arguments:
            return [self.read.bare(receiver), arguments[0]], last in ("test", "is_match", "MatchString", "fullmatch")
        return [], False


def _unguarded(left: str, right: str, operator: str) -> tuple[str, str, str]:
    """Return a comparison without the letter that guards old shells from empty words: `"x$a" = xyes`.

    >>> _unguarded('"x$a"', "xyes", "=")
    ('"$a"', '=', 'yes')
    """
    guarded = _GUARDED.fullmatch(right)
    if not _GUARD.match(left) or not guarded:
        return left, operator, right
    return _GUARD.sub(r"\1", left, count=1), operator, f"{guarded[1]}{guarded[2]}{guarded[3]}" or '""'
