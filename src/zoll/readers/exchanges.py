"""Checks of libraries in whose place a program puts functions of its own: the whole process asks those from then on."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.tables import pattern

DOC = Doc(
    title="Checks, random numbers, keys and what messages pass through, of libraries, exchanged while the program runs",
    reads=("code/*",),
    yields=("lapse",),
    limitations=("that a name of a library guards something shows in the name alone",),
)
_COMPARES, _VERIFIER = pattern("lapses", "compares"), pattern("leniency", "verifier")
_GUARDS = re.compile(
    r"(?i)(?:fixed_length_)?secure_?compare|safe_?str_?cmp|compare(?:_?sync|_?digest)?|check_?pw|hash_?pw|"
    r"random_?(?:bytes|fill\w{0,4}|uuid|int)|get_?random_?values|urandom|token_(?:bytes|hex|urlsafe)|get_?rand_?bits|"
    r"create_?(?:hmac|hash|verify|sign|decipher\w{0,2})|verify\w{0,20}|check_?server_?identity|match_?hostname|"
    r"_?create_(?:default|unverified)\w{0,20}_context|wrap_?socket|pbkdf2\w{0,10}|scrypt\w{0,4}"
)
# What requests, answers, commands, modules and texts of everybody pass through, in the standard libraries and those
# that most programs use: fetch (WHATWG), http of Node.js, requests, urllib3, and their like.
_THROUGH = re.compile(
    r"(?:(?:globalThis|window|global|self|root|g)\.)?(?:fetch|(?:XMLHttpRequest|WebSocket|Headers|Storage|EventTarget)\.prototype\.\w+|"
    r"JSON\.(?:parse|stringify)|navigator\.sendBeacon|(?:Function|Promise)\.prototype\.(?:call|apply|bind|then)|ethereum\.\w+)|"
    r"(?:node:)?https?\.(?:request|get|(?:ClientRequest|IncomingMessage|OutgoingMessage|Agent)\.prototype\.\w+)|"
    r"(?:node:)?(?:net|tls)\.(?:connect|createConnection|Socket\.prototype\.\w+)|(?:node:)?child_process\.(?:spawn|exec)\w*|"
    r"(?:node:)?fs\.(?:promises\.)?(?:read|write)File\w*|(?:node:)?module\.(?:_load|prototype\.require|_resolveFilename)|Module\._load|"
    r"(?:requests|httpx|aiohttp|urllib3?|http\.client|smtplib|paramiko|botocore|socket|ssl)\.(?:\w+\.){0,4}"
    r"(?:send\w*|request|urlopen|_?open|connect|recv|read|write|login|putheader|auth_password|_request|_make_api_call)|"
    r"(?:builtins|__builtins__)\.\w+|getpass\.getpass|importlib\.import_module|json\.(?:loads?|dumps?)|subprocess\.(?:Popen|run)(?:\.\w+)?"
)
_SETS = frozenset(("setattr", "defineProperty", "define_singleton_method", "define_method", "Reflect.set"))
_PARTS = re.compile(r"::|[.\\]")
_OWN = re.compile(r"\s*(?:@|(?:async\s+)?def\s)")  # of Python: a function that is defined bears its own class's name
_GLOBAL = frozenset(("crypto", "globalThis", "Crypto"))
_READER = "rand.Reader"  # of Go's crypto/rand: where all secrets of the program are drawn from
# Languages in which a function may be defined as what a library's own name holds; elsewhere it is a method of a type.
_OPEN = frozenset(("javascript", "typescript", "tsx", "ruby", "lua", "python", "perl", "php"))
_SCRIPTS = frozenset(("javascript", "typescript", "tsx"))
_WRAPPING = _SCRIPTS | {"python"}
_MIXED = re.compile(r"\|\||\?\?|\bor\b")  # what was there stays: `x.f = x.f || function`


def read(material: Material) -> Iterator[Reading]:
    """Yield what of libraries statements give another value, guards first, and functions that are such values."""
    for statement in material.told:
        for name in _given(statement):
            if _is_guard(name) and _is_of_a_library(material, name):
                yield material.say("lapse", "exchanged", statement.line, 0, statement.text, call=name)
            elif _overhears(material, name):
                yield material.say("lapse", "overheard", statement.line, 0, statement.text, call=name)
    name = material.function.name if material.function else ""
    first = material.language in _OPEN and material.statements and 0 in material.indices
    if first and _is_guard(name) and _is_of_a_library(material, name):
        head = material.statements[0]
        if not (material.language == "python" and _OWN.match(head.text)):
            yield material.say("lapse", "exchanged", head.line, 0, head.text, call=name)
    elif first and material.language in _SCRIPTS and _overhears(material, name):
        head = material.statements[0]
        yield material.say("lapse", "overheard", head.line, 0, head.text, call=name)


def _overhears(material: Material, name: str) -> bool:
    """Tell whether a name is of what everybody's calls pass through, and what stood there is kept to be called on."""
    if "." not in name or material.language not in _WRAPPING:
        return False
    root, _, rest = name.partition(".")
    imports = material.code.imports if material.code else {}
    full = imports.get(root, "") or root
    if material.language == "python" and root not in imports and root != "__builtins__":
        return False
    if not _THROUGH.fullmatch(f"{full}.{rest}") and not _THROUGH.fullmatch(name):
        return False
    return re.search(rf"[\w\]]\s?=\s?{re.escape(name)}(?![\w.(]|\s?=[^=])", material.text) is not None


def _given(statement: Statement) -> Iterator[str]:
    """Yield the dotted names that a statement gives another value."""
    if statement.kind == "assign" and statement.operator in ("", "=") and not _keeps(statement):
        yield statement.target.removeprefix("*").removeprefix("globalThis.").removeprefix("window.")
    for call in statement.calls:
        held, given = call.name.rpartition(".")[::2]
        if given not in _SETS or not call.args:
            continue
        args = call.args if given in ("setattr", "defineProperty") else (held, *call.args)
        if len(args) > 1 and args[1].strip("\"':") != args[1]:
            yield f"{args[0]}.{args[1].strip(chr(34) + chr(39) + ':')}"


def _keeps(statement: Statement) -> bool:
    """Tell whether what was there stays where it is any good."""
    return bool(_MIXED.search(statement.value)) and statement.target in statement.value


def _is_guard(name: str) -> bool:
    parts = _PARTS.split(name)
    last = parts[-1]
    found = _COMPARES.match(last) or _VERIFIER.match(last) or _GUARDS.fullmatch(last)
    return len(parts) > 1 and (bool(found) or name == _READER)


def _is_of_a_library(material: Material, name: str) -> bool:
    """Tell whether the first part of a name is a module that the file takes from elsewhere."""
    root, own = _PARTS.split(name)[0], {one.split(".")[0].lower() for one in material.part.place.path.split("/")}
    if material.language == "ruby":
        if root.lower() in own:
            return False
        wanted = re.compile(rf"require\s?\(?[\"']{re.escape(root.lower())}(?:/[\w/]{{1,40}})?[\"']")
        return wanted.search(material.text) is not None
    imports = material.code.imports if material.code else {}
    full = imports.get(root, "") or next((one for one in imports.values() if one and name.startswith(f"{one}::")), "")
    if not full:
        return root in _GLOBAL and material.language in ("javascript", "typescript", "tsx")
    if name == _READER:
        return full.replace("/", ".") == "crypto.rand"
    first = _PARTS.split(full.lstrip("@"))[0].split("/")[0]
    return full[0] not in "./~#" and first.lower() not in own
