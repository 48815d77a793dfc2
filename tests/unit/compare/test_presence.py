"""New conditions that only make sure that something is there, against such that let somebody pass."""

import pytest

from zoll.compare.alteration import alterations
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

FRAMES = {
    "python": "def f(one, info):\n    begin(one)\n    %s\n    return one\n",
    "php": "<?php function f($one, $data) {\n  begin($one);\n  %s\n  return $one;\n}\n",
    "javascript": "function f(one, info) {\n  begin(one);\n  %s\n  return one;\n}\n",
}


def inserted(language, new):
    sides = []
    for text in ("", new):
        opened = open_code((FRAMES[language] % text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    found = [one.fact.value for one in alterations(View(aligned(*sides)))]
    return {"inserted.presence", "inserted.condition"}.intersection(found)


@pytest.mark.parametrize(
    ("language", "new"),
    [
        ("python", 'if hasattr(one, "mark_used"):\n        one.mark_used()'),
        ("python", "if info.name:\n        one.title = info.name"),
        ("python", "if info is not None:\n        one.info = info"),
        ("python", 'if "quota" in info:\n        one.quota = info["quota"]'),
        ("php", "if (isset($data['Domain'])) { $one->setDomain($data['Domain']); }"),
        ("javascript", "if (info.name) { one.title = info.name; }"),
    ],
)
def test_it_is_asked_whether_it_is_there(language, new):
    assert inserted(language, new) == {"inserted.presence"}


@pytest.mark.parametrize(
    ("language", "new"),
    [
        ("python", "if info.debug:\n        one.role = admin"),  # something else is done
        ("python", "if info.name:\n        verify(info.name)"),  # then the absence passes
        ("python", "if info.name:\n        return info.name"),
        ("python", "if not info.name:\n        one.title = info.name"),
        ("python", 'if info.name == "x":\n        one.title = info.name'),
        ("python", "if info.name:\n        one.title = info.name\n    else:\n        one.role = admin"),
    ],
)
def test_what_decides_more(language, new):
    assert inserted(language, new) == {"inserted.condition"}
