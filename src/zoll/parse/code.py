"""What a source file says, in the same words for every language. Plain values; see `parse.source` for the parser.

The names below are the contract between the parser (which fills them) and the readers (which turn them into facts).
"""

from msgspec import Struct


class Call(Struct, frozen=True):
    """A call as written.

    `name` is dotted with `.` and resolved through the file's imports (`sp.run` -> `subprocess.run`).

    C++ `a::b`, Perl `A::B`, PHP and Rust `A::b`, Lua `a:b` and pointers `a->b` are all written `a.b`. The receiver
    stays in the name as written (`self.db.execute`, `req.headers.get`); a chained call on a call result shows `()`
    for it (`get().run`). Shell: the command is the call (`curl`), its words are the arguments. `new Foo(x)` is a call
    of `Foo` with `new` true.
    """

    name: str
    args: tuple[str, ...] = ()
    line: int = 0
    new: bool = False


class Literal(Struct, frozen=True):
    """A literal with its decoded text.

    `kind`: string, number, char, regex. `built` marks one with interpolated pieces.
    """

    text: str
    kind: str
    line: int = 0
    column: int = 0
    built: bool = False


class Test(Struct, frozen=True):
    """One atom of a condition, after splitting at and / or / not.

    `op`: `==` `!=` `<` `<=` `>` `>=` `in` `match` `prefix` `suffix` `contains` `truth` (a bare value), `=` (an
    assignment used as a condition), `case` (a switch case against its subject). Comparing calls are folded in:
    `strcmp(a, "x") == 0`, `!strcmp`, `a.equals("x")`, `a.startswith("x")`, `hmac.compare_digest(a, b)`, shell `[ "$a"
    = x ]` become `==`/`prefix`/... with `via` set to the call's name and `length` to the text of its length argument
    (`strncmp`, `memcmp`), else "". `negated`: the atom stands under an odd number of nots (`!strcmp(a,b)` means
    equal, so op is `==` and negated is False). `literal` is the literal on either side, if any; `left` and `right`
    are source text (clipped to 200 characters); for `truth` only `left` is set. `call` names the call whose result is
    tested (`if (verify(x) < 0)` -> `verify`), else "".
    """

    op: str
    left: str
    right: str = ""
    literal: Literal | None = None
    via: str = ""
    length: str = ""
    call: str = ""
    negated: bool = False
    line: int = 0


class Statement(Struct, frozen=True):
    """One simple statement or one condition header, in source order.

    `kind`: condition (if, elif, unless, while, for with a condition, ternary, `a && b()` used as a statement), loop
    (for-each), switch (its subject), case, return, throw, jump (break, continue, goto, next, last), assign, declare,
    call, import, label, directive (preprocessor `#define`, `#if`, pragma, decorator), other. `within` is the index
    (in the function's list) of the condition/case/loop/switch/try that encloses it, -1 for none; `branch` says on
    which side: then, else, body, catch. A `return a == b || c` has `tests` too, as has any assignment of a boolean
    expression. `joins` are the `&&` / `||` between tests in source order. `text` is the source with comments removed
    and white space folded (clipped to 2,000 characters); for a condition only its header. `target` and `value` belong
    to assign, declare (target name, initial value), return and throw (value only). `operator` is the assignment's
    operator (`=`, `+=`, `|=`).
    """

    kind: str
    text: str
    line: int
    end: int
    within: int = -1
    branch: str = ""
    word: str = ""
    calls: tuple[Call, ...] = ()
    literals: tuple[Literal, ...] = ()
    tests: tuple[Test, ...] = ()
    joins: tuple[str, ...] = ()
    target: str = ""
    operator: str = ""
    value: str = ""


class Function(Struct, frozen=True):
    """A function, method, lambda or other body of its own.

    `name` is qualified: `Class.method`, `outer.inner`, `<lambda:3>` (an ordinal among its unnamed siblings, never a
    line number, so that it survives shifts); "" is the text outside functions.

    Bytes `start_byte:end_byte` and lines `line..end` include nested functions; `statements` do not. `digest` is
    xxh3_128 (hex) of the function's own text with comments removed and white space folded, nested functions replaced
    by a mark. A named nested function, method or one assigned to a name, property or export is a function of its own;
    an anonymous callback of fewer than 4 lines stays part of the function around it.
    """

    name: str
    line: int
    end: int
    start_byte: int
    end_byte: int
    params: tuple[str, ...]
    digest: str
    holder: str = ""


class Code(Struct, frozen=True):
    """One parsed file. `imports` maps local alias to full dotted name. `errors` counts syntax error nodes."""

    language: str
    functions: tuple[Function, ...]
    imports: dict[str, str]
    errors: int = 0
