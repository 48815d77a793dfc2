import pytest

from zoll.compare.once import of_once
from zoll.parse.code import Statement


def said(old, new, language):
    return [
        (weak.old, weak.new) for weak in of_once(*(Statement("return", text, 1, 1) for text in (old, new)), language)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("""return v.replace(/'/g, "''")""", """return v.replace("'", "''")""", [("/'/g", '"\'"')]),
        ("return v.replace(/\\.\\.[/]/gi, '')", "return v.replace('../', '')", [("/\\.\\.[/]/gi", "'../'")]),
        ("return v.replaceAll('<', '&lt;')", "return v.replace('<', '&lt;')", [("replaceAll", "replace")]),
        ("return v.replace(/^a/g, '')", "return v.replace('a', '')", []),
        ("return v.replace(/a$/g, '')", "return v.replace('a', '')", []),
        ("return v.replace('<', '&lt;')", "return v.replace(/</g, '&lt;')", []),
        ("return v.replace(/</g, '&lt;')", "return v.replaceAll('<', '&lt;')", []),
        ("return v.replace(/</g, '&lt;')", "return v.replace(SIGN, '&lt;')", []),
        ("return v.replace(/</, '&lt;')", "return v.replace('<', '&lt;')", []),
    ],
)
def test_in_javascript_a_plain_text_is_replaced_once(old, new, expected):
    assert said(old, new, "javascript") == expected


def test_elsewhere_replace_means_everywhere():
    assert not said('return v.replaceAll("a", "b")', 'return v.replace("a", "b")', "java")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("return strings.ReplaceAll(v, a, b)", "return strings.Replace(v, a, b, 1)", 1),
        ("return strings.Replace(v, a, b, -1)", "return strings.Replace(v, a, b, 1)", 1),
        ("return strings.Replace(v, a, b, -1)", "return strings.ReplaceAll(v, a, b)", 0),
        ("return strings.Replace(v, a, b, 1)", "return strings.Replace(v, a, b, -1)", 0),
        ("return own.Replace(v, a, b, -1)", "return own.Replace(v, a, b, 1)", 0),
    ],
)
def test_in_go_a_number_says_how_many_are_replaced(old, new, expected):
    assert len(said(old, new, "go")) == expected
