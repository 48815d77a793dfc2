"""Shared libraries that were bundled beside a program, known by their names.

Formats: auditwheel and delvewheel (`NAME.libs/libz-1a2b3c4d.so.1.2`), delocate (`.dylibs/`).
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import made
from zoll.model import Component, Part

DOC = Doc(
    title="Shared libraries bundled into Python wheels",
    reads=("*.libs/*.so", ".dylibs/*.dylib", "*.libs/*.dll"),
    yields=("component",),
    limitations=("The version is that of the file's name, which need not be the library's own.",),
)
BUNDLED = re.compile(
    r"(?:^|/)(?:[\w.-]+\.libs|\.?dylibs)/([A-Za-z][\w+.]{0,80}?(?:-[A-Za-z][\w+]{0,40}){0,6}?)(?:-(\d[\d.]{0,40}))??"
    r"(?:-[0-9a-f]{8,40})?(?:\.so(?:\.(\d[\d.]{0,40}))?|(?:\.(\d[\d.]{0,40}))?\.dylib|\.dll)\Z"
)


def wants(part: Part) -> bool:
    """Tell by the folder and the name."""
    path = part.place.hops[-1]
    return ("libs/" in path) and bool(BUNDLED.search(path))


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the library with the version of its file name."""
    del data
    if found := BUNDLED.search(part.place.hops[-1]):
        version = found[2] or found[3] or found[4] or ""
        yield made("generic", found[1], version, part.place, "files")
