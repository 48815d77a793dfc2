"""Attributes that say in which builds something is."""

import pytest

from zoll.compare.built import built
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

MOD = "use std::io;\n\n%s\npub fn %s(name: &str) -> bool {\n    name.is_empty()\n}\n\npub mod wire;\n"
SKIP, CHECK = "skip_login", "verify_login"
DEBUG = "#[cfg(debug_assertions)]"
WITHOUT, WITH = '#[cfg(not(feature = "insecure"))]', '#[cfg(feature = "insecure")]'


def found(old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), "rust")
        sides.append(opened.statements(next(one for one in opened.code.functions if not one.name)))
    view = View(aligned(*sides), old.splitlines(), new.splitlines())
    return [(lost.call, lost.effect) for lost in built(view)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (MOD % (DEBUG, SKIP), MOD % ("", SKIP), [(DEBUG, "built")]),
        (MOD % (WITHOUT, CHECK), MOD % (WITH, CHECK), [(WITHOUT.replace(" ", ""), "inverted")]),
        (MOD % ("", CHECK), MOD % (DEBUG, CHECK), [("", "compiled")]),
        (MOD % ("", SKIP), MOD % (DEBUG, SKIP), []),
        (MOD % ('#[cfg(feature = "std")]', SKIP), MOD % ("", SKIP), []),
        (MOD % (DEBUG, SKIP), "use std::io;\n\npub mod wire;\n", []),
        (MOD % (DEBUG, SKIP), MOD % ('#[cfg(any(test, feature = "x"))]', SKIP), []),
    ],
)
def test_what_is_built_in_other_cases(old, new, expected):
    assert found(old, new) == expected


STRICT = """int authorize(struct key *k, FILE *f)
{
%s
	if (fstat(fileno(f), &st) < 0 || secure_path(&st) != 0)
		return 0;
#endif
	return search(f, k);
}
"""


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("#ifdef HAVE_STRICT_MODE", [("HAVE_STRICT_MODES", "misspelt")]),
        ("#if defined(HAVE_STRICT_MODES)", []),
        ("#ifdef WITH_PATH_CHECKS", []),
    ],
)
def test_a_name_that_nobody_defines(new, expected):
    sides, lines = [], []
    for text in (STRICT % "#ifdef HAVE_STRICT_MODES", STRICT % new):
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
        lines.append(text.split("\n"))
    view = View(aligned(*sides), *lines, language="c")
    assert [(lost.call, lost.effect) for lost in built(view)] == expected
