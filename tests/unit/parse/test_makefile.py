from zoll.parse.makefile import lines, shell_calls


def test_rules_recipes_and_variables():
    text = "include a.mk\nall: CFLAGS += -g\nall install: a \\\n  b\n\t@cc \\\n\t  x\n\techo\nX ?= 1\n\techo no\n"
    assert [(m.kind, m.name, m.value, m.line, m.end) for m in lines(text)] == [
        ("word", "include", "a.mk", 1, 1),
        ("variable", "all:CFLAGS", "-g", 2, 2),
        ("rule", "all install", "a    b", 3, 4),
        ("recipe", "all install", "cc  \t  x", 5, 6),
        ("recipe", "all install", "echo", 7, 7),
        ("variable", "X", "1", 8, 8),
        ("word", "", "echo no", 9, 9),
    ]


def test_a_definition_is_a_recipe():
    assert [m.value for m in lines("define go\ncurl x\nendef\nA != id\n")] == ["curl x", "$(shell id)"]


def test_shell_calls_nest():
    assert list(shell_calls("$(shell a $(shell b))")) == ["a $(shell b)", "b"]
