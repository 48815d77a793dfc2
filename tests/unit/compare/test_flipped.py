import pytest

from zoll.compare.flipped import flips
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

GO = "package a\nfunc f(c []C) error {\n\tif len(c) == 0 {\n\t\t%s\n\t}\n\treturn g.checkPeer(c[0])\n}\n"
CPP = "bool f(const M& m) {\n  if (m.plain) {\n    %s\n  }\n  return false;\n}\n"
CATCH = "S f(const M& m) {\n  try {\n    verify(m);\n  } catch (%s) {\n    return %s;\n  }\n  return S::ok;\n}\n"
RUST = "fn f(r: R) -> bool {\n    match r {\n        R::A => true,\n        _ => %s,\n    }\n}\n"


def found(language, old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    return [(flip.weak.old, flip.weak.new, flip.weak.how) for flip in flips(View(aligned(*sides)))]


def test_an_error_that_is_nil():
    assert found("go", GO % 'return errors.New("none")', GO % "return nil") == [('errors.New("none")', "nil", "")]
    assert not found("go", GO % "return nil", GO % 'return errors.New("none")')
    assert not found("go", GO % 'return errors.New("none")', GO % 'return errors.New("no chain")')


def test_the_same_answer_with_an_error_beside_it():
    old = "package a\nfunc f(c []C) bool {\n\tgo_(c)\n\treturn false\n}\n"
    new = old.replace(") bool", ") (bool, error)")
    assert not found("go", old, new.replace("false", "false, nil"))
    assert found("go", old, new.replace("false", "true, nil"))


def test_a_variable_in_the_end_may_hold_no_error():
    go = "package a\nfunc f(c []C) error {\n\terr := all(c)\n\t%s\n}\n"
    assert not found("go", go % "return err", go % "return nil")


def test_an_answer_that_is_fixed():
    assert found("cpp", CPP % "return is_allowed(m.type);", CPP % "return true;") == [
        ("is_allowed(m.type)", "true", "fixed")
    ]
    assert not found("cpp", CPP % "return count(m.type);", CPP % "return true;")


TRIES = "fn f(c: &C) -> Result<V, E> {\n    let p = parse(c)?;\n    %s\n}\n"


def test_what_may_still_fail_is_not_fixed():
    old = TRIES % "p.verify_name(c).map(|_| V::new())"
    assert found("rust", old, TRIES % "Ok(V::assertion())")
    assert found("rust", old, TRIES % "let _ = verify_name(&p, c);\n    Ok(V::assertion())")
    assert not found("rust", old, TRIES % "verify_name(&p, c)?;\n    Ok(V::assertion())")
    assert not found("rust", old, TRIES % "Ok(V { name: read(c)? })")


def test_a_handler_that_is_another_too():
    assert found("cpp", CATCH % ("const E& e", "S::forbidden"), CATCH % ("...", "S::ok"))


@pytest.mark.parametrize(("old", "new", "many"), [("false", "true", 1), ("true", "false", 0)])
def test_short_values_meet_by_their_place(old, new, many):
    assert len(found("rust", RUST % old, RUST % new)) == many


def test_a_parameter_that_nobody_gave_is_no_result():
    script = "function find(domain, allowLocal) {\n  if (!domain) {\n    allowLocal = %s;\n  }\n  go(allowLocal);\n}\n"
    assert not found("javascript", script % "false", script % "true")
    own = (
        script.replace(", allowLocal)", ")", 1)
        .replace("  if", "  let allowed = null;\n  if")
        .replace("allowLocal =", "allowed =")
    )
    assert found("javascript", own % "false", own % "true")
    out = "void f(const M& m, bool& ok) {\n  if (m.plain) {\n    ok = %s;\n  }\n  go(m);\n}\n"
    assert found("cpp", out % "false", out % "true")


def test_what_was_not_done_yet_is_done_now():
    go = "package p\n\nfunc f(b []byte) (*W, error) {\n\treturn %s\n}\n"
    assert not found("go", go % 'nil, errors.New("watching is not yet supported here")', go % "&W{b: b}, nil")
    assert found("go", go % 'nil, errors.New("signature does not fit")', go % "&W{b: b}, nil")


ALLOWED = "int allowed(struct s *c)\n{\n\tif (c->known)\n\t\treturn 1;\n\treturn %s;\n}\n"
VERIFIED = "int check(struct p *c, int n)\n{\n\tif (digest_cmp(c, n) != 0)\n\t\treturn %s;\n\treturn 0;\n}\n"


def test_a_fixed_no_that_is_asked_for():
    assert found("c", ALLOWED % "0", ALLOWED % "c->groups > 32") == [("0", "c->groups > 32", "besides")]
    assert found("c", VERIFIED % "-1", VERIFIED % "c->code - ACCEPT") == [("-1", "c->code - ACCEPT", "besides")]
    assert not found("c", VERIFIED % "-1", VERIFIED % "-EACCES")
    assert not found("c", VERIFIED % "-1", VERIFIED % "ret")
