from zoll.model import Account, Functions, Place, Release, Report
from zoll.reports import functions


def said(*counted):
    report = Report(Release("a", "1"), Release("b", "2"), Account(), functions=counted)
    return "\n".join(line.plain for line in functions.draw(report))


def test_what_became_of_functions_is_summed_over_executables():
    text = said(
        Functions(Place(("bin/a",)), 10, 11, same=8, changed=2, added=1),
        Functions(Place(("bin/b",)), 3, 3, same=2, recompiled=1),
    )
    assert "13 → 14 in 2 executables" in text
    assert "10 the same, 1 other bytes that do the same, 2 changed, 1 came" in text
    assert "went" not in text


def test_one_executable_and_none():
    assert "in one executable that differs" in said(Functions(Place(("a",)), 5, 5, same=4, unread=1))
    assert said() == ""


def test_functions_of_known_libraries_are_counted():
    assert "  7 without a name are known from common C libraries" in said(Functions(Place(("a",)), 9, 9, recognised=7))
    assert "known" not in said(Functions(Place(("a",)), 9, 9))
