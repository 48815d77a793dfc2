"""Packages that lock files name: not the code itself, but what a build will fetch.

Formats: package-lock.json (1 to 3), yarn.lock, pnpm-lock.yaml, Cargo.lock, poetry.lock, uv.lock, Pipfile.lock,
composer.lock, Gemfile.lock, go.sum.
"""

import re
from collections.abc import Callable, Iterator

from zoll.catalogue import Doc
from zoll.components.naming import made, split_scope
from zoll.model import Component, Part
from zoll.parse.fields import json_of, objects, table, text, toml_of

DOC = Doc(
    title="Packages named by lock files",
    reads=("package-lock.json", "yarn.lock", "Cargo.lock", "poetry.lock", "composer.lock", "Gemfile.lock", "go.sum"),
    yields=("component",),
    limitations=("They say what a build will fetch, not that its code is inside.",),
)
Named = Iterator[tuple[str, str]]
YARN = re.compile(r"""^"?(@?[\w./-]{1,120})@[^\n]{1,300}:\n {2}"?version"?:? "?([^\s"]{1,80})""", re.MULTILINE)
PNPM = re.compile(
    r"""^ {2}['"]?/?(@?[\w.-]{1,100}(?:/[\w.-]{1,100})?)[@/](\d[\w.+-]{0,60})(?:\([^\n]{0,300}\))?['"]?:""",
    re.MULTILINE,
)
GEM = re.compile(r"^ {4}([\w.-]{1,100}) \((\d[\w.-]{0,60})\)$", re.MULTILINE)
GOSUM = re.compile(r"^([A-Za-z0-9][\w.~/+-]{1,200}) (v[0-9][\w.+-]{0,80}) h1:", re.MULTILINE)


def wants(part: Part) -> bool:
    """Tell by the name."""
    return part.place.hops[-1].rsplit("/", 1)[-1] in LOCKS


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield each package that the lock file names, once."""
    kind, named = LOCKS[part.place.hops[-1].rsplit("/", 1)[-1]]
    for name, version in sorted(set(named(data))):
        namespace, last = split_scope(name) if kind in {"npm", "golang", "composer"} else ("", name)
        yield made(kind, last, version, part.place, "lock", namespace)


def _npm(data: bytes) -> Named:
    told = json_of(data)
    for path, one in table(told, "packages").items():
        if path and isinstance(one, dict) and not one.get("link") and text(one, "version"):
            yield text(one, "name") or path.rpartition("node_modules/")[2], text(one, "version")
    waiting = [table(told, "dependencies")] if not table(told, "packages") else []
    while waiting:
        for name, one in waiting.pop().items():
            if text(one, "version"):
                yield name, text(one, "version")
            waiting += [table(one, "dependencies")]


def _packages(data: bytes) -> Named:
    """Cargo, Poetry and uv: tables `[[package]]`; those of the release itself have no source."""
    told = objects(toml_of(data), "package")
    fetched = any("source" in one for one in told)
    yield from ((text(one, "name"), text(one, "version")) for one in told if "source" in one or not fetched)


def _pipfile(data: bytes) -> Named:
    told = json_of(data)
    for group in ("default", "develop"):
        for name, one in table(told, group).items():
            yield name, text(one, "version").removeprefix("==")


def _composer(data: bytes) -> Named:
    told = json_of(data)
    for one in (*objects(told, "packages"), *objects(told, "packages-dev")):
        yield text(one, "name"), text(one, "version")


def _by(pattern: re.Pattern[str]) -> Callable[[bytes], Named]:
    def named(data: bytes) -> Named:
        return ((found[1], found[2]) for found in pattern.finditer(data.decode("utf-8", "replace")))

    return named


LOCKS: dict[str, tuple[str, Callable[[bytes], Named]]] = {
    "package-lock.json": ("npm", _npm),
    "npm-shrinkwrap.json": ("npm", _npm),
    ".package-lock.json": ("npm", _npm),
    "yarn.lock": ("npm", _by(YARN)),
    "pnpm-lock.yaml": ("npm", _by(PNPM)),
    "Cargo.lock": ("cargo", _packages),
    "poetry.lock": ("pypi", _packages),
    "uv.lock": ("pypi", _packages),
    "Pipfile.lock": ("pypi", _pipfile),
    "composer.lock": ("composer", _composer),
    "Gemfile.lock": ("gem", _by(GEM)),
    "go.sum": ("golang", _by(GOSUM)),
}
