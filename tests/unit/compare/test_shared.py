"""Copies that are made no longer."""

import pytest

from zoll.compare.shared import shared


def told(view_of, language, old, new):
    view = view_of(language, old, new)
    return [(weak.old, weak.new) for run in view.runs for pair in run.pairs for weak in shared(view, *pair)]


PYTHON = "def f(event):\n    scope = {'type': 'http', 'state': %s}\n    return scope\n"
SCRIPT = "function f(session) {\n  const held = %s;\n  return run(held);\n}\n"
GO = "func f(key []byte) *Vault {\n\treturn &Vault{key: %s}\n}\n"
C = "int f(struct conn *c, char *user)\n{\n\tc->user = %s;\n\treturn 0;\n}\n"
JAVA = "class A {\n  void f(Map<String, String> headers) {\n    this.sent = %s;\n  }\n}\n"
RUST = "fn f(state: State) -> Held {\n    let held = Held { state: %s };\n    held\n}\n"


@pytest.mark.parametrize(
    ("language", "form", "old", "new", "count"),
    [
        ("python", PYTHON, "event.state.copy()", "event.state", 1),
        ("python", PYTHON, "dict(event.state)", "event.state", 1),
        ("javascript", SCRIPT, "{ ...session }", "session", 1),
        ("javascript", SCRIPT, "structuredClone(session)", "session", 1),
        ("go", GO, "bytes.Clone(key)", "key", 1),
        ("c", C, "strdup(user)", "user", 1),
        ("java", JAVA, "new HashMap<>(headers)", "headers", 1),
        ("python", PYTHON, "event.state", "event.state.copy()", 0),
        ("python", PYTHON, "event.rows.copy()", "event.rows", 0),
        ("python", PYTHON, "event.state.copy()", "dict(event.state)", 0),
        ("javascript", SCRIPT, "session.clone()", "other", 0),
        ("rust", RUST, "state.clone()", "state", 0),
    ],
)
def test_copies_that_went(view_of, language, form, old, new, count):
    assert len(told(view_of, language, form % old, form % new)) == count
