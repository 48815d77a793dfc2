"""One function's statements as a tree, with the origins of its local values and the effects of each statement."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from zoll.parse.code import Call, Literal, Statement
from zoll.parse.refusals import asks_to_refuse, tells_apart
from zoll.parse.rows import rows_of_bytes
from zoll.readers.ability import argument_kind, power_of
from zoll.readers.material import Material
from zoll.readers.outcomes import call_outcome, hands_out, name_outcome, sets_outcome, value_outcome, verdict_of
from zoll.readers.tables import pattern, table
from zoll.readers.words import last_called, security_of, split

ORIGINS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in table("names")["origin"].items()))
_PLAIN = re.compile(r"[$@%*&]?([A-Za-z_]\w*)")
_HEAD = re.compile(r"[A-Za-z_]\w*")
_OPENS = frozenset("{\"'")  # with what a list of texts begins, behind its brackets
_MADE = pattern("frame", "made")
_ARRAY = pattern("frame", "array")
_ELEMENT = re.compile(r"'[^']{1,2}'|\w{1,20}")
_NAMED = re.compile(r"[A-Za-z_$]\w*")
_VARIABLE = re.compile(r"""["'\[{.](?!env\b)([A-Za-z][\w-]{2,60})["'\])}]|env\.([A-Z]\w+)""")
_CONSTANT = pattern("frame", "constant")
_FILLING = frozenset(table("names")["filling"]["calls"])
_WRAPPERS = frozenset(["Ok", "Err", "Some", "None", ""])
_STATUS = frozenset(
    [
        "status",
        "sendStatus",
        "abort",
        "send_error",
        "sendError",
        "WriteHeader",
        "http_response_code",
        "setStatus",
        "Error",
        "AbortWithStatus",
        "AbortWithStatusJSON",
        "JSON",
        "HttpResponse",
        "Response",
        "halt",
        "head",
        "exit",
        "HTTPException",
        "writeHead",
        "JsonResponse",
        "jsonify",
        "code",
        "render",
    ]
)
_REFUSED = re.compile(
    r"\b(?:4\d\d|50\d)\b|Unauthorized|Forbidden|UNAUTHORIZED|FORBIDDEN|unauthorized|forbidden|BadRequest"
)
_PASSING = frozenset(["javascript", "typescript", "tsx"])
_SET = re.compile(
    r"(?:^|[;\s])(?:for[ \t]+|read[ \t]+(?:-\w+[ \t]+)*)?([A-Z][A-Z0-9_]{1,60})(?:=|[ \t]+in\b|$)([^\n]{0,200})",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"\$\{?(?=(?!ENV\b)[A-Z][A-Z0-9_]{2,60}\b)")  # PHP's and Perl's own, fields of templates
_UPPER = re.compile(r"\$\{?([A-Z][A-Z0-9_]{1,60})")
_PLACED = re.compile(r"\[\s{0,4}([^\[\]]{1,200}?)\s{0,4}\]\Z")
_FLAG = re.compile(r"(?:\w+(?:\.|::))*([A-Z][A-Z0-9_]{2,60})")
_VOUCHED = frozenset(["authenticated", "authorized", "authorised", "verified", "trusted", "granted", "permitted"])
NOTHING: frozenset[str] = frozenset()
DEEPEST = 24  # assignments that an origin is followed back through


class Tested(Struct, frozen=True):
    """One atom, classified. `literal` is what stands on the other side: a literal's text, a constant's name."""

    kind: str
    subject: str = ""
    about: str = ""
    literal: str = ""
    type: str = ""


class Origin(Struct, frozen=True):
    """Where a local's value came from: kinds of source, the literal it holds (maybe built), the call that gave it."""

    sources: frozenset[str] = NOTHING
    literal: str = ""
    kind: str = ""
    built: bool = False
    call: str = ""
    name: str = ""
    direct: bool = False


class Effect(Struct, frozen=True):
    """What happens: an effect class with the traits that say what exactly, and the statement's words."""

    kind: str
    words: str
    call: str = ""
    arg: str = ""
    given: str = ""
    set: str = ""


@lru_cache(maxsize=65536)
def sources_of(expression: str) -> frozenset[str]:
    """Return the kinds of origin that an expression's own text shows: environment, time, identity, file, header ..."""
    return frozenset(found.lastgroup for found in ORIGINS.finditer(expression) if found.lastgroup)


@lru_cache(maxsize=16384)
def makes_text(expression: str) -> bool:
    """Say whether an expression makes a text from codes, bytes or pieces."""
    return bool(_MADE.search(expression)) or any(_varies(found[0]) for found in _ARRAY.finditer(expression))


def _varies(array: str) -> bool:
    """Say whether an array holds more than one byte again and again, as padding does."""
    return len(set(_ELEMENT.findall(array))) > 1


@lru_cache(maxsize=4)
def constants_of(data: bytes) -> dict[str, Literal]:
    """Return the texts, numbers and rows of bytes that a file names at its outer level; none with two values."""
    found: dict[str, Literal | None] = {}
    whole = data[:2_000_000].decode("utf-8", "replace")
    named = [
        (name, Literal(text or number, "string" if text else "number"))
        for name, _, text, number in _CONSTANT.findall(f"\n{whole}")  # lines are found faster by what ends them
    ]
    named += [(name, Literal(row.hex(), "string")) for name, row in rows_of_bytes(whole)]
    for name, value in named:
        found[name] = value if found.get(name, value) == value else None
    return {name: value for name, value in found.items() if value}


@lru_cache(maxsize=4)
def assigned_in(data: bytes) -> frozenset[str]:
    """Return the upper-case names that a shell file assigns, reads or loops over without using their outer value."""
    found = _SET.findall(data[:2_000_000].decode("utf-8", "replace"))
    return frozenset(name for name, value in found if f"${{{name}" not in value and f"${name}" not in value)


# What a question whose yes refuses says by what it gives back.
_BY_NAME = re.compile(r"\[\s{0,2}\$?[A-Za-z_]\w{0,60}\s{0,2}\]")
_TURNED = {"success": "failure", "failure": "success", "zero": "success"}
_THREE_WAY = frozenset(["c", "cpp"])


class Frame:
    """A function's statements, made ready for the readers that ask what decides what."""

    def __init__(self, statements: Sequence[Statement], language: str, data: bytes = b"") -> None:
        self.statements = statements
        self.language = language
        self._data = data
        self._verdict = verdict_of(statements)
        self.known: dict[tuple[int, int], Tested] = {}
        self.children: dict[int, list[int]] = {}
        self.labels: dict[str, int] = {}
        # By name, the statements that give it a value, and what a call wrote into it; origins are made when asked.
        self._given: dict[str, list[int]] = {}
        self._written: dict[tuple[str, int], Origin] = {}
        self._origins: dict[tuple[str, int], Origin] = {}
        self._built: dict[str, int | None] = {}  # by local, the first statement that puts its text together
        self._effects: dict[int, tuple[Effect, ...]] = {}
        for index, statement in enumerate(statements):
            self.children.setdefault(statement.within, []).append(index)
            if statement.kind == "label":
                self.labels[statement.target or statement.text.rstrip(": ;")] = index
            self._note(index, statement)

    @property
    def constants(self) -> dict[str, Literal]:
        """The fixed values that the file names at its outer level."""
        return constants_of(self._data)

    @property
    def assigned(self) -> frozenset[str]:
        """The names that a shell file sets itself, other than from their own value."""
        return assigned_in(self._data)

    @cached_property
    def vocabulary(self) -> int:
        """How many different texts the function compares something with: many are the words of a configuration."""
        tests = (test for statement in self.statements for test in statement.tests)
        return len({test.literal.text for test in tests if test.literal and test.literal.kind == "string"})

    def _note(self, index: int, statement: Statement) -> None:
        if statement.target:
            names = _HEAD.findall(statement.target) if "," in statement.target else _HEAD.findall(statement.target)[:1]
            for name in names[:6]:
                self._given.setdefault(name, []).append(index)
        elif statement.kind == "call":
            for call in statement.calls:
                self._through(index, call)

    def _through(self, index: int, call: Call) -> None:
        """Note what a call writes into its arguments: `gettimeofday(&now)`, `gethostname(name, n)`."""
        if call.name.rsplit(".", 1)[-1] not in _FILLING:
            return
        found = sources_of(self._plainly(f"{call.name}({', '.join(call.args)[:120]})")) - {"length"}
        if not found or not call.args:
            return
        for argument in call.args:
            plain = _PLAIN.fullmatch(argument.strip())
            if plain:
                self._given.setdefault(plain[1], []).append(index)
                self._written[plain[1], index] = Origin(sources=found, direct=True)

    def _origin(self, statement: Statement, target: str, index: int, depth: int) -> Origin:
        literal = _only(statement)
        if literal:
            return Origin(literal=literal.text, kind=literal.kind)
        return self._mixed(statement, target, statement.value[:400], index, depth)

    def _mixed(self, statement: Statement, target: str, value: str, index: int, depth: int) -> Origin:
        found = own = self._own(value)
        if statement.operator in {"", "="} or found:
            for name in _NAMED.findall(value)[:4] if not statement.calls or own else ():
                known = self._before(name, index, depth + 1) if name != target else None
                if known:
                    found |= known.sources - {"length"}
        name = _VARIABLE.search(value) if found & {"environment", "header"} else None
        call = statement.calls[0].name if statement.calls and not statement.calls[0].new else ""
        if call and not sources_of(call):
            found -= {"header", "input"}
        built = self.builds(target, index + 1)
        direct = bool(own) and len(value) < 120 and "{" not in value
        held = "built" if built else ""
        return Origin(found, held, "string", built, call, name[1] or "" if name else "", direct)

    def texts_of(self, name: str) -> tuple[Literal, ...]:
        """Return the fixed texts of a list that is a local of the function, none where it is given more than once."""
        given = self._given.get(name, ())
        listed = self.statements[given[0]] if len(given) == 1 else None
        if listed is None or listed.calls or listed.value.lstrip("([ ")[:1] not in _OPENS:
            return ()
        return tuple(one for one in listed.literals if one.kind == "string")

    def builds(self, name: str, end: int | None = None) -> bool:
        """Say whether a local's text is put together from codes, bytes or pieces, by a statement before `end`."""
        if name not in self._built:
            given = self._given.get(name, ())
            self._built[name] = min((at for at in given if self._makes(self.statements[at])), default=None)
        first = self._built[name]
        return first is not None and (end is None or first < end)

    def _makes(self, statement: Statement) -> bool:
        value = statement.value[:400]
        made = not _only(statement) and bool(makes_text(value) or self._xors(statement, value))
        return made and bool(statement.literals or statement.operator != "=" or "[" in statement.target)

    def _own(self, expression: str) -> frozenset[str]:
        """Return the sources in an expression; what a shell file sets itself does not come from outside."""
        found = sources_of(self._plainly(expression))
        inside = "environment" in found and self.language == "shell"
        return found - {"environment"} if inside and self.assigned.issuperset(_UPPER.findall(expression)) else found

    def _plainly(self, expression: str) -> str:
        """Return an expression without the sign of its variables in capitals: only a shell's come from outside."""
        return expression if self.language == "shell" else _CAPITALS.sub("", expression)

    @staticmethod
    def _xors(statement: Statement, value: str) -> bool:
        return "^" in statement.operator or (
            "^" in value and ("[" in statement.target or "chr" in value or statement.operator == "+=")
        )

    def origin_of(self, name: str, index: int) -> Origin | None:
        """Return the origin of a local as assigned before statement `index`."""
        return self._before(name, index, 0)

    def _before(self, name: str, index: int, depth: int) -> Origin | None:
        given = self._given.get(name)
        place = bisect_left(given, index) - 1 if given else -1
        if given is None or place < 0 or depth > DEEPEST:
            return None
        key = (name, given[place])
        if key not in self._origins:
            written = self._written.get(key)
            self._origins[key] = written or self._origin(self.statements[key[1]], name, key[1], depth)
        return self._origins[key]

    def sources_at(self, expression: str, index: int) -> frozenset[str]:
        """Return the kinds of origin of an expression, one assignment back."""
        found = self._own(expression)
        head = _HEAD.search(expression)
        origin = self.origin_of(head[0], index) if head else None
        if not origin or not (origin.direct or _PLAIN.fullmatch(expression.strip("!() "))):
            return found
        return found | origin.sources

    def effects(self, index: int) -> tuple[Effect, ...]:
        """Return what a statement does, first of each class."""
        if index not in self._effects:
            self._effects[index] = tuple(_first(self._all_effects(self.statements[index])))
        return self._effects[index]

    def _all_effects(self, statement: Statement) -> Iterator[Effect]:
        for call in statement.calls if statement.kind != "throw" else ():
            yield from self.call_effects(call, statement)
        if statement.kind == "return":
            yield self._returns(statement)
        elif statement.kind == "throw":
            yield Effect("failure", statement.text, given="throw")
        elif statement.kind == "jump":
            yield self._jumps(statement)
        elif statement.kind in {"assign", "declare"} and statement.target and not self._only_begins(statement):
            yield self._assigns(statement)

    def call_effects(self, call: Call, statement: Statement) -> Iterator[Effect]:
        """Yield what one call does: its powers, else what its name says."""
        if call.name in _WRAPPERS or call.name[0] in "<>&|":
            return
        powers = power_of(call.name, call.args, self.language)
        for power in powers:
            yield Effect(f"power.{power}", statement.text, call=call.name, arg=argument_kind(call.args, self.language))
        said = self._says(call)
        if said == "exit":
            yield self._exits(call, statement)
        elif not powers or said != "call":
            yield Effect(said, statement.text, call=call.name)

    def _says(self, call: Call) -> str:
        """Return the outcome a call stands for: by name, by a refused status, by what it passes on."""
        last = last_called(call.name)
        if last in _STATUS and _REFUSED.search(", ".join(call.args)):
            return "failure"
        if call.name == "next" and self.language in _PASSING:
            return "success" if not call.args else "failure"
        said = call_outcome(call.name)
        return (
            "state"
            if said == "success" and call.args and value_outcome(call.args[-1], self.language) in {"failure", "zero"}
            else said
        )

    def _exits(self, call: Call, statement: Statement) -> Effect:
        given = call.args[0] if call.args else ""
        return Effect("exit", statement.text, call=call.name, given=given)

    @cached_property
    def refusing(self) -> bool:
        """Whether the function asks for what refuses, so that its no lets pass."""
        return asks_to_refuse(self.statements)

    @cached_property
    def telling_apart(self) -> bool:
        """Whether the function hands back how two things differ, so that its one means that they do."""
        return tells_apart(self.statements)

    def _returns(self, statement: Statement) -> Effect:
        if statement.tests:
            return Effect("success", statement.text, given="condition")
        said = value_outcome(statement.value, self.language)
        head = (
            self.statements[0].text if said == "zero" and statement.value.strip("(); ") in ("NULL", "nullptr") else ""
        )
        if hands_out(head):
            said = "failure"
        if self.refusing:
            said = _TURNED.get(said, said)
        elif said == "success" and self.language in _THREE_WAY and self.telling_apart:
            said = "failure"
        # Of a shell nought is a yes, which is a no elsewhere.
        status = "status " if self.language == "shell" and statement.value == "0" else ""
        return Effect(said, statement.text, given=status + statement.value[:40])

    def _jumps(self, statement: Statement) -> Effect:
        """Return what a goto's label says by name, or what the statements behind the label return."""
        label = statement.target if statement.text.startswith("goto") else ""
        said = name_outcome(label) or self._behind(label)
        return Effect(said or "skip", statement.text, given=label)

    def _behind(self, label: str) -> str:
        start = self.labels.get(label)
        if start is None:
            return ""
        for statement in self.statements[start + 1 : start + 6]:
            if statement.kind == "return":
                said = value_outcome(statement.value, self.language)
                return said if said == "success" else ""
            if statement.kind == "label":
                break
        return ""

    def _only_begins(self, statement: Statement) -> bool:
        """Say whether a shell's result is only given its first value: `rc=0; verify || rc=$?`."""
        given = self._given.get(statement.target, ()) if self.language == "shell" and statement.value == "0" else ()
        return any(self.statements[at].value == "$?" and self.statements[at].line >= statement.line for at in given)

    def _assigns(self, statement: Statement) -> Effect:
        said = sets_outcome(statement.target, statement.value, self.language) or _marks(statement)
        if not said and statement.tests and statement.target == self._verdict:
            said = "success"
        group = security_of(_BY_NAME.sub("[]", statement.target))  # which one of many it is says nothing of what it is
        if not said and group == "success" and statement.tests:
            said = "success"
        if not said and group == "success":
            said = {"success": "success", "failure": "state", "zero": "state"}.get(
                value_outcome(statement.value, self.language), "state"
            )
        if not said and group and statement.kind == "assign" and not _ends_text(statement):
            said = "state"
        return Effect(said or "assign", statement.text, set=statement.target[:60], given=statement.value[:40])


def _marks(statement: Statement) -> str:
    """Say that a flag is raised which by its name says that somebody is who he claims: `flags |= AUTHENTICATED`."""
    raised = statement.operator == "|=" and _FLAG.fullmatch(statement.value.strip("() ;"))
    return (
        "success" if raised and name_outcome(raised[1]) == "success" and _VOUCHED.intersection(split(raised[1])) else ""
    )


def _ends_text(statement: Statement) -> bool:
    r"""Say whether a statement only ends a text in its buffer: `name[sizeof(name) - 1] = '\0'`; `[0]` empties it."""
    place = _PLACED.search(statement.target)
    return statement.value.strip() == "'\\0'" and place is not None and place[1] != "0"


def _only(statement: Statement) -> Literal | None:
    """Return the literal that is all of a statement's value."""
    value = statement.value[:400].strip()
    literal = statement.literals[0] if len(statement.literals) == 1 and not statement.calls else None
    if literal is None or literal.built:
        return None
    if literal.kind == "number":
        return literal if re.fullmatch(r"[-+(]*[\w.']+\)?", value) else None
    return literal if value.strip("rbuLf@").startswith(('"', "'", "`")) else None


def _first(effects: Iterator[Effect]) -> Iterator[Effect]:
    seen: set[str] = set()
    for effect in effects:
        if effect.kind not in seen:
            seen.add(effect.kind)
            yield effect


@lru_cache(maxsize=1)
def frame_of(material: Material) -> Frame:
    """Return the frame of a function; the readers of one function share it."""
    return Frame(material.statements, material.language, material.data)
