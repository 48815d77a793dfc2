"""What a language's table says: which kinds of its grammar mean what. One table per module of `parse.languages`.

The walk is the same for every language; a table names node kinds and fields, and gives hooks where a grammar differs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from zoll.parse.statements import Walk
    from zoll.parse.syntax import Node

Kinds: TypeAlias = frozenset[str]
Hook: TypeAlias = "Callable[[Walk, Node, int, str], None]"
NONE: Kinds = frozenset()


def kinds(words: str) -> Kinds:
    """Return the words of a line as a set of node kinds."""
    return frozenset(words.split())


@dataclass(frozen=True)
class Table:
    """Node kinds by meaning. Maps go from a kind to the names of the fields that the meaning needs."""

    name: str
    grammar: Callable[[], object]
    imports_of: Callable[[str], dict[str, str]]
    # outline
    functions: Kinds = NONE  # definitions with a name of their own
    lambdas: Kinds = NONE  # unnamed bodies
    scopes: Mapping[str, str] = field(default_factory=dict)  # class, module ...: field of the name
    naming: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # what gives a lambda its name: target, value
    wrappers: Kinds = NONE  # decorated definitions: the function's span begins here
    imports: Kinds = NONE
    requires: bool = False  # an assigned `require(...)` is an import
    comments: Kinds = NONE
    strings: Kinds = NONE
    params_last: bool = False  # a parameter's name is its last word (C, Java) rather than its first
    plain: Kinds = NONE  # in these nothing of the outline's (function, string, comment) can stand but behind ...
    telling: bytes = rb"[\"'/{#]"  # ... one of these signs
    loose_bodies: Kinds = NONE  # a body that stands alone at file level is a function that the grammar did not see
    # statements
    blocks: Kinds = NONE
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kind: its condition fields
    loops: Kinds = NONE  # for-each
    switches: Mapping[str, str] = field(default_factory=dict)  # kind: subject field
    cases: Kinds = NONE
    labels_of: Kinds = frozenset({"value", "pattern"})  # what in a case is a label: field names or kinds
    falls: bool = False  # a case without statements falls into the next
    tries: Kinds = NONE
    handlers: Kinds = NONE
    simple: Mapping[str, str] = field(default_factory=dict)  # node kind: statement kind
    expressions: Kinds = NONE  # statements that are an expression
    declarations: Kinds = NONE
    declarators: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    directives: Kinds = NONE
    splice: Kinds = NONE  # kinds whose kids stand directly in their parent
    tails: bool = False  # a body's last expression is what it returns
    before: tuple[str, ...] = ("initializer", "init", "initialize", "initialiser")
    after: tuple[str, ...] = ("update", "increment", "iterator")
    labels: Kinds = NONE
    classes: Kinds = NONE
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    # expressions
    calls: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # kind: function field, arguments field
    methods: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # calls whose receiver is a field: receiver, name
    intrinsics: Mapping[str, str] = field(
        default_factory=dict
    )  # calls with a syntax of their own: name, "" for their first word
    handing: Mapping[str, int] = field(
        default_factory=dict
    )  # calls that call what they are handed first: how many arguments stand before its own
    handed_as: str = ""  # the signs that stand before the name of what they are handed, "" for a bare name
    macros: Kinds = NONE  # calls whose arguments the grammar leaves as tokens
    throwers: Kinds = NONE  # calls that throw
    news: Kinds = NONE
    members: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # kind: object field, property field
    subscripts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Kinds = NONE
    parens: Kinds = NONE
    through: Kinds = NONE  # await, casts, unary plus: meaning passes through to the last named child
    through_first: Kinds = NONE  # likewise to the first: `x as T`, `x!`, `x?`
    logic: Kinds = NONE
    nots: Kinds = NONE
    comparisons: Kinds = NONE
    assigns: Kinds = NONE
    sequences: Kinds = NONE
    ternaries: Kinds = NONE
    filtered: Kinds = NONE  # comprehensions whose conditions filter
    filters: Kinds = NONE
    joined: Kinds = NONE  # adjacent string literals
    numbers: Kinds = NONE
    chars: Kinds = NONE
    regexes: Kinds = NONE
    raws: Kinds = NONE  # strings whose marks are no simple quotes: their text is what stands between
    raw_marks: str = ""  # letters before a string's quote that switch escapes off
    raw_quotes: str = ""  # quotes within which nothing is escaped

    @cached_property
    def literals(self) -> Kinds:
        """The kinds of literals."""
        return self.strings.union(self.numbers, self.joined, self.chars, self.regexes)

    @cached_property
    def heard(self) -> Kinds:
        """The kinds that say something inside an expression; all others are looked through."""
        many = (self.calls, self.ternaries, self.switches, self.tries, self.conditions, self.loops, self.filtered)
        return self.literals.union({"command_name"}, self.lambdas, self.blocks, *many)
