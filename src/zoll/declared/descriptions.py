"""What descriptions of interfaces offer: paths with their operations, parameters and security schemes.

Formats: Swagger 2.0 and OpenAPI 3.x, as JSON and YAML; 3GPP's service interfaces (TS 29.5xx) are OpenAPI 3 in YAML.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from zoll.model import Place
from zoll.parse import json_paths, yaml_paths
from zoll.parse.entry import Entry

MARKS = ("openapi", "swagger")  # the words one of which every description begins with
KINDS = ("config/yaml", "config/json")
METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace"))
LOCATION = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}://[^/]{0,200}|\{[^/{}]{0,60}\})?(/.{0,300})?\Z", re.IGNORECASE | re.DOTALL
)
METHOD = re.compile(r"(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|ANY)\s+(?=/)", re.IGNORECASE)
# How frameworks write a piece of a path that stands for anything; several of them allow text around it.
ANYTHING = re.compile(
    r"(?<=/):\w{1,60}(?:\([^()]{0,80}\))?[?*+]?"  # :id, :id(\d+), :id?
    r"|\$?\{[^{}]{0,80}\}|<[^<>]{1,80}>|\[[^\[\]]{1,80}\]"  # {id}, ${id}, {id:[0-9]+}, <int:id>, [id]
    r"|\(\?P?<\w{1,60}>[^()]{0,80}\)"  # (?P<id>\d+)
    r"|%[0-9]{0,2}[sdvu]|(?<=/)\*{1,2}(?:\w{1,60})?"  # %s, *, *rest
)
ANY = "{}"
SHORTEST_NAME = 3
LONGEST = 300
PATHS, PARAMETERS = "paths", re.compile(r"parameters(?:\[\])?\Z")
Words = dict[str, tuple[str, int]]


class Described(Struct, frozen=True):
    """One thing that a description offers: `kind` path, parameter or security; `bases` are what servers put before it.

    `words` say it as a line, as reports show it; for `security` the name is that of the header, cookie or query.
    """

    kind: str
    name: str
    words: str
    at: Place
    bases: tuple[str, ...] = ()


def described_in(data: bytes, kind: str, at: Place) -> tuple[Described, ...]:
    """Return what a description offers, () of bytes that are none."""
    text = data.decode("utf-8", "replace")
    try:
        told = list((json_paths if kind == "config/json" else yaml_paths).entries(text))
    except ValueError:  # not well-formed, or too deep: it stays text
        return ()
    if not any(entry.keys in {(mark,) for mark in MARKS} for entry in told):
        return ()
    bases = tuple(dict.fromkeys(_bases(told)))
    return (*_paths(told, bases, at), *_parameters(told, at), *_security(told, at))


def _bases(told: Iterable[Entry]) -> Iterator[str]:
    for entry in told:
        if entry.keys in {("servers[]", "url"), ("basePath",)} and (found := LOCATION.match(entry.value)):
            yield (found[1] or "").rstrip("/")


def _paths(told: Iterable[Entry], bases: tuple[str, ...], at: Place) -> Iterator[Described]:
    lines: dict[str, int] = {}
    methods: dict[str, dict[str, str]] = {}
    for entry in told:
        if entry.keys[0] == PATHS and len(entry.keys) > 1 and entry.keys[1].startswith("/"):
            path, method = entry.keys[1], entry.keys[2].lower() if len(entry.keys) > 2 else ""
            lines.setdefault(path, entry.line)
            if method in METHODS:
                methods.setdefault(path, {}).setdefault(method, "")
                if entry.keys[3:] == ("operationId",):
                    methods[path][method] = entry.value
    for path, line in lines.items():
        held = methods.get(path, {})
        how = [f"{method.upper()} ({name})" if name else method.upper() for method, name in held.items()]
        yield Described("path", path, f"{', '.join(how)} {path}".strip()[:LONGEST], at.at(line), bases)


def _parameters(told: Iterable[Entry], at: Place) -> Iterator[Described]:
    """Yield parameters: of operations and paths, and those that components hold for all."""
    for held in _grouped(entry for entry in told if any(PARAMETERS.match(key) for key in entry.keys[:-1])):
        name, line = held.get("name", ("", 0))
        if name and "in" in held:
            yield Described("parameter", name, f"parameter {name} in {held['in'][0]}"[:LONGEST], at.at(line))


def _security(told: Iterable[Entry], at: Place) -> Iterator[Described]:
    schemes: dict[str, Words] = {}
    for entry in told:
        keys = entry.keys[1:] if entry.keys[0] == "components" else entry.keys
        if len(keys) > 2 and keys[0] in {"securitySchemes", "securityDefinitions"}:
            schemes.setdefault(keys[1], {}).setdefault(keys[-1], (entry.value, entry.line))
    for name, held in schemes.items():
        more = [held[key][0] for key in ("type", "scheme", "in", "name", "tokenUrl", "authorizationUrl") if key in held]
        words = f"security scheme {name}: {' '.join(more)}"[:LONGEST]
        line = min(line for _, line in held.values())
        yield Described("security", held.get("name", (name, 0))[0], words, at.at(line))
        for key in ("tokenUrl", "authorizationUrl"):
            if key in held and (found := LOCATION.match(held[key][0])) and found[1]:
                yield Described("path", found[1], words, at.at(held[key][1]))


def _grouped(told: Iterable[Entry]) -> Iterator[Words]:
    """Yield the siblings of each mapping by their keys."""
    groups: dict[int, Words] = {}
    for entry in told:
        groups.setdefault(entry.group, {}).setdefault(entry.keys[-1], (entry.value, entry.line))
    yield from groups.values()


class Interface:
    """All that the descriptions of a release offer, ready to be asked for a text of its code."""

    def __init__(self, described: Iterable[Described] = ()) -> None:
        self._routes: dict[tuple[str, ...], Described] = {}
        self._names: dict[str, Described] = {}
        for one in described:
            if one.kind != "path":
                self._names.setdefault(one.name.lower(), one)
                continue
            for base in ("", *one.bases):
                route = route_of(f"{base}{one.name}")
                if route:
                    self._routes.setdefault(route, one)
            for base in one.bases:  # `engine.Group("/nnrf-nfm/v1")`
                if route := route_of(base):
                    self._routes.setdefault(route, one)

    def find(self, text: str) -> Described | None:
        """Return what a text names: a route by its template, a parameter or a security header by its name."""
        if "/" in text:
            return self._routes.get(route_of(text))
        return self._names.get(text.lower()) if len(text) >= SHORTEST_NAME else None


def route_of(text: str) -> tuple[str, ...]:
    r"""Return the pieces of a route, `{}` for what stands for anything; () of what is no route or only such pieces.

    >>> route_of("/users/{id}/roles") == route_of("users/<int:id>/roles/") == route_of(r"^/users/(?P<id>\d+)/roles$")
    True
    >>> route_of("GET /users/:id"), route_of("/{anything}"), route_of("a text/of words")
    (('users', '{}'), (), ())
    """
    if len(text) > LONGEST:
        return ()
    plain = METHOD.sub("", text.strip(), count=1).removeprefix("^").removesuffix("$").strip("/")
    pieces = tuple(ANYTHING.sub(ANY, plain).lower().split("/"))
    telling = all(pieces) and any(piece != ANY for piece in pieces) and not any(" " in piece for piece in pieces)
    return pieces if telling else ()


def is_route(text: str) -> bool:
    """Tell whether a text is a route with a piece that stands for anything, as only a route has.

    >>> is_route("/users/:id"), is_route("/etc/passwd"), is_route("/50% of {all} words")
    (True, False, False)
    """
    return text.startswith("/") and " " not in text and any(ANY in piece for piece in route_of(text))
