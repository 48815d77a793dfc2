"""Functions pair by name, digest and likeness, inside a file and across files."""

from zoll.pairing.functions import pair_functions, pair_signatures, signature
from zoll.parse.code import Function

BODY = "\n".join(f"    total += weigh(item[{n}], {n})" for n in range(20))


def function(name, digest, line=1, params=()):
    return Function(name, line, line + 5, line * 100, line * 100 + 90, params, digest)


def rows(old, new, texts=None):
    texts = texts or {}
    pairs = pair_functions(old, new, lambda _, one: texts.get(one.digest, one.digest))
    return [(pair.old and pair.old.digest, pair.new and pair.new.digest, pair.by) for pair in pairs]


def test_by_name_then_by_digest():
    old = [function("a", "1"), function("b", "2", 10)]
    new = [function("a", "9"), function("c", "2", 10)]
    assert rows(old, new) == [("1", "9", "name"), ("2", "2", "digest")]


def test_only_equal_ones_reach_one():
    pairs = pair_functions(
        [function("a", "1"), function("b", "2")], [function("a", "1"), function("b", "3")], lambda *_: BODY
    )
    assert [pair.likeness == 1 for pair in pairs] == [True, False]


def test_twins_pair_by_digest_then_order():
    old = [function("f", "1", 1), function("f", "2", 20)]
    new = [function("f", "2", 1), function("f", "3", 20)]
    assert rows(old, new) == [("2", "2", "name"), ("1", "3", "name")]


def test_overloads_pair_by_parameters():
    old = [function("f", "1", 1, ("a",)), function("f", "2", 20, ("a", "b"))]
    new = [function("f", "3", 1, ("a", "b")), function("f", "4", 20, ("a",))]
    assert rows(old, new) == [("2", "3", "name"), ("1", "4", "name")]


def test_unnamed_ones_follow_their_digest():
    old = [function("<lambda:1>", "1"), function("<lambda:2>", "2", 10)]
    new = [function("<lambda:1>", "n"), function("<lambda:2>", "1", 10), function("<lambda:3>", "2", 20)]
    assert ("1", "1", "digest") in rows(old, new)
    assert ("2", "2", "digest") in rows(old, new)


def test_renamed_with_edits():
    texts = {"1": BODY, "2": BODY.replace("[3]", "[33]"), "3": "something else entirely, of no likeness"}
    assert rows([function("weigh_all", "1")], [function("sum_up", "2"), function("x", "3", 9)], texts) == [
        ("1", "2", "likeness"),
        (None, "3", "added"),
    ]


def test_across_files_by_signature():
    removed = [("run", signature(BODY)), ("other", signature("a b c d e f g h i j k l m n o p"))]
    added = [("Runner.run", signature(BODY + "\n    log(total)"))]
    assert [(one, two) for one, two, _ in pair_signatures(removed, added)] == [(0, 0)]


def test_nothing_on_either_side():
    assert rows([], []) == []
    assert rows([function("a", "1")], []) == [("1", None, "removed")]
