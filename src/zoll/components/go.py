"""Go modules: what the linker left in executables, and vendored ones.

Formats: debug/buildinfo (lines `path`, `mod`, `dep`, `=>` with tabs), vendor/modules.txt.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import below, folder, made, split_scope
from zoll.model import Component, Part, Place

DOC = Doc(
    title="Go modules: build information in executables, vendor/modules.txt",
    reads=("executable/*", "vendor/modules.txt"),
    yields=("component",),
)
LINE = re.compile(
    rb"\n?(mod|dep|=>)\t([A-Za-z0-9][\w.~/+-]{1,200})\t(v[0-9][\w.+-]{0,80}|\(devel\))(?:\t(?:h1:[\w+/=]{0,60})?)?(?=\n)"
)
MARK = b"\xff Go buildinf:"
VENDORED = re.compile(r"^# ([A-Za-z0-9][\w.~/+-]{1,200}) (v[0-9][\w.+-]{0,80})(?: => (\S+) (v\S+))?\s*$", re.MULTILINE)
TOOLCHAIN = re.compile(rb"\bgo(1\.\d{1,3}(?:\.\d{1,3})?)\b")
REACH = 1 << 20


def wants(part: Part) -> bool:
    """Tell by the kind or the name."""
    return part.kind.startswith("executable/") or part.place.hops[-1].endswith("vendor/modules.txt")


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the modules that were linked in, or that lie in the vendor folder."""
    if part.kind.startswith("executable/"):
        yield from _linked(part, data)
        return
    around = folder(part.place)
    for found in VENDORED.finditer(data.decode("utf-8", "replace")):
        name, version = found[1], found[4] or found[2]
        yield _module(found[3] or name, version, below(around, name), "metadata")


def _linked(part: Part, data: bytes) -> Iterator[Component]:
    if MARK not in data:
        return
    start = data.find(b"\nmod\t")
    start = data.find(b"\ndep\t") if start < 0 else start
    told = list(LINE.finditer(data, start, start + REACH)) if start >= 0 else []
    for number, found in enumerate(told):
        following = told[number + 1][1] if number + 1 < len(told) else b""
        if following != b"=>":  # one that was replaced is not inside
            yield _module(found[2].decode(), found[3].decode(), part.place, "metadata")
    mark = data.find(MARK)
    if tools := TOOLCHAIN.search(data, mark, mark + 200) or TOOLCHAIN.search(data, max(0, start - 4096), max(0, start)):
        yield made("golang", "std", tools[1].decode(), part.place, "metadata")


def _module(name: str, version: str, at: Place, by: str) -> Component:
    namespace, last = split_scope(name)
    return made("golang", last, "" if version == "(devel)" else version, at, by, namespace)
