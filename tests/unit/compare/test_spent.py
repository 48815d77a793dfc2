"""What was used up, renewed or called back."""

import pytest

from zoll.compare.spent import spent
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

JAVA = "class A { String refresh(Token token) { check(token); %s repository.save(token); return issue(token); } }"
OTP = """def check(device, code):
    if not totp.verify(code):
        return False
%s    device.last_code = code
    device.save()
    return True
"""
ASKED = "    if device.last_code == code:\n        return False\n"
LOGIN = "async function login(req, res) {\n  const user = await find(req);\n  %s\n  req.session.userId = user.id;\n}\n"
PARSER = "package a\nfunc f(s *S, c *Code) (*Node, error) {\n\t%s\n\treturn s.node(c)\n}\n"
CODES = "package a\nfunc f(s *S, c *Code) (*Token, error) {\n\tauthenticate(c)\n\t%s\n\treturn s.issue(c)\n}\n"


def told(language, old, new):
    sides, lines = [], []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
        lines.append(text.split("\n"))
    return [(lost.call, lost.effect) for lost in spent(View(aligned(*sides), *lines, language=language))]


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "expected"),
    [
        ("java", JAVA, "token.setRevoked(true);", "", [("token.setRevoked", "spent")]),
        ("python", OTP, ASKED, "", [("device.last_code", "again")]),
        ("javascript", LOGIN, "req.session.regenerate();", "", [("req.session.regenerate", "spent")]),
        ("go", CODES, "s.codes.Delete(c.Value)", "", [("s.codes.Delete", "spent")]),
        ("java", JAVA, "token.setRevoked(true);", "token.markUsed();", []),
        ("java", JAVA, "token.setOwner(u);", "", []),
        ("python", OTP, ASKED, ASKED.replace("==", "=="), []),
        ("go", CODES, "s.cache.Delete(c.Value)", "", []),
        ("go", PARSER, "s.tokens.Remove(c)", "", []),
        ("javascript", LOGIN, "session.delete('page');", "", []),
    ],
)
def test_what_serves_again(language, form, old, new, expected):
    assert told(language, form % old, form % new) == expected


OTP = (
    "int otp_check(struct u *u, unsigned code)\n"
    "{\n"
    "\tif (hotp(u->key, c) == code) {\n"
    "\t\tu->counter = %s;\n"
    "\t\treturn 1;\n"
    "\t}\n"
    "\treturn 0;\n"
    "}\n"
)


def test_a_counter_that_stays():
    assert told("c", OTP % "c + 1", OTP % "c") == [("u->counter", "unmoved")]
    assert not told("c", OTP % "c + 1", OTP % "++c")
