from zoll.parse.ini_paths import entries, logical_lines


def told(text, **how):
    return [(entry.path, entry.value, entry.line) for entry in entries(text, **how)]


def test_an_indented_line_continues():
    text = "[options]\ninstall_requires =\n    a>=1\n    # note\n    b\nzip_safe = no\n"
    assert told(text) == [
        ("options.install_requires[]", "a>=1", 3),
        ("options.install_requires[]", "b", 5),
        ("options.zip_safe", "no", 6),
    ]


def test_units_continue_with_a_backslash_and_know_no_colon():
    assert told("[Service]\nExecStart=/a \\\n  b:c\nX:y\n", colon=False, indent=False) == [
        ("Service.ExecStart", "/a    b:c", 2),
        ("Service.X:y", "", 4),
    ]


def test_environment_files():
    assert told("export A='b c'\nD=\n", colon=False, indent=False) == [("A", "b c", 1), ("D", "", 2)]


def test_logical_lines_end_with_the_text():
    assert list(logical_lines("a\\")) == [(1, 1, "a")]
