"""Every sample of every reader against its golden: tests/samples/readers/<reader>/<sample>/{input.<ext>, golden.txt}.

A file `path.txt` beside the input names the path inside the release, where the reader cares for it.
Golden lines read `L<start> <kind> <value> {traits}`; readings about the whole part have line 0. The golden holds the
kinds that the reader's DOC yields.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from zoll.catalogue import plugins
from zoll.model import Part, Place
from zoll.readers.material import Material

SAMPLES = Path(__file__).parents[2] / "samples" / "readers"
FOLDERS = sorted(found.parent for found in SAMPLES.glob("*/*/input*"))
CODE = {
    "c": "c", "h": "c", "cc": "cpp", "cpp": "cpp", "py": "python", "js": "javascript", "ts": "typescript", "go": "go",
    "java": "java", "php": "php", "pl": "perl", "rb": "ruby", "lua": "lua", "rs": "rust", "sh": "shell",
}  # fmt: skip


def kind_of(path, data):
    if find_spec("zoll.parse.kinds"):
        return import_module("zoll.parse.kinds").kind_of(path, data)
    ending = path.rsplit(".", 1)[-1]
    return f"code/{CODE[ending]}" if ending in CODE else f"config/{ending}"


def materials(path, data):
    """Return the file itself, and for source also every function and the text outside."""
    kind = kind_of(path, data)
    place = Place((path,))
    whole = Material(Part(place, kind, "", len(data)), kind, data)
    if not whole.language:
        return [whole]
    opened = import_module("zoll.parse.source").open_code(data, whole.language)
    parts = [
        (function, Part(Place((path,), function.name), kind, function.digest, 0)) for function in opened.code.functions
    ]
    return [Material(part, kind, data, opened.statements(function), function, opened.code) for function, part in parts]


def lines_of(reader, given):
    for material in given:
        for reading in reader.read(material):
            traits = " ".join(reading.fact.traits)
            yield reading.at.start, f"L{reading.at.start} {reading.fact.kind} {reading.fact.value} {{{traits}}}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_sample(folder, golden):
    reader = plugins("zoll.readers")[folder.parent.name]
    source = next(folder.glob("input*"))
    named = folder / "path.txt"
    path = named.read_text(encoding="utf-8").strip() if named.exists() else source.name
    given = materials(path, source.read_bytes())
    golden(folder / "golden.txt", [line for _, line in sorted(lines_of(reader, given))])
