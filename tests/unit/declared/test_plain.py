"""Texts become lines as people read them."""

from zoll.declared.plain import plain_lines


def texts(data, name="a.txt"):
    return [(line.number, line.text) for line in plain_lines(data, name)]


def test_plain_text_keeps_its_lines():
    assert texts(b"one\r\n\ntwo") == [(1, "one"), (2, ""), (3, "two")]


def test_html_gives_one_line_for_each_block_and_no_script():
    page = (
        b"<html><head><style>p{}</style></head><body><h1>Notes</h1>\n<ul><li>Fixed <b>x</b> &amp; y\n<li>Added z</ul>"
    )
    assert [text for _, text in texts(page + b"<script>evil()</script>", "n.html")] == [
        "Notes",
        "Fixed x & y",
        "Added z",
    ]


def test_html_is_known_by_what_it_looks_like_and_may_be_broken():
    assert texts(b"<!DOCTYPE html>\n<p>a<p class=x>c</" + b"<" * 2000)[0] == (2, "a")


def test_broken_tags_cost_no_more_than_their_length():
    for piece in (b"<a ", b"<p", b"<!--", b"&"):
        assert len(texts(b"<html>" + piece * 200_000)) <= 1
