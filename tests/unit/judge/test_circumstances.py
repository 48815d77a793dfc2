"""Size, loneliness, newness of the file."""

from zoll.judge.circumstances import Surroundings
from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading


def _part(path, symbol=""):
    return Part(Place((path,), symbol), "code/c", "d", 1)


def _change(path, *hunks, old=True, new=True, by="place"):
    part = _part(path)
    return Change(Pair(part if old else None, part if new else None, by), hunks)


SMALL, LARGE = Hunk((3, 4), (3, 5)), Hunk((10, 12), (10, 80))


def _words(changes, change, hunk):
    return {fact.value for fact in Surroundings(changes).circumstances(change, hunk)}


def test_alone_in_file_and_folder():
    change = _change("a/x.c", SMALL)
    lonely = {"deleted", "small", "only-hunk", "lonely-file", "lonely-folder", "few-in-file"}
    assert _words([change], change, SMALL) == lonely
    assert "lonely-folder" not in _words([change, _change("a/y.c", SMALL)], change, SMALL)
    assert "lonely-file" not in _words([change, _change("a/x.c", LARGE)], change, SMALL)


def test_large_added_and_removed():
    added = _change("a/x.c", LARGE, old=False, by="added")
    assert _words([added], added, LARGE) == {"large", "added"}
    removed = _change("a/x.c", Hunk((1, 9), (0, 0)), new=False, by="removed")
    assert _words([removed], removed, removed.hunks[0]) == {"removed"}
    function = _change("a/x.c", SMALL, old=False, by="added-function")
    assert _words([function], function, SMALL) == {"added-function"}


def test_what_was_changed_everywhere_is_a_refactoring():
    said = (Reading(Fact("call", "log_v2"), Place(("x",))),)
    changes = [_change(f"a/{name}.c", Hunk((1, 1), (1, 1), gained=said)) for name in "abcdef"]
    assert "everywhere" in _words(changes, changes[0], changes[0].hunks[0])
    assert "everywhere" not in _words(changes[:2], changes[0], changes[0].hunks[0])


def test_what_other_changes_bring_too_is_linked():
    def brings(path, after, before="int a;"):
        return _change(path, Hunk((1, 1), (1, 1), before=before, after=after))

    work = [brings(f"a/{name}.c", f"queue_depth = max_depth + {name}_only;") for name in "xyz"]
    alone = brings("b/p.c", "stray_word();")
    changes = [*work, alone]
    assert "linked" in _words(changes, work[0], work[0].hunks[0])
    assert "unlinked" in _words(changes, alone, alone.hunks[0])
    half = brings("b/q.c", "queue_depth();")
    assert "half-linked" in _words([*changes, half], half, half.hunks[0])
    wordless = brings("b/r.c", "count < total", before="count <= total")
    assert "wordless" in _words([*changes, wordless], wordless, wordless.hunks[0])


def test_inserted_and_replaced():
    said = (Reading(Fact("call", "x"), Place(("x",))),)
    inserted = _change("a.c", Hunk((0, 0), (1, 1), gained=said))
    assert "inserted" in _words([inserted], inserted, inserted.hunks[0])
    replaced = _change("a.c", Hunk((1, 1), (1, 1), gained=said))
    assert "replaced" in _words([replaced], replaced, replaced.hunks[0])


def test_what_a_document_newly_says_is_told():
    code = _change("a/x.c", Hunk((1, 1), (1, 1), gained=(Reading(Fact("environment", "SVC_MODE"), Place(("x",))),)))
    said = Reading(Fact("document", "Set SVC_MODE to see more."), Place(("x",)))
    readme = Change(
        Pair(_part("README"), _part("README"), "place"),
        (Hunk((1, 1), (1, 1), gained=(said,)),),
        (Fact("role", "documentation"),),
    )
    assert "told" in _words([code, readme], code, code.hunks[0])
    assert "told" not in _words([code], code, code.hunks[0])


def test_what_has_no_lines_is_not_small():
    binary = _change("bin/x", Hunk(gained=(Reading(Fact("string", "abc"), Place(("x",))),)))
    assert "small" not in _words([binary], binary, binary.hunks[0])


def test_what_tests_newly_name_is_tested():
    code = _change("a/x.c", Hunk((1, 1), (1, 1), gained=(Reading(Fact("environment", "SVC_MODE"), Place(("x",))),)))
    test = Change(
        Pair(_part("tests/t.c"), _part("tests/t.c"), "place"),
        (Hunk((1, 1), (1, 1), after='setenv("SVC_MODE", "quick", 1);'),),
        (Fact("role", "test"),),
    )
    assert "tested" in _words([code, test], code, code.hunks[0])
    assert "tested" not in _words([code, test], test, test.hunks[0])
    assert "tested" not in _words([code], code, code.hunks[0])
