"""How components are named: package URLs, and names that count as the same."""

import re
from functools import lru_cache

from packageurl import PackageURL

from zoll.model import Component, Place

SEPARATORS = re.compile(r"[-_.\s]+")
UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")
LONGEST_NAME = 200
LONGEST_VERSION = 100
TYPE = re.compile(r"pkg:([a-z0-9.+-]+)/")
# Libraries whose files are called otherwise: what stands behind `lib`, without numbers.
FILED = {
    "z": "zlib", "bz": "bzip2", "lzma": "xz", "crypto": "openssl", "ssl": "openssl", "png": "libpng",
    "archive": "libarchive",
    "yaml": "libyaml", "event": "libevent", "xml": "libxml2", "turbojpeg": "libjpeg-turbo", "jpeg": "libjpeg-turbo",
    "history": "readline", "mbedcrypto": "mbedtls", "mbedx": "mbedtls", "c": "glibc",
}  # fmt: skip
STEM = re.compile(r"(?:lib)?([a-z_+-]*[a-z])")


@lru_cache(maxsize=1 << 15)
def normal(name: str) -> str:
    """Return a name as it counts when names are held against each other.

    >>> normal("Typing_Extensions"), normal("@babel/core")
    ('typing-extensions', '@babel/core')
    """
    return SEPARATORS.sub("-", name).strip("-").lower()


def kind_of(component: Component) -> str:
    """Return the type of the component's package URL; `generic` when it has none."""
    found = TYPE.match(component.purl)
    return found[1] if found else "generic"


def made(
    kind: str,
    name: str,
    version: str,
    at: Place,
    by: str,
    namespace: str = "",
    licence: str = "",
    qualifiers: dict[str, str] | None = None,
    copy: str = "",
) -> Component:
    """Return a component; its shown name carries the namespace where ecosystems do (npm, Go, Maven)."""
    name, version = _clean(name)[:LONGEST_NAME], _clean(version)[:LONGEST_VERSION]
    namespace = _clean(namespace)[:LONGEST_NAME]
    try:
        purl = PackageURL(kind, namespace or None, name, version or None, qualifiers or None).to_string()
    except ValueError:
        purl = ""
    mark = ":" if kind == "maven" else "/"
    shown = f"{namespace}{mark}{name}" if namespace and kind in {"npm", "golang", "maven", "composer"} else name
    return Component(shown, version, at, purl, by, copy, _clean(licence)[:LONGEST_NAME])


def _clean(text: str) -> str:
    return UNSEEN.sub(" ", text).strip()


def split_scope(name: str) -> tuple[str, str]:
    """Return the namespace and the name of `@scope/name` or `host/path/name`.

    >>> split_scope("golang.org/x/net"), split_scope("lodash")
    (('golang.org/x', 'net'), ('', 'lodash'))
    """
    namespace, _, last = name.rpartition("/")
    return namespace, last


def filed(file: str) -> str:
    """Return the library that a file's name stands for, "" for none that is called otherwise.

    >>> filed("libz.so.1.2.13"), filed("libcrypto.so.3"), filed("busybox")
    ('zlib', 'openssl', '')
    """
    found = STEM.match(file.lower())
    return FILED.get(found[1], "") if found and file.lower().startswith("lib") else ""


def named_after(file: str, name: str) -> bool:
    """Tell whether a file is called like a component, and so holds it and nothing else.

    >>> named_after("libz.so.1.2.13", "zlib"), named_after("libexpat.so.1", "expat"), named_after("busybox", "zlib")
    (True, True, False)
    """
    return _bare(name).removeprefix("lib") in _bare(file) or filed(file) == normal(name)


def _bare(name: str) -> str:
    return normal(name).replace("-", "")


def folder(place: Place, levels: int = 1) -> Place:
    """Return the folder that a place lies in, `levels` up; the container where its path has no folder left.

    >>> folder(Place(("a.jar", "META-INF/x/pom.xml")), 2).hops, folder(Place(("a.jar", "x"))).hops
    (('a.jar', 'META-INF'), ('a.jar',))
    """
    hops = place.hops
    for _ in range(levels):
        if not hops:
            break
        head = hops[-1].rpartition("/")[0]
        hops = (*hops[:-1], head) if head else hops[:-1]
    return Place(hops)


def below(place: Place, name: str) -> Place:
    """Return a name inside a folder (not inside a container: that is `Place.inside`).

    >>> below(Place(("a/b",)), "c").hops, below(Place(), "c").hops
    (('a/b/c',), ('c',))
    """
    if not place.hops:
        return Place((name,))
    return Place((*place.hops[:-1], f"{place.hops[-1]}/{name}"))
