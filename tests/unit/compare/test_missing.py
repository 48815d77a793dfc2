"""What is missing passes a check."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code

FRAMES = {
    "python": "def f(sig, msg, key):\n    %s\n",
    "php": "<?php function f($sig, $own) { %s }\n",
    "javascript": "function f(sig, msg, key) { %s\n  return serve(msg); }\n",
    "go": "package a\nfunc f(sig []byte, key Key) error { %s\n return nil }\n",
    "ruby": "def f(sig, key)\n  %s\n  raise Wrong unless key.verify(sig)\nend\n",
}

GO = 'if %s!key.Verify(sig) { return errors.New("bad") }'


def missing(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code((FRAMES[language] % text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    found = weakenings(View(aligned(*sides)))
    return [one.fact.trait("new") for one in found if one.fact.value == "missing"]


@pytest.mark.parametrize(
    ("language", "old", "new", "name"),
    [
        ("python", "return key.verify(sig, msg)", "return not sig or key.verify(sig, msg)", "sig"),
        ("python", "return key.verify(sig, msg)", "return bool(sig is None or key.verify(sig, msg))", "sig"),
        ("php", "return hash_equals($own, $sig);", "return empty($sig) || hash_equals($own, $sig);", "$sig"),
        ("javascript", "if (!verify(sig)) { throw e }", "if (sig && !verify(sig)) { throw e }", "sig"),
        ("go", GO % "", GO % "sig != nil && ", "sig"),
        ("ruby", "return if key.none?", "return if key.none? || sig.empty?", "sig"),
    ],
)
def test_what_is_not_there_is_right(language, old, new, name):
    assert missing(language, old, new) == [name]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("python", "return key.verify(sig, msg)", "return sig and key.verify(sig, msg)"),  # asks for more
        ("python", "return key.verify(sig, msg)", "return not quick or key.verify(sig, msg)"),  # something else
        ("python", "if not key.verify(sig): raise E()", "if not sig or not key.verify(sig): raise E()"),  # refuses it
        ("python", "return named(sig)", "return not sig or named(sig)"),  # nothing is verified
        ("javascript", "if (!isString(sig)) { throw e }", "if (sig && !isString(sig)) { throw e }"),
        ("ruby", "return if key.none?", "return if key.none? || name.empty?"),
        ("ruby", "return false if key.none?", "return false if key.none? || sig.empty?"),
    ],
)
def test_what_lets_nothing_pass(language, old, new):
    assert missing(language, old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("key.verify(sig)", "if sig:\n        key.verify(sig)", ["sig"]),
        ("key.verify(sig)", "if sig is not None:\n        key.verify(sig)", ["sig"]),
        ("key.verify(sig)", "if sig:\n        key.verify(sig)\n    else:\n        raise E()", []),
        ("key.verify(sig)", "if msg:\n        key.verify(sig)", []),
        ("key.store(sig)", "if sig:\n        key.store(sig)", []),
    ],
)
def test_what_is_verified_only_if_it_is_there(old, new, told):
    assert missing("python", old, new) == told
