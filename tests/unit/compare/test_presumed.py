"""Verdicts that start as what nobody checked."""

import pytest

from zoll.compare.presumed import besides, in_any_case, presumed
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

C = """int f(struct conn *c)
{
	int %s;
	while (!authenticated && next(c))
		authenticated = check(c);
	return authenticated ? serve(c) : -1;
}
"""


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("authenticated = c->flags & LOCAL", ["presumed"]),
        ("authenticated = check(c)", []),
        ("authenticated = NONE", []),
        ("authenticated = 0, tries", []),
    ],
)
def test_a_verdict_starts(new, expected):
    sides = []
    for text in (C % "authenticated = 0", C % new):
        opened = open_code(text.encode(), "c")
        sides.append(opened.statements(opened.code.functions[-1]))
    view = View(aligned(*sides), language="c")
    assert [weak.how for run in view.runs for pair in run.pairs for weak in presumed(view, *pair)] == expected


METHOD = "def %s(self, found):\n    return %s\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("__bool__", "self.good", "self.good or self.signer is not None", ["self.signer is not None"]),
        ("is_trusted", "self.known(found)", "self.known(found) or found.local", ["found.local"]),
        ("is_trusted", "self.known(found)", "self.known(found) or False", []),
        ("name", "self.known(found)", "self.known(found) or found.local", []),
        ("name", "verify(found)", "(await verify(found)) or found.local", ["found.local"]),
        ("name", "await verify(found)", "await verify(found) or found.local", ["found.local"]),
        ("name", "await verify(found)", "await verify(found)", []),
        ("pick", "[c for c in found if c.safe]", "[c for c in found if c.safe] or found", ["found"]),
        ("pick", "[c for c in found if c.safe]", "[c for c in found if c.safe] or []", []),
    ],
)
def test_a_verdict_holds_besides(name, old, new, expected):
    sides = []
    for text in (METHOD % (name, old), METHOD % (name, new)):
        opened = open_code(text.encode(), "python")
        sides.append(opened.statements(opened.code.functions[-1]))
    view = View(aligned(*sides), language="python")
    assert [weak.new for run in view.runs for pair in run.pairs for weak in besides(view, *pair)] == expected


PLAIN = """int verify(const char *stored)
{
	int ret = %s;
	if (same(stored))
		ret = 1;
	return ret;
}
"""


def test_what_is_given_back_starts():
    for new, expected in (("stored[0] == 'x'", ["presumed"]), ("-1", []), ("start(stored)", [])):
        sides = []
        for text in (PLAIN % "0", PLAIN % new):
            opened = open_code(text.encode(), "c")
            sides.append(opened.statements(opened.code.functions[-1]))
        view = View(aligned(*sides), language="c")
        assert [weak.how for run in view.runs for pair in run.pairs for weak in presumed(view, *pair)] == expected


TOLD = """def f(self, sock):
    env = {}
%s    env["CLIENT_VERIFY"] = "%s"
    return env
"""


@pytest.mark.parametrize(
    ("text", "inside", "found"),
    [
        ("SUCCESS", "    cert = sock.cert()\n    if cert:\n        env['CERT'] = cert\n", 1),
        ("NONE", "    cert = sock.cert()\n    if cert:\n        env['CERT'] = cert\n", 0),
        ("SUCCESS", "    cert = sock.cert()\n    if cert:\n        env['CERT'] = cert\n    if not cert:\n    ", 0),
    ],
)
def test_a_verdict_that_was_told_in_one_case(text, inside, found):
    old = TOLD % ("    cert = sock.cert()\n    if cert:\n        env['CERT'] = cert\n    ", text)
    sides, new = [], TOLD % (inside, text)
    for each in (old, new):
        opened = open_code(each.encode(), "python")
        sides.append(opened.statements(opened.code.functions[-1]))
    view = View(aligned(*sides), language="python")
    assert sum(1 for index in range(len(view.runs)) for _ in in_any_case(view, index)) == found
