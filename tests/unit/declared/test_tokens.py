import pytest

from zoll.declared.tokens import grammar, subject_of, tokens_of


def kinds(words):
    return [(token.kind, token.text) for token in tokens_of(words) if token.kind not in {"word", "mark"}]


def test_what_a_note_names():
    words = "`foo-bar`, --max-conn, ZQ_DEBUG, foo_bar, maxConn, a.b.send(), /etc/x.conf, x.c and CVE-2024-1234 (#12)"
    assert kinds(words) == [
        ("quoted", "foo-bar"),
        ("option", "--max-conn"),
        ("environment", "ZQ_DEBUG"),
        ("identifier", "foo_bar"),
        ("identifier", "maxConn"),
        ("function", "a.b.send"),
        ("path", "/etc/x.conf"),
        ("file", "x.c"),
        ("advisory", "CVE-2024-1234"),
        ("bug", "#12"),
    ]


def test_products_and_prose_are_no_names():
    assert kinds("Node.js, OpenSSL, GitHub and TCP/IP, e.g. and/or") == []


def test_marks_of_other_scripts_are_plain_ones():
    assert [token.text for token in tokens_of("移除了“telnet”服务。")] == ["移除", "了", "telnet", "服务", "."]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("--max-conn=N", "--max-conn"),
        ("--out FILE.txt", ""),
        ("max_conn = 3", ""),
        ("max_conn=3", "max_conn"),
        ("foo()", "foo"),
        ("~pkg.Session", "pkg.Session"),
        ("3.0.14", ""),
        ("None", ""),
        ("two words", ""),
        ("/api/v1/users/{id}", "/api/v1/users/{id}"),
    ],
)
def test_what_stands_in_quotes(said, expected):
    assert subject_of(said) == expected


def test_words_for_claims_stand_in_one_table_only():
    verbs = set(grammar().verbs)
    assert not verbs & grammar().nouns
    assert not verbs & grammar().things
