"""Cases that refused and are let in now."""

import pytest

from zoll.compare.arms import fewer_refused, opened
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


TUPLE = """fn f(u: bool, s: bool, p: Option<u8>) -> R {
    match (u, s, p) {
        %s
        (true, true, _) => Ok(()),
        %s
    }
}
"""
MATCH = """def f(u, s):
    match (u, s):
        case %s:
            raise Refused("x")
        case _:
            return True
"""
REFUSED = "(true, false, _) => Err(E),"


@pytest.mark.parametrize(
    ("language", "old", "new", "less"),
    [
        ("rust", (REFUSED, "_ => Ok(()),"), ("(true, false, Some(_)) => Err(E),", "_ => Ok(()),"), True),
        ("rust", (REFUSED, "_ => Ok(()),"), ("(true, false, _) if p.is_some() => Err(E),", "_ => Ok(()),"), True),
        ("rust", (REFUSED, "_ => Err(D),"), ("(true, false, Some(_)) => Err(E),", "_ => Err(D),"), False),
        (
            "rust",
            (REFUSED, "_ => Ok(()),"),
            ("(true, false, Some(_)) => Err(E), (true, false, None) => Err(D),", "_ => Ok(()),"),
            False,
        ),
        ("rust", (REFUSED, "_ => Ok(()),"), ("(true, false, kind) => Err(E),", "_ => Ok(()),"), False),
        ("rust", ("(true, false, Some(_)) => Err(E),", "_ => Ok(()),"), (REFUSED, "_ => Ok(()),"), False),
        ("python", ("(False, _)",), ("(False, 3)",), True),
        ("python", ("(False, _)",), ("(False, x)",), False),
        ("python", ("(False, 3)",), ("(False, _)",), False),
    ],
)
def test_a_case_that_refuses_less(language, old, new, less):
    sides = []
    for parts in (old, new):
        code = open_code(((TUPLE if language == "rust" else MATCH) % parts).encode(), language)
        sides.append(code.statements(code.code.functions[-1]))
    view = View(aligned(*sides))
    assert any(any(fewer_refused(view, *pair)) for run in view.runs for pair in run.pairs) is less
