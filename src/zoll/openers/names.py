"""Names of members, written by a stranger: made into places that never climb, every oddity kept as a fact."""

import posixpath
import re

from zoll.model import Fact

LONGEST = 4096
DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def shown(name: str | bytes) -> str:
    """Return a name as text; bytes that are not UTF-8 show as a backslash, x and two digits."""
    raw = name if isinstance(name, bytes) else name.encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "backslashreplace")


def settled(name: str | bytes) -> tuple[str, tuple[Fact, ...]]:
    """Return a name below the container's root, and facts about what had to be taken away.

    >>> settled(b"../../etc/passwd")
    ('etc/passwd', (Fact(kind='name', value='climbs', traits=()),))
    """
    text = shown(name)
    if "\\" not in text and "//" not in text and "." not in text and text[:1] != "/" and len(text) < LONGEST:
        return text.rstrip("/"), ()
    oddities = []
    if DRIVE.match(text):
        oddities.append("drive")
        text = text[2:].lstrip("\\/")
    if text.startswith("/"):
        oddities.append("absolute")
    if "\\" in text and ".." in text.replace("\\", "/").split("/"):
        oddities.append("climbs")
    steps: list[str] = []
    for step in text.split("/"):
        if step == "..":
            oddities.append("climbs")
        elif step not in ("", "."):
            steps.append(step)
    settled_name = "/".join(steps)
    if len(settled_name) > LONGEST:
        oddities.append("long")
        settled_name = settled_name[:LONGEST]
    return settled_name, tuple(Fact("name", word) for word in sorted(set(oddities)))


def leads_out(place: str, target: str) -> bool:
    """Tell whether a link at `place` to `target` leaves the container: absolute or climbing.

    >>> leads_out("lib/a.so", "../../etc"), leads_out("lib/a.so", "../etc")
    (True, False)
    """
    if target.startswith("/") or DRIVE.match(target):
        return True
    return posixpath.normpath(posixpath.join(posixpath.dirname(place), target)).split("/", 1)[0] == ".."


def link_fact(place: str, target: str, how: str = "symbolic") -> Fact:
    """Return the fact of a link; a hard link's target counts from the container's root."""
    out = leads_out(place if how == "symbolic" else "", target)
    traits = (*(("how:hard",) if how == "hard" else ()), *(("leads:out",) if out else ()))
    return Fact("link", target, traits)


def mode_fact(mode: int) -> Fact:
    """Return the fact of a mode's twelve bits."""
    traits = [("executable:yes", 0o111), ("setgid:yes", 0o2000), ("setuid:yes", 0o4000), ("writable:all", 0o002)]
    return Fact("mode", f"{mode:04o}", tuple(word for word, bits in traits if mode & bits))


def folder_mode(mode: int) -> Fact:
    """Return the fact of a folder's mode, where executing means no more than entering."""
    fact = mode_fact(mode)
    return Fact(fact.kind, fact.value, tuple(word for word in fact.traits if word != "executable:yes"))
