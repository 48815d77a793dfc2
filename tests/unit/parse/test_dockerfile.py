from zoll.parse.dockerfile import instructions, words_of
from zoll.parse.shell_words import simple_commands


def told(text):
    return [(i.word, i.rest, i.line, i.end) for i in instructions(text)]


def test_directives_comments_and_continuations():
    text = "# syntax=docker/dockerfile:1\nFROM a\n\n# c\nonbuild run x \\\n\n  # d\n  y\nUSER b"
    assert told(text) == [
        ("#syntax", "docker/dockerfile:1", 1, 1),
        ("FROM", "a", 2, 2),
        ("ONBUILD RUN", "x \\\n\\\n\\\n  y", 5, 8),
        ("USER", "b", 9, 9),
    ]


def test_a_here_document_belongs_to_its_instruction():
    assert told("RUN <<EOF\na\nEOF\nUSER x") == [("RUN", "<<EOF\na\nEOF", 1, 3), ("USER", "x", 4, 4)]


def test_a_continued_command_is_one_command():
    told_words = [
        command.words
        for found in instructions("RUN apt install \\\n  # c\n  a \\\n  python3\n")
        for command in simple_commands(found.rest)
    ]
    assert told_words == [("apt", "install", "a", "python3")]


def test_the_exec_form_becomes_a_line():
    assert words_of('["sh", "-c", "a b"]') == "sh -c 'a b'"
    assert words_of('["sh", \\\n "x"]') == "sh x"
    assert words_of("[broken") == "broken"
