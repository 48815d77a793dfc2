import pytest

from zoll.parse.entry import TooDeep
from zoll.parse.json_paths import entries


def told(text):
    return [(entry.path, entry.value, entry.line) for entry in entries(text)]


def test_comments_bare_keys_and_trailing_commas_pass():
    text = "{ // note\n  a: 'x', /* two\n lines */ \"b\": [1, {c: true},],\n}"
    assert told(text) == [("a", "x", 2), ("b[]", "1", 3), ("b[].c", "true", 3)]


def test_escapes_are_decoded():
    assert told('{"a": "\\u0061\\n", "b.c": ""}') == [("a", "a\n", 1), ("b.c", "", 1)]


def test_a_text_that_stops_still_speaks():
    assert told('{"a": {"b": 1, "c"') == [("a.b", "1", 1)]


def test_empty_collections_are_leaves():
    assert told('{"a": {}, "b": []}') == [("a", "{}", 1), ("b", "[]", 1)]


def test_deep_nesting_is_refused():
    with pytest.raises(TooDeep):
        list(entries("[" * 200_000))
