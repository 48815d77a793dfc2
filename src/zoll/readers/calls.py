"""What is called, imported, and understood as an option."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.ability import fixed_text, names_type
from zoll.readers.material import Material
from zoll.readers.tables import pattern
from zoll.readers.words import split

DOC = Doc(
    title="Calls, imports and options",
    reads=("code/*",),
    yields=("call", "import", "option"),
    limitations=(
        "a call through a value (callback, function pointer) shows the value's name",
        "operators of the compiler (`__builtin_...`) are no calls",
    ),
)
_DYNAMIC = frozenset(
    [
        "__import__",
        "importlib.import_module",
        "import_module",
        "Class.forName",
        "dlopen",
        "plugin.Open",
        "require",
        "import",
        "importlib.util.find_spec",
    ]
)
BUILT_IN = "__builtin_"  # operators of the compiler, as machine code written as C has them
_GETOPT = pattern("calls", "getopt")
_OPTION = re.compile(r"-{1,2}[A-Za-z][\w-]{0,40}")
_COMPARED = frozenset(["==", "in", "case", "prefix", "!="])


def read(material: Material) -> Iterator[Reading]:
    """Yield calls, imports and options of every statement."""
    for statement in material.told:
        for call in statement.calls:
            if call.name.startswith(BUILT_IN):
                continue
            yield material.say("call", call.name, call.line or statement.line, 0, statement.text)
            yield from _dynamic(material, call, statement)
            yield from _options(material, call, statement)
        if statement.kind == "import":
            yield from _imports(material, statement)
        yield from _compared(material, statement)


def _imports(material: Material, statement: Statement) -> Iterator[Reading]:
    if material.language in _TYPED and _of_types(statement.text, material.part.place.path):
        return
    names = _imported(statement, material.language)
    for name in dict.fromkeys(names):
        yield material.say("import", name, statement.line, statement.end, statement.text)


_TYPED = frozenset({"javascript", "typescript", "tsx"})
_DECLARES = (".d.ts", ".d.mts", ".d.cts")
_TYPES = re.compile(r"(?:import|export)\s+type(?:\s*[{*]|\s+(?!from\s*[\"'])\w)")
_SEVERAL = re.compile(r"(?:import|export)\s*\{([^{}]{1,4000})\}")
_TYPE = re.compile(r"\s*type\s+(?!as\b)\w")


def _of_types(text: str, path: str) -> bool:
    """Tell whether an import names types alone: they are gone when the program runs, and nothing is loaded.

    >>> _of_types("import type { A } from './a';", "b.ts"), _of_types("import { type A, b } from './a';", "b.ts")
    (True, False)
    """
    if path.endswith(_DECLARES) or _TYPES.match(text):
        return True
    several = _SEVERAL.match(text)
    names = [name for name in several[1].split(",") if name.strip()] if several else []
    return bool(names) and all(_TYPE.match(name) for name in names)


_HEADER = re.compile(r"""[<"]([^>"]{1,120})[>"]""")
_QUOTED = re.compile(r"""["']([^"']{1,160})["']""")
_FROM = re.compile(r"from\s+([.\w]+)\s+import\s+\(?\s*(.+)", re.DOTALL)
_NAME = re.compile(r"[.\w$*:/\\-]+")


def _imported(statement: Statement, language: str) -> list[str]:
    text = statement.text
    if language in {"c", "cpp"}:
        return _HEADER.findall(text)[:1]
    if language == "python":
        found = _FROM.match(text)
        if found:
            return [f"{found[1]}.{part.split()[0]}" for part in found[2].rstrip(")").split(",") if part.strip()]
        return [part.split()[0] for part in text.removeprefix("import").split(",") if part.strip()]
    quoted = _QUOTED.findall(text)
    if quoted:
        return quoted if language == "go" else quoted[-1:]
    return [name for name in _NAME.findall(text)[1:] if name not in {"static", "use", "crate", "as"}][:1]


def _dynamic(material: Material, call: Call, statement: Statement) -> Iterator[Reading]:
    path = material.part.place.path
    if call.name in _DYNAMIC and statement.kind != "import" and not names_type(call.name, statement.text, path):
        name = fixed_text(call.args[0]) if call.args else ""
        how = "" if call.name == "require" and name else "dynamic"
        yield material.say(
            "import",
            name or (call.args[0] if call.args else ""),
            call.line or statement.line,
            0,
            statement.text,
            how=how,
        )


def _helps(call: Call) -> bool:
    """Say whether the definition of an option tells the user what it is for."""
    plain = [fixed_text(argument) for argument in call.args]
    return any(_HELP.match(argument) for argument in call.args) or any(text.count(" ") > 1 for text in plain)


_HELP = re.compile(r"(?:help|description|describe|desc|usage)\s*[=:]\s*(?!.*SUPPRESS)[^,]*[\"'`_(]")
_LETTERS = re.compile(r"[-+:]{0,2}(?:[A-Za-z0-9]:{0,2}){1,80}")  # what POSIX getopt takes: `hvR:`

_FLAG = re.compile(r"[A-Za-z0-9][\w.-]{0,60}")


def _options(material: Material, call: Call, statement: Statement) -> Iterator[Reading]:
    if not _GETOPT.search(call.name):
        return
    getopt = call.name.rsplit(".", 1)[-1].startswith("getopt")
    for argument in call.args[:12]:
        text = fixed_text(argument)
        if _OPTION.fullmatch(text):
            yield material.say(
                "option", text, call.line or statement.line, 0, statement.text, help="yes" if _helps(call) else ""
            )
        elif getopt and _LETTERS.fullmatch(text):
            for letter in dict.fromkeys(filter(str.isalnum, text)):
                yield material.say("option", f"-{letter}", call.line or statement.line, 0, statement.text)
        elif material.language == "go" and call.name.startswith("flag.") and _FLAG.fullmatch(text):
            yield material.say("option", f"-{text}", call.line or statement.line, 0, statement.text)
            return


def _compared(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield options that the program compares its arguments with: `strcmp(argv[i], "--relay")`."""
    for test in statement.tests:
        literal = test.literal
        if literal and test.op in _COMPARED and _OPTION.fullmatch(literal.text):
            yield material.say("option", literal.text, test.line or statement.line, 0, statement.text)
        elif (
            literal
            and test.op == "case"
            and literal.kind == "char"
            and literal.text.isalnum()
            and {"opt", "c", "ch", "option", "arg"} & set(split(test.left))
        ):
            yield material.say("option", f"-{literal.text}", test.line or statement.line, 0, statement.text)
