"""Node packages inside bundled scripts: the paths that bundlers leave in comments, module names and source maps.

Formats: source maps (ECMA-426, `sources`), module comments of esbuild, module names of webpack, pnpm's folders.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import made, split_scope
from zoll.model import Component, Part

DOC = Doc(
    title="Node packages in bundles: paths in comments, module names and source maps",
    reads=("code/javascript", "*.map"),
    yields=("component",),
    limitations=("Paths tell a name but, outside of pnpm's folders, no version.",),
)
# What follows: pnpm's folder with name and version, or the package's own.
INTO = re.compile(
    rb"node_modules/(?:\.pnpm/((?:@[\w.-]{1,60}\+)?[A-Za-z0-9_][\w.-]{0,80})@(\d[0-9A-Za-z.+-]{0,40})[^/\s\"']{0,200}"
    rb"/node_modules/)?((?:@[\w.-]{1,60}/)?[A-Za-z0-9_][\w.-]{0,80})/"
)
# What stands before: `"webpack://app/./`, `// `, `/***/ "./`, `!*** ./`.
BEFORE = re.compile(rb"(?:\"(?:[\w.-]{1,20}:/{2,3}[\w.@/-]{0,80})?|(?:\A|\n)// |!\*\*\* )(?:\.{1,2}/){0,8}\Z")
REACH = 140
MAPPED = re.compile(r"\.(?:[cm]?js|css)\.map\Z")
SCRIPTS = {"code/javascript", "code/typescript"}
MARK = b"node_modules/"


def wants(part: Part) -> bool:
    """Tell by the kind or the name; not for scripts inside a package folder, which name others only in passing."""
    path = part.place.hops[-1]
    return (part.kind in SCRIPTS or bool(MAPPED.search(path))) and "node_modules/" not in path


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield each package that a path leads into, once."""
    if MARK not in data:
        return
    told, end = set(), -1
    for found in INTO.finditer(data):
        start = found.start()
        if start == end or BEFORE.search(data, max(0, start - REACH), start):
            end = found.end()
            name = found[1].replace(b"+", b"/", 1) if found[1] else found[3]
            told.add((name.decode(), (found[2] or b"").decode()))
    for name, version in sorted(told):
        namespace, last = split_scope(name)
        yield made("npm", last, version, part.place, "files", namespace)
