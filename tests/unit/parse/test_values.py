import pytest

from zoll.parse.source import open_code


def texts(source, language):
    opened = open_code(source.encode(), language)
    return [one.text for one in opened.statements(opened.code.functions[-1])]


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("rust", "fn f() { check(x)?; }", "check(x)?"),
        ("rust", "fn f() { let y = check(x)?; }", "y = check(x)?"),
        ("javascript", "async function f() { await check(x); }", "await check(x)"),
        ("c", "int f(int n) { len = (unsigned char)n; }", "len = (unsigned char)n"),
        ("php", "<?php function f() { @unlink($x); }", "@unlink($x)"),
    ],
)
def test_what_is_done_with_a_value_stands_in_the_text(language, source, text):
    assert text in texts(source, language)


def test_brackets_mean_nothing():
    assert "y = check(x)" in texts("fn f() { let y = (check(x)); }", "rust")
