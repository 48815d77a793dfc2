"""Settings: one fact for each key and its value, in every configuration format."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

from msgspec.structs import replace
from xxhash import xxh32_hexdigest

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.readers.bounds import MOST, bounded
from zoll.readers.entries import entries, is_lock, told, too_deep
from zoll.readers.material import Material
from zoll.readers.origins import declares
from zoll.readers.runs import claimed
from zoll.readers.shapes import endpoints_in
from zoll.readers.tables import table
from zoll.readers.words import clipped, shown, split

NAMESPACE = re.compile(r"@xmlns(?::|\Z)|@(?:xsi:)?(?:noNamespace)?[sS]chemaLocation\Z")
LONG_LIST = 64
FOLD = 1000
DOC = Doc(
    title="Settings of configuration, build and packaging files, and the addresses in them",
    reads=("config/*",),
    yields=("setting", "endpoint"),
    limitations=(
        "lists of more than 64 plain numbers or words are given as their length and digest",
        "templates that their parser refuses are read line by line, by indentation",
        "lock files are left to the reader of dependencies",
    ),
)

# Keys under which a package tells people where to read about it; nothing is fetched from there.
METADATA = re.compile(
    r"(?i)homepage|home-page|repository|bugs|bug-\w+|bugtracker|issues?|browse|vcs-\w+|documentation|docs|source-code"
    r"|changelog|urls|project-url|project_urls|author|maintainers?|contributors?|funding|licen[cs]es?|scm|developers?"
    r"|security-contact|donate|website|faq"
)
# What a comment says of the setting below it where its vendor would rather not have it on.
RISK = re.compile(
    r"(?i)security (?:risk|hole|implication|problem|issue)|insecure|dangerous|vulnerab|not recommended"
    r"|\bunsafe\b|at your own risk|do not (?:enable|use|turn)|must not be"
)
# Lists of which the first that both sides know is taken.
RANKED = re.compile(r"(?i)(?:order|priorit\w*|prefer\w*|cipher\w*|algo\w*|suites|protocols|mechanisms)\[\]\Z")
NOTE = re.compile(r"[#;*]|//|/\*|<!--|--")
# A bill of materials, or what was installed, tells where it was taken from; nothing of it is fetched or run.
BILL = re.compile(
    r"\.(?:cdx|spdx)\.(?:json|xml)\Z|(?:^|/)s?bom(?:[._-][\w.-]{1,40})?\.(?:json|xml)\Z|(?:^|/)composer/installed\.json\Z"
)
VERSION = re.compile(r"(?i)(?:[\w.-]{0,40}[_.-])?(?:version|revision)|standards-version|[\w-]{0,40}(?<=[a-z])Version")


def read(material: Material) -> Iterator[Reading]:
    """Yield a setting for each leaf that is not a command line, and endpoints in values."""
    if not is_lock(material):
        yield from _folded(material, _all(material))
    if too_deep(material):
        raise CannotRead("depth", "nests too deep; read line by line")


def _folded(material: Material, readings: Iterator[Reading]) -> Iterator[Reading]:
    """Yield readings; behind the bound, those about nothing in particular are folded, a thousand to a digest."""
    held: list[Reading] = []
    for number, reading in enumerate(bounded(readings, 10 * MOST)):
        if number < MOST or reading.fact.kind == "endpoint" or reading.fact.traits[0].startswith("about:"):
            yield reading
            continue
        held.append(reading)
        if len(held) == FOLD:
            yield _fold(material, held)
            held = []
    if held:
        yield _fold(material, held)


def _fold(material: Material, held: list[Reading]) -> Reading:
    digest = xxh32_hexdigest("\n".join(reading.fact.value for reading in held).encode("utf-8", "replace"))
    return material.say(
        "setting", f"<{len(held)} settings #{digest}>", held[0].at.start, held[-1].at.end, value_="text"
    )


def _all(material: Material) -> Iterator[Reading]:
    runs = claimed(material)
    asked = {id(entry) for entry in told(material)}
    path = material.part.place.path.replace("!/", "/")
    for keys, found in groupby(entries(material), key=lambda entry: entry.keys):
        held = list(found)
        if len(held) > 1 and RANKED.search(keys[-1]):
            yield _setting(material, replace(held[0], keys=(*keys, "first")))
        if len(held) > LONG_LIST and keys and keys[-1].endswith("[]"):
            yield _list(material, held)
            continue
        for entry in held:
            if id(entry) in asked and (entry.line, entry.keys) not in runs:
                if not declares(path, entry):
                    yield _setting(material, entry)
                yield from _endpoints(material, entry)


def _list(material: Material, held: list[Entry]) -> Reading:
    digest = xxh32_hexdigest("\n".join(entry.value for entry in held).encode("utf-8", "replace"))
    about = about_path(held[0].keys)
    return material.say(
        "setting",
        f"{held[0].path}=<{len(held)} items #{digest}>",
        held[0].line,
        held[-1].end,
        "",
        about=about,
        value_="text",
    )


def _setting(material: Material, entry: Entry) -> Reading:
    text = f"{shown(entry.path)}={clipped(entry.value)}"
    about = about_path(entry.keys)
    if not about and entry.type != "text" and entry.line in _warned(material):
        about = "risk"
    return material.say("setting", text, entry.line, entry.end, text, about=about, value_=entry.type)


@lru_cache(maxsize=2)
def _warned(material: Material) -> frozenset[int]:
    """Return the lines of settings above which a comment warns."""
    if not RISK.search(material.text):
        return frozenset()
    found, warned, blank = set(), False, False
    for number, line in enumerate(material.lines, 1):
        bare = line.strip()
        if not bare:
            blank = True
        elif NOTE.match(bare):
            warned = bool(RISK.search(bare)) or (warned and not blank)
            blank = False
        else:
            found.update([number] if warned else [])
            warned = blank = False
    return frozenset(found)


def _endpoints(material: Material, entry: Entry) -> Iterator[Reading]:
    value = entry.value
    if ("." not in value and ":" not in value) or NAMESPACE.match(entry.key):
        return  # what a vocabulary is called by is never asked for
    for number, line in enumerate(value.split("\n")[:2000]):
        at = entry.line if number == 0 and entry.first == entry.line else entry.first + number
        for kind, address, scheme, reach in endpoints_in(line[:4000]):
            if kind == "ip" and VERSION.fullmatch(entry.key):
                continue
            yield material.say(
                "endpoint",
                address,
                min(at, max(entry.end, entry.line)),
                0,
                f"{entry.path}={line}",
                type=kind,
                scheme=scheme,
                range=reach,
                in_="metadata" if _for_people(material, entry) else "",
            )


def _for_people(material: Material, entry: Entry) -> bool:
    """Say whether an address stands where a package speaks of itself or of what it is made of."""
    return any(METADATA.fullmatch(key) for key in entry.keys[-2:]) or bool(BILL.search(material.part.place.path))


@cache
def _groups() -> dict[str, str]:
    return {word: group for group, words in reversed(table("settings")["about"].items()) for word in words.split()}


@lru_cache(maxsize=65536)
def about_path(keys: tuple[str, ...]) -> str:
    """Return the security group of a key path: its last key is asked first, then the two before.

    >>> about_path(("server", "ssl_verify_client")), about_path(("spec", "replicas"))
    ('verify', '')
    """
    order = list(table("settings")["about"])
    for key in reversed(keys[-3:]):
        whole = _groups().get(key.lower().replace("_", "").strip("[]@"))
        groups = {whole} if whole else {_groups()[word] for word in split(key) if word in _groups()}
        if groups:
            return min(groups, key=order.index)
    return ""
