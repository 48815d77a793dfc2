"""Checks that went with the body of a function that is written out now."""

import pytest

from zoll.compare.inlined import inlined
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

SCRIPT = "window.addEventListener('message', (event) => {\n%s  apply(event.data);\n});\n"
GO = """package a

func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
%s		next.ServeHTTP(w, r)
	})
}
"""
REFUSES = '\t\tif !allowed(r) {\n\t\t\thttp.Error(w, "no", 403)\n\t\t\treturn\n\t\t}\n'


def said(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(
            opened.statements(opened.code.functions[0] if language == "javascript" else opened.code.functions[1])
        )
    view = View(aligned(*sides), old.split("\n"), new.split("\n"))
    return [(lost.value, lost.words) for lost in inlined(view)]


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        (
            "javascript",
            SCRIPT % "  if (event.origin !== location.origin) return;\n",
            SCRIPT % "",
            [("check", "if (event.origin !== location.origin)")],
        ),
        ("javascript", SCRIPT % "  if (err) return;\n", SCRIPT % "", []),
        ("javascript", SCRIPT % "  count += 1;\n", SCRIPT % "", []),
        ("javascript", SCRIPT % "", SCRIPT % "  if (event.origin !== location.origin) return;\n", []),
        ("go", GO % REFUSES, (GO % "").replace("http.HandlerFunc(", "wrap("), []),
        ("go", GO % REFUSES, GO % "", [("guard", "if !allowed(r)")]),
        ("go", GO % REFUSES, (GO % "") + "\nfunc other(r *R) {\n" + REFUSES + "}\n", []),
    ],
)
def test_a_check_that_went_with_its_body(language, old, new, expected):
    assert said(language, old, new) == expected
