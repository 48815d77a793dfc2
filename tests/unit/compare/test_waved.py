"""Somebody is waved through, a check is turned round, a guard stands behind what it stood before."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.waved import behind, turned, waved
from zoll.parse.source import open_code

GO = "package a\nfunc f(ctx Ctx, req any, handler H) (any, error) {\n%s\n\treturn handler(ctx, req)\n}\n"
CHECK = "\tid, err := a.verify(ctx)\n\tif err != nil {\n\t\treturn nil, errBad\n\t}\n\tkeep(id)"
USER = "\tuser := none\n%s\n\tset(user)"
JAVA = "class A {\n  void f(Pipeline p) {\n%s\n  }\n}\n"
AUTH, API = '    p.addLast("auth", new AuthHandler());', '    p.addLast("api", new ApiHandler());'


def view(language, frame, old, new):
    sides = []
    for text in (old, new):
        opened = open_code((frame % text).encode(), language)
        function = next(one for one in opened.code.functions if one.name.rpartition(".")[2] == "f")
        sides.append(opened.statements(function))
    return View(aligned(*sides))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("\tif len(ctx.Get(x)) > 2 {\n\t\treturn handler(ctx, req)\n\t}\n", ["a.verify"]),
        ("\tif len(ctx.Get(x)) > 2 {\n\t\treturn nil, errLong\n\t}\n", []),  # refuses
        ("\tif cache.Has(ctx) {\n\t\treturn handler(ctx, req)\n\t}\n", []),
        ("\tif a.config.Open {\n\t\treturn handler(ctx, req)\n\t}\n", []),  # what somebody sets for all to see
        ("\tif len(ctx.Get(x)) > 2 {\n\t\tcount(ctx)\n\t}\n", []),
    ],
)
def test_who_is_waved_through(new, said):
    assert [lost.call for lost in waved(view("go", GO, CHECK, new + CHECK))] == said


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("\tif u, err := verifyUser(ctx); err == nil {\n\t\tuser = u\n\t}", [("guard", "verifyUser")]),
        ("\tu, err := verifyUser(ctx)\n\tif err != nil {\n\t\treturn nil, errNone\n\t}", []),
        ("\tif u, err := verifyUser(ctx); err == nil {\n\t\tuser = u\n\t} else {\n\t\treturn nil, err\n\t}", []),
    ],
)
def test_a_check_turned_round(new, said):
    old = "\tu, err := verifyUser(ctx)\n\tif err != nil {\n\t\treturn nil, errBad\n\t}"
    found = turned(view("go", GO, USER % old, USER % new))
    assert [(lost.value, lost.call) for lost in found] == said


def test_a_guard_behind_what_it_stood_before():
    assert [lost.call for lost in behind(view("java", JAVA, f"{AUTH}\n{API}", f"{API}\n{AUTH}"))] == ["auth"]
    assert list(behind(view("java", JAVA, f"{API}\n{AUTH}", f"{AUTH}\n{API}"))) == []
