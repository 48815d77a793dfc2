"""Texts of made files and of what they are made from are the same texts."""

import marshal
import struct
from importlib.util import MAGIC_NUMBER

from hypothesis import given
from hypothesis import strategies as st

from zoll.pipeline.made import catalogue_texts, map_texts, names_of, python_words, record_lines, script_words


def compiled(texts):
    """Return a .mo file of pairs of text and translation."""
    pairs = sorted({"": "Project-Id: a\n", **texts}.items())
    head = 28 + 16 * len(pairs)
    tables, data = [[], []], b""
    for side in (0, 1):
        for pair in pairs:
            text = pair[side].encode()
            tables[side].append(struct.pack("<II", len(text), head + len(data)))
            data += text + b"\0"
    first = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return first + b"".join(tables[0]) + b"".join(tables[1]) + data


def test_a_compiled_catalogue_holds_the_texts_of_its_source():
    po = b'msgid ""\nmsgstr "Project-Id: a\\n"\n\nmsgid "one"\n"two"\nmsgstr "eins \\"zwei\\""\n'
    assert catalogue_texts(compiled({"onetwo": 'eins "zwei"'})) <= catalogue_texts(po)
    assert not catalogue_texts(compiled({"onetwo": "other"})) <= catalogue_texts(po)


@given(st.binary(max_size=200))
def test_nothing_raises_on_whatever_bytes(data):
    catalogue_texts(data)
    catalogue_texts(b"\xde\x12\x04\x95" + data)
    script_words(data)
    map_texts(data)
    record_lines(data.decode("latin-1").splitlines(), {})


def test_a_script_says_what_it_reaches_for():
    made = b"var local$1=1;function helper(e){return e.total}fetch('/api/items',{caf\\xe9:local$1});"
    said = {b"return", b"total", b"fetch", b"api", b"items", b"caf"}
    assert script_words(made + b"//# sourceMappingURL=a.map") == said


def test_a_map_holds_nothing_but_its_sources():
    told = b'{"version":3,"sources":["a.js"],"sourcesContent":["let x"],"names":["count"],"mappings":"AAAA,CAAC;"}'
    assert map_texts(told) == b"count\nlet x"
    assert map_texts(told.replace(b'"names"', b'"x_payload"')) is None
    assert map_texts(told.replace(b"AAAA,CAAC;", b"AAAA (eval)")) is None


def test_words_of_compiled_python():
    source = 'class Counter:\n    def __total(self):\n        return "how many"\n'
    code = marshal.dumps(compile(source, "/tmp/x/counter.py", "exec"))
    words = python_words(MAGIC_NUMBER + b"\0" * 12 + code)
    assert words <= names_of(source.encode())
    assert {b"Counter", b"__total", b"many"} <= words
