"""Cases that refused and are let in now."""

import pytest

from zoll.compare.arms import opened
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

RUST = """fn f(s: &S, kind: u8) -> Result<(), Error> {
    match s.state() {
        State::Ready => s.run(kind),
        State::New => %s,
        _ => Err(Error::State),
    }
}
"""


def said(old, new):
    sides = []
    for text in (old, new):
        code = open_code((RUST % text).encode(), "rust")
        sides.append(code.statements(code.code.functions[-1]))
    return [(one.text, two.text) for _, one, two in opened(View(aligned(*sides)))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Err(Error::New)", "s.run(kind)", [("Err(Error::New)", "s.run(kind)")]),
        ("Err(Error::New)", "Err(Error::Early)", []),
        ("Err(Error::New)", "s.greet(kind)", []),
        ("s.run(kind)", "Err(Error::New)", []),
    ],
)
def test_a_case_beside_is_let_in(old, new, expected):
    assert said(old, new) == expected
