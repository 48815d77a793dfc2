from zoll.parse.fields import json_of, objects, packages, table, text, toml_of


def test_plain_values_or_empty_ones():
    told = json_of(b'{"a": {"b": "c", "d": [1, {"e": 2}]}}')
    assert text(table(told, "a"), "b") == "c"
    assert objects(table(told, "a"), "d") == [{"e": 2}]
    assert (text(told, "a"), table(told, "x"), objects(told, "a")) == ("", {}, [])
    assert json_of(b"\xff{") is None
    assert toml_of(b"= 1") == {}
    assert list(packages("A: 1\nB: 2\n\nA: 3\n")) == [(1, {"A": "1", "B": "2"}), (4, {"A": "3"})]
