from zoll.parse.toml_paths import entries, names


def told(text):
    return [(entry.path, entry.value, entry.line, entry.end) for entry in entries(text)]


def test_tables_arrays_and_inline_tables():
    text = '[a]\nb = "x" # note\n[[c.d]]\ne = [\n  1,\n  "f", # g\n]\nh.i = { j = true, "k.l" = 2 }\n'
    assert told(text) == [
        ("a.b", "x", 2, 2),
        ("c.d[].e[]", "1", 5, 5),
        ("c.d[].e[]", "f", 6, 6),
        ("c.d[].h.i.j", "true", 8, 8),
        ("c.d[].h.i.k.l", "2", 8, 8),
    ]


def test_long_strings_keep_counting():
    assert told('a = """\nx\ny"""\nb = 1') == [("a", "x\ny", 1, 3), ("b", "1", 4, 4)]


def test_what_is_no_toml_is_passed_over():
    assert told("{{ template }}\na = 1\n= 2\n") == [("a", "1", 2, 2)]


def test_quoted_names():
    assert names("a.'b.c'.\"d\"") == ("a", "b.c", "d")
