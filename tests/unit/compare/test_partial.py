"""Refusals and checks that hold in a part of the cases now."""

import pytest

from zoll.compare.partial import asked_of
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.compare.weakening import weakenings
from zoll.parse.source import open_code

FRAMES = {
    "go": "package a\nfunc f(dn, pass string) error {\n%s\n\treturn nil\n}\n",
    "java": "class A {\n  void f(Response r) throws E {\n%s\n    use(r);\n  }\n}\n",
    "rust": "fn f(keys: &Keys, sig: &[u8]) -> Result<(), E> {\n%s\n    Ok(())\n}\n",
}
GO = "\tif err := conn.Verify(dn, pass); err != nil {\n%s\n\t}"


def statements(language, text):
    opened = open_code((FRAMES[language] % text).encode(), language)
    function = next(one for one in opened.code.functions if one.name.endswith("f"))
    return opened.statements(function)


def found(language, old, new):
    view = View(aligned(statements(language, old), statements(language, new)))
    return [(one.fact.value, one.fact.trait("new")) for one in weakenings(view) if one.fact.kind == "weaker"]


@pytest.mark.parametrize(
    ("language", "old", "new", "said"),
    [
        (
            "go",
            GO % "\t\treturn ErrBad",
            GO % "\t\tif isBad(err) {\n\t\t\treturn ErrBad\n\t\t}\n\t\tlog.Print(err)",
            ("joint", "isBad(err)"),
        ),
        (
            "java",
            "    Validator.validateSignature(r.sig());",
            "    if (r.isSigned()) {\n      Validator.validateSignature(r.sig());\n    }",
            ("scope", "r.isSigned()"),
        ),
        (
            "rust",
            "    keys.verify(sig)?;",
            "    if let Some(key) = keys.get(1) {\n        key.verify(sig)?;\n    }",
            ("scope", "let Some(key) = keys.get(1)"),
        ),
    ],
)
def test_what_holds_in_fewer_cases(language, old, new, said):
    assert said in found(language, old, new)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        # another word for one error, and all others still lead out
        ("go", GO % "\t\treturn ErrBad", GO % "\t\tif isBad(err) {\n\t\t\treturn ErrBad\n\t\t}\n\t\treturn err"),
        # what is not there is no refusal
        ("go", GO % "\t\treturn err", GO % "\t\tif !IsNotFound(err) {\n\t\t\treturn err\n\t\t}"),
        # what is switched on in the settings
        ("java", "    verifyToken(r);", "    if (config.isChecked()) {\n      verifyToken(r);\n    }"),
        # what is missing is made
        ("java", "    t = verifyToken(r);", "    if (t == null) {\n      t = verifyToken(r);\n    }"),
        # the other case verifies as well
        (
            "java",
            "    verifyToken(r);",
            "    if (r.old()) {\n      verifyToken(r);\n    } else {\n      fail(r);\n    }",
        ),
    ],
)
def test_what_holds_in_as_many(language, old, new):
    assert [one for one in found(language, old, new) if one[0] in {"joint", "scope"}] == []


def test_the_call_that_a_condition_asks_of():
    side = statements("go", "\tuser, err := verify(dn)\n\tif err != nil {\n\t\treturn err\n\t}")
    assert asked_of(side, 2) == "verify"
