from zoll.parse.invocations import invocations


def told(text, **how):
    return [(call.name, call.args, call.line, call.depth) for call in invocations(text, **how)]


def test_meson_arguments_part_at_commas():
    text = "x = custom_target('a',\n  command: ['b', 'c'], # d\n  install: true)\n"
    assert told(text) == [("custom_target", ("a", "command: [b", "c]", "install: true"), 1, 0)]
    assert next(invocations(text)).target == "x"


def test_cmake_arguments_part_at_blanks():
    assert told('execute_process(COMMAND sh -c "a b"\n  OUTPUT_VARIABLE c)', blanks=True) == [
        ("execute_process", ("COMMAND", "sh", "-c", "a b", "OUTPUT_VARIABLE", "c"), 1, 0)
    ]


def test_long_strings_of_cmake():
    assert told("set(A [==[x ) ]] y]==] b)", blanks=True) == [("set", ("A", "x ) ]] y", "b"), 1, 0)]


def test_openings_without_end_cost_nothing():
    assert told("[[" * 100_000, blanks=True) == []
