"""Plain values out of hostile JSON, TOML and stanzas: the type asked for, or an empty one."""

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from zoll.parse import stanzas


def json_of(data: bytes) -> Any:
    """Return what a JSON text holds, None where it is none.

    >>> json_of(b'{"a": 1}'), json_of(b"[" * 100_000)
    ({'a': 1}, None)
    """
    try:
        return json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def toml_of(data: bytes) -> dict[str, Any]:
    """Return what a TOML text holds, nothing where it is none."""
    try:
        return tomllib.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}


def text(value: Any, key: str) -> str:
    """Return the text at `key` of an object, "" where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def objects(value: Any, key: str) -> list[dict[str, Any]]:
    """Return the objects of the list at `key`."""
    found = value.get(key) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def table(value: Any, key: str) -> dict[str, Any]:
    """Return the object at `key`, an empty one where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def packages(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each stanza's first line and its fields."""
    fields: dict[str, str] = {}
    group = start = 0
    for entry in stanzas.entries(text, body=False):
        if entry.group != group:
            if fields:
                yield start, fields
            fields, group, start = {}, entry.group, entry.line
        fields[entry.keys[-1]] = entry.value
    if fields:
        yield start, fields
