from zoll.parse.entry import Entry, listed, value_type


def test_a_list_shows_behind_its_key():
    assert listed(("a", "b")) == ("a", "b[]")
    assert listed(()) == ("[]",)


def test_values_have_a_class():
    assert [value_type(text) for text in ("on", "No", "12", "-1.5e3", "0x10", "12:30", "")] == [
        "true", "false", "number", "number", "number", "text", "text",
    ]  # fmt: skip


def test_a_quoted_value_is_text():
    assert Entry(("a",), "true", 1, quoted=True).type == "text"
    assert Entry(("a", "b[]"), "1", 1).key == "b"
