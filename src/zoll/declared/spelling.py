"""How else a name may be spelled: `--max-conn`, `max_conn`, `maxConn`."""

import re
from functools import lru_cache

from zoll.declared.mention import parts_of

SHORTEST = 3
# What build scripts and switches put before the name of a thing.
PREFIX = re.compile(r"--?(?:no-|with-|without-|enable-|disable-|)")
HOLE = re.compile(r"[{<:*][\w*]*[}>]?")


@lru_cache(maxsize=4096)
def spellings(subject: str) -> tuple[str, ...]:
    """Return the words to look for; case is the finder's own business.

    >>> spellings("--max-conn")
    ('max-conn', 'max.conn', 'max_conn', 'maxconn')
    >>> spellings("Session.send_all"), spellings("/api/v1/users/{id}")
    (('send-all', 'send.all', 'send_all', 'sendall'), ('/api/v1/users', 'users'))
    """
    if subject.startswith("/"):
        return _path(subject)
    name = PREFIX.sub("", subject, count=1) if subject.startswith("-") else subject.strip("@$")
    if "/" in name or (re.search(r"\.\w{1,5}\Z", name) and "-" in name):
        return tuple(sorted({name, name.rsplit("/", 1)[-1]}))
    last = re.split(r"[.:/]", name.rstrip("."))[-1]
    return _joined(last) or _joined(name)


def _joined(name: str) -> tuple[str, ...]:
    parts = parts_of(name)
    forms = {name.strip("_-").lower(), *(joint.join(parts) for joint in ("", "-", "_", "."))} if parts else set()
    if len(parts) > 6:
        forms = {name.lower()}
    return tuple(sorted(form for form in forms if len(form) >= SHORTEST))


def _path(path: str) -> tuple[str, ...]:
    """Return a path up to its first hole, and its last word: routes are put together from pieces."""
    whole = HOLE.split(path, maxsplit=1)[0].rstrip("/")
    last = whole.rsplit("/", 1)[-1]
    return tuple(sorted(word for word in {whole, last} if len(word) >= SHORTEST))


@lru_cache(maxsize=4096)
def loose(subject: str) -> tuple[str, ...]:
    """Return words that may be a part of the name where the program puts it together (`PREFIX_` + `MAX_CONN`)."""
    parts = parts_of(subject)
    return _joined("_".join(parts[1:])) if len(parts) > 2 else ()


@lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """Return a name without case and separators, so that two spellings of it are equal.

    >>> bare("max-conn") == bare("maxConn")
    True
    """
    return "".join(parts_of(name))
