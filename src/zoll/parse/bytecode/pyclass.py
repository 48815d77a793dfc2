"""Compiled Python as the text of a module: functions and classes where they are made, comprehensions in one line."""

import re
from collections.abc import Sequence

from zoll.parse.bytecode.blocks import Block, Handler, Line, TooMuch, cut
from zoll.parse.bytecode.pycode import Unsupported, Version, handlers_of, instructions_of, version_of
from zoll.parse.bytecode.pymarshal import BadMarshal, CodeObject, read_pyc
from zoll.parse.bytecode.pymethod import PyMethod
from zoll.parse.bytecode.pynames import identifier
from zoll.parse.bytecode.pyvalues import Made
from zoll.parse.bytecode.source import BadBytecode, Source
from zoll.parse.bytecode.writing import INDENTS, Writer

OPTIMISED, VARIABLE, KEYWORDS = 1, 4, 8
DEEPEST = 12
MOST_TEXT = 6_000_000
BRACKETS = {"<listcomp>": ("[", "]"), "<setcomp>": ("{", "}"), "<dictcomp>": ("{", "}"), "<genexpr>": ("(", ")")}
_ASKED = re.compile(r"(not )?isinstance\(thrown, (.+)\)")
_UNGIVEN = re.compile("\1\\d+\1|\2")
# What the compiler puts into the body of a class.
_OWN = ("__module__ = ", "__qualname__ = ", "__static_attributes__ = ", "__firstlineno__ = ", "__classcell__ = ")


def open_pyc(data: bytes) -> Source:
    """Return compiled Python as Python. Raises BadBytecode."""
    try:
        magic, code = read_pyc(data)
        text = _Text(version_of(magic))
        lines = text.body(code, 0)
    except BadMarshal as bad:
        raise BadBytecode(bad.reason, str(bad)) from bad
    except Unsupported as unsupported:
        raise BadBytecode("unsupported", str(unsupported)) from unsupported
    lines = [Line(_UNGIVEN.sub("", line.text), line.number) for line in lines]
    return Source(
        "python", tuple(line.text for line in lines), tuple(line.number for line in lines), {}, tuple(text.left)
    )


class _Text:
    """The text of one module, made from the inside out."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.left: list[str] = []
        self.size = 0
        self.depth = 0

    def body(self, code: CodeObject, depth: int) -> list[Line]:
        """Return the lines of a code object."""
        try:
            writer = self._ran(code, depth)[1]
        except TooMuch as much:
            self.left.append(f"{code.name}: {much}")
            return [Line("pass", code.first)]
        lines = writer.body
        if not code.flags & OPTIMISED:  # of a module or class: what returns there is made by the compiler
            lines = [Line(line.text.replace("return None", "pass"), line.number) for line in lines]
            lines = [line for at, line in enumerate(lines) if not _idle(line.text, lines[at - 1].text if at else "")]
        self.size += sum(len(line.text) for line in lines)
        if self.size > MOST_TEXT:
            raise BadBytecode("limit", f"more than {MOST_TEXT:,} characters")
        while lines and lines[-1].text in ("return None", "return", "pass"):
            lines.pop()
        return lines or [Line("pass", code.first)]

    def _ran(self, code: CodeObject, depth: int, given: str = "") -> tuple[PyMethod, Writer]:
        instructions = instructions_of(code, self.version)
        if not instructions:
            raise TooMuch("no instruction")
        handlers = handlers_of(code, instructions, self.version.minor)
        blocks = cut(instructions, handlers)

        def make(inner: CodeObject) -> Made:
            return self.made(inner, depth + 1)

        ran = PyMethod(blocks, handlers, code, self.version.minor, make, given)
        return ran, Writer(blocks, [_told(one, blocks) for one in handlers], INDENTS)

    def made(self, code: CodeObject, depth: int) -> Made:
        """Return a function, class body, lambda or comprehension that is made of a code object."""
        if depth > DEEPEST:
            self.left.append(f"{code.name}: functions too deep")
            return Made(identifier(code.name), "", ())
        if code.name in BRACKETS and code.locals[:1] == (".0",):
            return Made(f"comprehension {self._comprehension(code, depth)}", "", ())
        parameters = _parameters(code)
        if code.name == "<lambda>":
            lines = self.body(code, depth)
            value = lines[0].text.removeprefix("return ") if len(lines) == 1 else "..."
            return Made(f"(lambda {parameters}: {value})" if parameters else f"(lambda: {value})", "", ())
        word = "async def" if code.flags & 0x280 else "def"
        lines = [one for one in self.body(code, depth) if not one.text.startswith(_OWN)]
        return Made(identifier(code.name), f"{word} NAME({parameters}):", lines or [Line("pass", code.first)])

    def _comprehension(self, code: CodeObject, depth: int) -> str:
        try:
            ran, _ = self._ran(code, depth, "\0")
        except TooMuch:
            return "..."
        opening, closing = BRACKETS[code.name]
        asked = [block.ask.no for block in ran.blocks if block.kind == "branch" and not block.spare and block.ask.no]
        loops = "".join(f" for {names} in {values}" for names, values in ran.loops)
        tests = "".join(f" if {test}" for test in asked)
        element = ran.elements[0] if ran.elements else "..."
        return f"{opening}{element}{loops}{tests}{closing}"


def _idle(text: str, before: str) -> bool:
    """Say whether a line does nothing beside one that stands there already."""
    bare = text.lstrip()
    return bare == "pass" and before.startswith(text[: -len(bare)] or before[:1].strip())


def _told(handler: Handler, blocks: Sequence[Block]) -> Handler:
    """Say what a handler catches, where it asks for that alone and throws on what is something else."""
    block = next((one for one in blocks if one.start == handler.target), None)
    found = _ASKED.fullmatch(block.ask.yes) if block and block.kind == "branch" and not block.lines else None
    if block is None or found is None or min(block.after) < 0:
        return handler._replace(caught=handler.caught or "Exception")
    no, yes = (blocks[after] for after in (block.after if found[1] else reversed(block.after)))
    if [line.text for line in no.lines] != ["raise"] or no.kind != "stop" or len(yes.before) != 1:
        return handler._replace(caught="Exception")
    name = yes.lines[0].text.removesuffix(" = thrown") if yes.lines and yes.lines[0].text.endswith(" = thrown") else ""
    yes.lines = yes.lines[1:] if name else yes.lines
    block.kind, block.after = "next", [blocks.index(yes)]
    return handler._replace(caught=f"{found[2]} as {name}" if name else found[2])


def _parameters(code: CodeObject) -> str:
    """Return the parameters of a function; marks stand where a default may be."""
    names = [identifier(name) for name in code.locals]
    plain = [f"{name}\1{code.args - at}\1" for at, name in enumerate(names[: code.args])]
    named = [f"{name}\2" for name in names[code.args : code.args + code.keywords]]
    at = code.args + code.keywords
    made = [*plain[: code.positional], *(["/"] if code.positional else []), *plain[code.positional :]]
    if code.flags & VARIABLE and 0 <= at < len(names):
        made.append(f"*{names[at]}")
        at += 1
    elif named:
        made.append("*")
    made += named
    if code.flags & KEYWORDS and 0 <= at < len(names):
        made.append(f"**{names[at]}")
    return ", ".join(made)
