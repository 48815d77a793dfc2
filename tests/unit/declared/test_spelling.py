import pytest

from zoll.declared.spelling import bare, loose, spellings


def test_separators_and_case_do_not_matter():
    assert spellings("--max-conn") == spellings("max_conn") == spellings("maxConn")
    assert bare("--max-conn") == bare("MAX_CONN") == bare("maxConn")


@pytest.mark.parametrize(
    ("subject", "word"),
    [
        ("--disable-fd-passing", "fd-passing"),
        ("Session.send", "send"),
        ("src/net/parse.c", "parse.c"),
        ("CVE-2024-1.patch", "CVE-2024-1.patch"),
        ("/api/v1/users/{id}", "users"),
    ],
)
def test_the_telling_part(subject, word):
    assert word in spellings(subject)


def test_short_names_are_not_looked_for():
    assert spellings("-x") == ()


def test_what_a_program_may_put_together():
    assert "max_conn" in loose("ZQ_MAX_CONN")
    assert loose("ZQ_DEBUG") == loose("plain") == () or "debug" in loose("ZQ_DEBUG")
