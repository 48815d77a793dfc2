"""apt's configured archives (sources.list(5)): one-line and deb822 files in, deb822 text for another suite out."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

DEBIAN = frozenset(
    (
        "buster",
        "bullseye",
        "bookworm",
        "trixie",
        "forky",
        "duke",
        "sid",
        "stable",
        "oldstable",
        "oldoldstable",
        "testing",
        "unstable",
        "experimental",
    )
)
UBUNTU = frozenset(
    ("xenial", "bionic", "focal", "jammy", "noble", "oracular", "plucky", "questing", "resolute", "devel")
)
NUMBERS = {"10": "buster", "11": "bullseye", "12": "bookworm", "13": "trixie", "14": "forky"}
ONE_LINE = re.compile(r"(deb(?:-src)?)\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)([^#]*)")
SHORT = {"arch": "Architectures", "lang": "Languages", "target": "Targets"}
OWN = ("types", "uris", "suites", "components", "architectures", "enabled")


class Archive(Struct, frozen=True):
    """One stanza. `options` are its other fields as written (Signed-By, Trusted): apt keeps verifying as before."""

    uris: str
    suites: tuple[str, ...]
    components: str = ""
    options: tuple[tuple[str, str], ...] = ()


def configured(files: list[Path]) -> list[Archive]:
    """Return the archives that these files name, without those switched off or read by nobody."""
    found: list[Archive] = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found += _stanzas(text) if path.suffix == ".sources" else _one_lines(text)
    return list(dict.fromkeys(found))


def _one_lines(text: str) -> Iterator[Archive]:
    for line in text.splitlines():
        found = ONE_LINE.match(line.strip())
        if found:
            _, options, uri, suite, components = found.groups()
            fields = [pair.partition("=") for pair in (options or "").split()]
            named = tuple((SHORT.get(name.lower(), name.title()), value.replace(",", " ")) for name, _, value in fields)
            kept = tuple(pair for pair in named if pair[0].lower() not in OWN)
            yield Archive(uri, (suite,), components.strip(), kept)


def _stanzas(text: str) -> Iterator[Archive]:
    for stanza in re.split(r"\n[ \t]*\n", text):
        fields = _fields(stanza)
        named = {name.lower(): value for name, value in fields}
        if named.get("enabled", "yes").lower() in ("no", "false", "0", "off", "without", "disable"):
            continue
        if named.get("uris") and named.get("suites"):
            kept = tuple(pair for pair in fields if pair[0].lower() not in OWN)
            yield Archive(named["uris"], tuple(named["suites"].split()), named.get("components", ""), kept)


def _fields(stanza: str) -> list[tuple[str, str]]:
    """Return a stanza's fields; continuation lines (an inline key) stay as written."""
    fields: list[tuple[str, str]] = []
    for line in stanza.splitlines():
        if line.startswith("#"):
            continue
        if line[:1] in (" ", "\t") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]}\n{line}")
        elif ":" in line:
            name, _, value = line.partition(":")
            fields.append((name.strip(), value.strip()))
    return fields


def retargeted(archives: list[Archive], vendor: str, distro: str) -> list[Archive]:
    """Return the vendor's archives with their suites turned to `distro`: `bookworm-updates` becomes `trixie-updates`.

    >>> retargeted([Archive("u", ("bookworm", "bookworm-updates", "cloud-sdk"))], "debian", "trixie")[0].suites
    ('trixie', 'trixie-updates')
    """
    known = {"debian": DEBIAN, "ubuntu": UBUNTU}.get(vendor, DEBIAN | UBUNTU)
    target = NUMBERS.get(distro.removeprefix("debian-"), distro)
    turned: list[Archive] = []
    for archive in archives:
        pieces = [re.match(r"([a-z]+)([-/].*)?$", suite) for suite in archive.suites]
        suites = [target + (piece[2] or "") for piece in pieces if piece and piece[1] in known]
        if suites:
            turned.append(Archive(archive.uris, tuple(dict.fromkeys(suites)), archive.components, archive.options))
    return list(dict.fromkeys(turned))


def written(archives: list[Archive], types: str) -> str:
    """Return deb822 text that names these archives with `types` (`deb`, `deb-src`)."""
    return "\n".join(_stanza(archive, types) for archive in archives)


def _stanza(archive: Archive, types: str) -> str:
    fields = [("Types", types), ("URIs", archive.uris), ("Suites", " ".join(archive.suites))]
    fields += [("Components", archive.components)] if archive.components else []
    return "".join(f"{name}: {value}\n" for name, value in (*fields, *archive.options))
