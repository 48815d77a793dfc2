"""Every table can be read, and every pattern in it compiles."""

import re
from pathlib import Path

import pytest

from zoll.readers import tables
from zoll.readers.tables import pattern, table

NAMES = sorted(path.stem for path in Path(tables.__file__).parent.glob("*.toml"))


def texts(value):
    """Return every text that a table holds under a name that says it is a pattern, or at all in `patterns`."""
    if isinstance(value, str):
        return [value]
    return [text for inner in value.values() for text in texts(inner)]


@pytest.mark.parametrize("name", NAMES)
def test_forms_and_origins_compile(name):
    found = table(name)
    for row in [*found.get("form", ()), *found.get("argument", ())]:
        re.compile(row["text"])
    for text in texts({**found.get("origin", {}), **found.get("paths", {})}):
        re.compile(text)


def test_patterns_compile():
    for text in texts(table("patterns")):
        re.compile(text)
    assert pattern("encodings", "numbers").search("{" + "0x1," * 30 + "1}")
