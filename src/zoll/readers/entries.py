"""The entries of a configuration part, whatever its format; parsed once for all readers that ask."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from zoll.parse import (
    conf_paths,
    dockerfile,
    ini_paths,
    json_paths,
    loose_paths,
    makefile,
    stanzas,
    toml_paths,
    uci_paths,
    xml_paths,
    yaml_paths,
)
from zoll.parse.entry import Entry, TooDeep
from zoll.parse.invocations import Invocation, invocations
from zoll.readers.material import Material

MOST = 400_000
LOCKS = frozenset(
    [
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "poetry.lock",
        "uv.lock",
        "pipfile.lock",
        "composer.lock",
        "cargo.lock",
        "gemfile.lock",
        "go.sum",
        "packages.lock.json",
        "flake.lock",
        "pdm.lock",
        "bun.lock",
        "mix.lock",
        "pubspec.lock",
    ]
)
BUILT = frozenset({"config/cmake", "config/meson", "config/m4", "config/gradle"})
LINED = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL", "FROM"})


def entries(material: Material) -> tuple[Entry, ...]:
    """Return the leaves of a configuration part; of what its parser refuses, what each line says."""
    return _parsed(material.data, material.kind)[0]


def told(material: Material) -> Sequence[Entry]:
    """Return the entries to read: those that do not stand as often on the other side, where there is one."""
    if material.beside is None:
        return entries(material)
    differing = _differing(material.data, material.beside, material.kind)
    return [entry for entry in entries(material) if (entry.keys, entry.value) in differing]


@lru_cache(maxsize=2)
def _differing(mine: bytes, theirs: bytes, kind: str) -> frozenset[tuple[tuple[str, ...], str]]:
    here, there = (Counter((entry.keys, entry.value) for entry in _parsed(data, kind)[0]) for data in (mine, theirs))
    return frozenset(said for said in here | there if here[said] != there[said])


def too_deep(material: Material) -> bool:
    """Say whether the part nests deeper than is read."""
    return _parsed(material.data, material.kind)[1]


def is_lock(material: Material) -> bool:
    """Say whether a part is a package manager's lock file, which is summarised."""
    return material.part.place.name.lower() in LOCKS


def calls(material: Material) -> tuple[Invocation, ...]:
    """Return the calls of a build file in CMake, Meson, m4 or Gradle."""
    return _calls(material.data, material.kind)


@lru_cache(maxsize=2)
def _calls(data: bytes, kind: str) -> tuple[Invocation, ...]:
    text = data.decode("utf-8", "replace")
    if kind == "config/m4":
        text = "\n".join(
            "" if line.lstrip().startswith(("dnl", "#")) else line.replace("[", " ").replace("]", " ")
            for line in text.split("\n")
        )
    return tuple(invocations(text, blanks=kind == "config/cmake")) if kind in BUILT else ()


@lru_cache(maxsize=2)
def _parsed(data: bytes, kind: str) -> tuple[tuple[Entry, ...], bool]:
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if kind in BUILT:
        return tuple(_of_calls(_calls(data, kind))), False
    parser = PARSERS.get(kind)
    if parser is None:
        return (), False
    try:
        return tuple(_first(parser(text))), False
    except TooDeep:
        return tuple(_first(loose_paths.entries(text))), True
    except ValueError:
        return tuple(_first(loose_paths.entries(text))), False


def _first(found: Iterable[Entry]) -> Iterator[Entry]:
    for number, entry in enumerate(found):
        if number >= MOST:
            return
        yield entry


def _ini(text: str) -> Iterator[Entry]:
    return ini_paths.entries(text)


def _unit(text: str) -> Iterator[Entry]:
    return ini_paths.entries(text, colon=False, indent=False)


def _properties(text: str) -> Iterator[Entry]:
    return ini_paths.entries(text, indent=False)


def _cron(text: str) -> Iterator[Entry]:
    return (
        entry
        for entry in ini_paths.entries(text, colon=False, indent=False)
        if entry.value and entry.key.isidentifier()
    )


def _stanzas(text: str) -> Iterator[Entry]:
    return stanzas.entries(text, body=False)


def _make(text: str) -> Iterator[Entry]:
    for found in makefile.lines(text):
        if found.kind == "variable":
            yield Entry((found.name,), found.value, found.line, found.end, 0, found.line)
        elif found.kind == "rule" and found.value:
            yield Entry((found.name, "prerequisites"), found.value, found.line, found.end, 0, found.line)
        elif found.kind == "word" and found.value:
            yield Entry((found.name or "text",), found.value, found.line, found.end, 0, found.line)


def _dockerfile(text: str) -> Iterator[Entry]:
    for found in dockerfile.instructions(text):
        if found.word.removeprefix("ONBUILD ") in LINED:
            continue
        folded = " ".join(found.rest.split())
        pairs = folded.split("=", 1) if found.word in ("ENV", "ARG", "LABEL") and "=" in folded else [folded]
        keys = (found.word, pairs[0]) if len(pairs) > 1 else (found.word,)
        yield Entry(keys, pairs[-1].strip("\"'"), found.line, found.end, 0, found.line)


def _of_calls(found: Iterable[Invocation]) -> Iterator[Entry]:
    for call in found:
        if call.depth and not call.target and not call.name.startswith(("A", "L", "P", "declare")):
            continue
        keys = (call.target, call.name) if call.target else (call.name, *call.args[:1])
        rest = call.args if call.target else call.args[1:]
        yield Entry(
            tuple(" ".join(key.split())[:120] for key in keys),
            " ".join(" ".join(rest).split()),
            call.line,
            call.end,
            0,
            call.line,
        )


PARSERS: dict[str, Callable[[str], Iterable[Entry]]] = {
    "config/yaml": yaml_paths.entries,
    "config/json": json_paths.entries,
    "config/toml": toml_paths.entries,
    "config/ini": _ini,
    "config/systemd": _unit,
    "config/desktop": _unit,
    "config/properties": _properties,
    "config/env": _unit,
    "config/xml": xml_paths.entries,
    "config/conf": conf_paths.entries,
    "config/hcl": conf_paths.entries,
    "config/make": _make,
    "config/dockerfile": _dockerfile,
    "config/deb-control": _stanzas,
    "config/cron": _cron,
    "config/uci": uci_paths.entries,
}
