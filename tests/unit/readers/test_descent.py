"""What a value was made of."""

from zoll.parse.source import open_code
from zoll.readers.descent import made_of, names_in

SOURCE = b"""
def f(sock, conf):
    user = conf.user
    path = join(user, "a")
    other = 1
    return open(path)
"""


def test_what_locals_were_given_stands_behind_them():
    opened = open_code(SOURCE, "python")
    function = next(one for one in opened.code.functions if one.name == "f")
    statements = opened.statements(function)
    found = [text for text, _ in made_of(statements, len(statements) - 1, "path")]
    assert found == ["path", 'join(user, "a")', "conf.user"]


def test_members_and_texts_are_no_locals():
    assert names_in('join(root, "a", self.dir)') == {"join", "root"}
