"""No reader may choke on, or raise at, strange statements."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.catalogue import plugins
from zoll.model import Part, Place
from zoll.parse.code import Call, Literal, Statement
from zoll.parse.code import Test as Atom
from zoll.readers.material import Material

READERS = [
    *("algorithms", "assemblies", "assignments", "calls", "comparisons", "concealments", "encodings", "environments"),
    *("gates", "guards", "powers", "roles", "secrets", "statements", "strings", "suppressions"),
]
ODD = [
    "x",
    "'",
    '"',
    "$",
    "-----BEGIN ",
    "=",
    "[[[",
    "a.b.c()",
    "0",
    "goto",
    "\\x41",
    "` `",
    "NULL",
    "{",
    "%s",
    "(",
    "1",
]
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(ODD))
LANGUAGES = st.sampled_from(
    [
        *("c", "cpp", "go", "java", "javascript", "lua", "perl", "php"),
        *("python", "ruby", "rust", "shell", "tsx", "typescript"),
    ]
)
KINDS = st.sampled_from(
    [
        *("condition", "loop", "switch", "case", "return", "throw", "jump"),
        *("assign", "declare", "call", "import", "label", "directive", "other"),
    ]
)
OPERATORS = st.sampled_from(["==", "!=", "<", "in", "truth", "case", "=", "match"])
CALLS = st.builds(Call, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
LITERALS = st.builds(Literal, TEXTS, st.sampled_from(["string", "number", "char", "regex"]))
ATOMS = st.builds(Atom, OPERATORS, TEXTS, TEXTS, st.none() | LITERALS, TEXTS, TEXTS, TEXTS, st.booleans())
STATEMENTS = st.builds(
    Statement,
    KINDS,
    TEXTS,
    st.just(1),
    st.just(1),
    st.integers(-1, 6),
    st.sampled_from(["", "then", "else", "body", "catch"]),
    TEXTS,
    st.lists(CALLS, max_size=2).map(tuple),
    st.lists(LITERALS, max_size=2).map(tuple),
    st.lists(ATOMS, max_size=2).map(tuple),
    st.just(()),
    TEXTS,
    TEXTS,
    TEXTS,
)


def read_all(statements, language, data=b""):
    kind = f"code/{language}"
    for name in READERS:
        material = Material(Part(Place(("a",), "f"), kind, "", 0), kind, data, statements)
        yield from plugins("zoll.readers")[name].read(material)


@settings(deadline=None)  # the first example loads the tables
@given(st.lists(STATEMENTS, max_size=6), LANGUAGES)
def test_strange_statements_are_read_without_raising(statements, language):
    for reading in read_all(statements, language):
        assert len(reading.fact.value) <= 200
        assert list(reading.fact.traits) == sorted(reading.fact.traits)


@pytest.mark.parametrize(
    "piece", ["(", "[", "a.", '"', "\\x4", "::", " ", "-", "AAAA", "1,", "a(", "%2", "a-", "$a[1].", "x^", "{0", "'a'+"]
)
def test_long_repetitive_texts_stay_fast(piece):
    text = (piece * 2000)[:2000]
    literal = Literal(text * 10, "string")
    test = Atom("==", text[:200], text[:200], Literal(text, "string"), call=text[:200])
    hostile = [
        Statement(
            kind,
            text,
            1,
            1,
            target=text,
            value=text,
            operator="=",
            calls=(Call(text, (text[:200],)),),
            literals=(literal,),
            tests=(test,),
        )
        for kind in ("assign", "condition", "call", "return", "import", "directive")
    ]
    start = time.monotonic()
    for language in ("python", "php", "javascript", "shell", "c"):
        list(read_all(hostile, language, text.encode() * 20))
    assert time.monotonic() - start < 5
