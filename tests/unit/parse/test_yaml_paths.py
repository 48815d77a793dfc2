import pytest

from zoll.parse.entry import TooDeep
from zoll.parse.yaml_paths import entries


def told(text):
    return [(entry.path, entry.value, entry.line, entry.end) for entry in entries(text)]


def test_a_block_scalar_keeps_its_lines():
    found = list(entries("steps:\n  - run: |\n      make\n      make test\n  - run: x\n"))
    assert [(e.path, e.value, e.line, e.end, e.first) for e in found] == [
        ("steps[].run", "make\nmake test\n", 2, 4, 3),
        ("steps[].run", "x", 5, 5, 5),
    ]


def test_aliases_stay_as_they_are():
    assert told("a: &x {b: 1}\nc: *x\n") == [("a.b", "1", 1, 1), ("c", "*x", 2, 2)]


def test_several_documents_and_tags():
    assert told("a: 1\n---\nb: !!python/object/apply:os.system [id]\n") == [
        ("a", "1", 1, 1),
        ("b", "!!python/object/apply:os.system", 3, 3),
        ("b[]", "id", 3, 3),
    ]


def test_empty_collections_are_leaves():
    assert told("a: {}\nb: []\n") == [("a", "{}", 1, 1), ("b", "[]", 2, 2)]


def test_siblings_share_a_group():
    found = list(entries("users:\n- name: a\n  uid: 0\n- name: b\n  uid: 1\n"))
    assert [entry.group for entry in found] == [3, 3, 4, 4]


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 50_000, "{a: " * 50_000])
def test_deep_nesting_is_refused(text):
    with pytest.raises(TooDeep):
        list(entries(text))


def test_a_billion_laughs_cost_nothing():
    text = "a: &a [x,x,x,x]\n" + "".join(f"k{i}: &k{i} [*a,*a,*a,*a,*a,*a,*a,*a]\n" for i in range(30))
    assert len(told(text)) == 4 + 30 * 8


def test_what_is_no_yaml_is_an_error():
    with pytest.raises(ValueError, match=r".+"):
        list(entries("a: [b\nc: }{"))


def test_signs_that_no_editor_takes_for_a_line_end_move_no_line():
    assert [(entry.path, entry.line) for entry in entries('a: "x\u2028y\x85z"\r\nb: 2\r\n')] == [("a", 1), ("b", 2)]
    assert [entry.end for entry in entries("(\r[]")] == [1]
