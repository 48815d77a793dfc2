"""What is gathered and sent: the whole environment, the clipboard, keystrokes, the file of a key, by one function."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.outlets import outlet
from zoll.readers.tables import pattern
from zoll.readers.words import last_called

DOC = Doc(
    title="Gathered and sent: the whole environment, the clipboard, keystrokes, the files of keys",
    reads=("code/*",),
    yields=("handed",),
    limitations=("values are followed through assignments inside one function only",),
)
_GATHERED = {name: pattern("gathering", name) for name in ("environment", "clipboard", "keystrokes", "keyfile")}
# What stands at least in a statement that gathers, found many times as fast as how it does.
_HOPED = (
    "environ", "process.env", "Environ", "ENV", "getenv", "vars(", "vars_os",
    "clip", "Clip", ".key", "keyboard.", "id_rsa", "id_dsa",
    "id_ed", "id_ecdsa", "ssh_host_", "credentials", ".npmrc",
    ".pypirc", ".netrc", ".kube/", ".docker/", "shadow", "wallet.dat", "Login Data",
)  # fmt: skip
_PICKED, _KEPT = pattern("gathering", "picked"), pattern("gathering", "kept")
_SOCKET = pattern("gathering", "socket")
_NAME = re.compile(r"(?<![\w.>\"'])(?:(?:self|this)(?:\.|->))?[A-Za-z_]\w*")
# A name whose value is used whole: `env["URL"]` and `env.URL` are one variable of it.
_WHOLE = re.compile(_NAME.pattern + r"\b(?!\s?(?:\[|\?\.|\.(?!items|copy|values)|->|\{))")
_FIRST = re.compile(r"[$@%]?((?:(?:self|this)(?:\.|->))?[A-Za-z_]\w*)")
_FAR = 40  # statements after the one that gathers


def read(material: Material) -> Iterator[Reading]:
    """Yield each gathering whose result the same function sends, and what is picked for being secret."""
    whole = "\n".join([statement.text for statement in material.told]) if material.language != "shell" else ""
    for index in material.indices if any(map(whole.__contains__, _HOPED)) else ():
        statement = material.statements[index]
        text = statement.text[:1000]
        if statement.kind == "import" or not any(map(text.__contains__, _HOPED)):
            continue
        what = next((name for name, form in _GATHERED.items() if form.search(text)), "")
        call = _sent(material, index) if what else ""
        if call or (what == "environment" and _picks(text)):
            whom = "peer" if call else "picked"
            yield material.say(
                "handed", whom, statement.line, statement.end, statement.text, call=last_called(call), what=what
            )


def _picks(text: str) -> bool:
    """Tell whether a statement picks what is secret out of the environment by the ends of its names."""
    return _PICKED.search(text) is not None and _KEPT.search(text) is None


def _sent(material: Material, index: int) -> str:
    """Return the call that sends what a statement gathers, itself or through locals, "" without one."""
    statement = material.statements[index]
    whom = _to_peer(material, statement)
    head = _FIRST.match(statement.target) if statement.target else None
    if whom or head is None:
        return whom
    held = {head[1]}
    for one in material.statements[index + 1 : index + _FAR]:
        named = held.intersection(_WHOLE.findall(one.text[:600]))
        if named and _to_peer(material, one):
            return _to_peer(material, one)
        given = _FIRST.match(one.target) if named and one.target and not one.tests else None
        if given:
            held.add(given[1])
    return ""


def _to_peer(material: Material, statement: Statement) -> str:
    """Return the call of a statement that sends what it is given."""
    for call in statement.calls:
        if call.args and outlet(call, statement, material.language) == "peer":
            return call.name
    found = _SOCKET.search(statement.text[:300])
    return found[0].strip() if found else ""
