"""What a security advisory says of an upgrade: which flaws it fixes, in which products.

Format: OASIS Common Security Advisory Framework 2.0 (CSAF), JSON.
"""

from collections.abc import Iterator
from typing import Any

from zoll.model import Note, Place
from zoll.parse.fields import json_of, objects, table, text

LONGEST = 1_200  # characters of one note
MOST = 20_000
FIXED = ("fixed", "first_fixed", "recommended")
SAID = ("summary", "description", "details", "general")


def notes_of_advisory(data: bytes, at: Place) -> tuple[Note, ...]:
    """Return a note for what the advisory is about, its products, and each flaw; nothing of bytes that are no CSAF.

    A flaw with fixed products is "Fixed CVE-... in PRODUCT"; of the others the note says that they stand open. All are
    fresh and by the user, who gave them for this upgrade.
    """
    told = json_of(data)
    document = table(told, "document")
    if not text(document, "csaf_version"):
        return ()
    lines = _Lines(data)
    names = dict(_products(table(told, "product_tree")))
    notes = [
        *_about(document, names),
        *(words for flaw in objects(told, "vulnerabilities") for words in _flaw(flaw, names)),
    ]
    return tuple(Note(lines.at(at, key), words[:LONGEST], by="user") for key, words in notes[:MOST] if words)


class _Lines:
    """Finds the line on which a word first stands."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def at(self, place: Place, word: str) -> Place:
        start = self.data.find(f'"{word}"'.encode("utf-8", "replace")) if word else -1
        return place.at(self.data.count(b"\n", 0, start) + 1) if start >= 0 else place


def _about(document: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield text(document, "title"), text(document, "title")
    if names:
        yield "product_tree", "Products: " + ", ".join(dict.fromkeys(names.values()))
    for note in objects(document, "notes"):
        if text(note, "category") in SAID:
            yield text(note, "category"), _folded(text(note, "text"))


def _flaw(flaw: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    name = text(flaw, "cve") or next((text(one, "text") for one in objects(flaw, "ids") if text(one, "text")), "")
    status = table(flaw, "product_status")
    fixed = _named((one for key in FIXED for one in _texts(status, key)), names)
    title = text(flaw, "title") or next((text(one, "text") for one in objects(flaw, "notes")), "")
    if not name and not title:
        return
    if fixed:
        yield name, _folded(f"Fixed {name or title} in {fixed}" + (f": {title}" if name and title else ""))
    else:
        open_in = _named(_texts(status, "known_affected"), names)
        unhurt = _named(_texts(status, "known_not_affected"), names)
        words = f"affects {open_in}" if open_in else f"does not affect {unhurt}" if unhurt else "is under investigation"
        yield name, _folded(f"{name or title} {words}" + (f": {title}" if name and title else ""))
    for remedy in objects(flaw, "remediations"):
        if text(remedy, "category") == "vendor_fix":
            yield name, _folded(f"{name} {text(remedy, 'details')}")


def _products(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each product's id and name, however deep its branch."""
    relations = [table(one, "full_product_name") for one in objects(tree, "relationships")]
    for product in (*objects(tree, "full_product_names"), *relations):
        yield text(product, "product_id"), _folded(text(product, "name"))
    waiting = objects(tree, "branches")[::-1]
    for _ in range(MOST):
        if not waiting:
            return
        branch = waiting.pop()
        waiting += objects(branch, "branches")[::-1]
        product = table(branch, "product")
        if product:
            yield text(product, "product_id"), _folded(text(product, "name"))


def _texts(value: dict[str, Any], key: str) -> list[str]:
    found = value.get(key)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _named(products: Any, names: dict[str, str]) -> str:
    return ", ".join(dict.fromkeys(names.get(one, one) for one in products))


def _folded(words: str) -> str:
    return " ".join(words[: 4 * LONGEST].split())
