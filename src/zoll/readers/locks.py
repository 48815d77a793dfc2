"""Lock files: what was chosen for each dependency, and where from when that differs from most others."""

import re
from collections import Counter
from collections.abc import Iterator

from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.readers.entries import entries
from zoll.readers.material import Material
from zoll.readers.origins import GIT, PATH, said

Locked = tuple[str, str, str, int, bool, str]
Held = dict[int, dict[str, Entry]]
HOST = re.compile(r"([a-z][a-z0-9+.-]{1,15})://(?:[^/@\s]{0,100}@)?([^/:\s\"']+)", re.IGNORECASE)


def _from_common(material: Material, found: list[Locked]) -> Iterator[Reading]:
    """Yield packages (name, version, address, line, has integrity, digest), an address where its host is uncommon."""
    hosts = Counter(host[2].lower() for _, _, address, *_ in found if (host := HOST.match(address)))
    common = hosts.most_common(1)[0][0] if hosts else ""
    checked = sum(intact for *_, intact, _ in found) * 2 > len(found)
    for name, version, address, line, intact, digest in found:
        host = HOST.match(address)
        foreign = bool(host) and host is not None and host[2].lower() != common
        origin = (
            "git"
            if address and GIT.search(address) and "/-/" not in address
            else "path"
            if PATH.search(address)
            else "url"
            if foreign
            else "registry"
        )
        told = f"{version} from {address}" if foreign or origin in ("git", "path") else version
        if checked and not intact and origin != "path":
            told += " without integrity"
        if name:
            yield said(material, name, told, line, "locked", origin, digest)


def _lock_json(material: Material) -> Iterator[Reading]:
    held: Held = {}
    for entry in entries(material):
        if entry.keys[-1] in ("version", "resolved", "integrity", "link", "name") and len(entry.keys) > 2:
            held.setdefault(entry.group, {})[entry.keys[-1]] = entry
        elif entry.keys[-1] in ("hashes[]", "url", "shasum", "reference") and len(entry.keys) > 1:
            held.setdefault(entry.group, {}).setdefault(entry.keys[-1], entry)
    found = []
    for words in held.values():
        some = words.get("version") or words.get("resolved")
        if not some:
            continue
        name = (
            words["name"].value
            if "name" in words and "packages[]" in some.keys[0]
            else some.keys[-2].rsplit("node_modules/", 1)[-1]
        )
        address = words["resolved"].value if "resolved" in words else ""
        intact = any(key in words for key in ("integrity", "hashes[]", "shasum"))
        digest = next((words[key].value for key in ("integrity", "shasum") if key in words), "")
        found.append((name, words["version"].value if "version" in words else "", address, some.line, intact, digest))
    yield from _from_common(material, found)


def _lock_toml(material: Material) -> Iterator[Reading]:
    held: Held = {}
    for entry in entries(material):
        if len(entry.keys) == 2 and entry.keys[0] == "package[]":
            held.setdefault(entry.group, {})[entry.keys[1]] = entry
    found = []
    for words in held.values():
        if "name" in words:
            address = (
                words["source"].value.removeprefix("registry+").removeprefix("sparse+") if "source" in words else ""
            )
            intact = "checksum" in words or "source" not in words
            found.append(
                (
                    words["name"].value,
                    words["version"].value if "version" in words else "",
                    address,
                    words["name"].line,
                    intact,
                    words["checksum"].value if "checksum" in words else "",
                )
            )
    yield from _from_common(material, found)


YARN = re.compile(r'"?(@?[\w.-]+(?:/[\w.-]+)?)@[^\n]{1,800}:\Z')
PNPM = re.compile(r"  ['\"]?/?(@?[\w.-]+(?:/[\w.-]+)?)[@/](\d[^:'\"(]{0,60})[^:]{0,300}['\"]?:\Z")


def _lock_lines(material: Material) -> Iterator[Reading]:
    """Read yarn's and pnpm's lock files by their lines: a header per package, its fields indented."""
    found: list[Locked] = []
    name, version, address, line, intact, digest = "", "", "", 0, False, ""
    for number, text in enumerate([*material.lines, "end@1:"], 1):
        header = YARN.match(text) or PNPM.match(text)
        if header:
            if name:
                found.append((name, version, address, line, intact, digest))
            name, version, address, line = header[1], header[2] if header.re is PNPM else "", "", number
            intact, digest = False, ""
        elif text[:1] == " " and name:
            key, _, value = text.strip().replace(": ", " ", 1).partition(" ")
            value = value.strip().strip("\"'")
            version = value if key == "version" else version
            address = value if key in ("resolved", "resolution") and "://" in value else address
            intact = intact or key in ("integrity", "checksum") or "integrity" in value
            if key in ("integrity", "checksum") or "integrity: " in value:
                digest = value.rpartition("integrity: ")[2].split(",")[0].rstrip("} ")
    yield from _from_common(material, found)


GEMLOCK = re.compile(r"    ([\w.-]+) \(([^)]+)\)\Z")


def _lock_gems(material: Material) -> Iterator[Reading]:
    remote, section = "", ""
    found = []
    for number, text in enumerate(material.lines, 1):
        if text and text[0] != " ":
            section, remote = text.strip(), ""
        elif text.startswith("  remote: "):
            remote = text[10:].strip()
        elif row := GEMLOCK.match(text):
            found.append(
                (
                    row[1],
                    row[2],
                    f"git+{remote}" if section == "GIT" else f"file:{remote}" if section == "PATH" else remote,
                    number,
                    True,
                    "",
                )
            )
    yield from _from_common(material, found)


def _lock_go(material: Material) -> Iterator[Reading]:
    for number, text in enumerate(material.lines, 1):
        words = text.split()
        if len(words) == 3 and not words[1].endswith("/go.mod"):
            yield said(material, words[0], words[1], number, "locked", "registry", words[2])


LOCKS = {
    "package-lock.json": _lock_json,
    "npm-shrinkwrap.json": _lock_json,
    "composer.lock": _lock_json,
    "pipfile.lock": _lock_json,
    "packages.lock.json": _lock_json,
    "poetry.lock": _lock_toml,
    "uv.lock": _lock_toml,
    "pdm.lock": _lock_toml,
    "cargo.lock": _lock_toml,
    "yarn.lock": _lock_lines,
    "pnpm-lock.yaml": _lock_lines,
    "gemfile.lock": _lock_gems,
    "go.sum": _lock_go,
}
