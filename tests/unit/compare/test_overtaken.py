"""What is checked only after its use, and deeds that are done before anybody is asked."""

from zoll.compare.overtaken import overtaken
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def found_in(language, old, new, *, compiled=False):
    opened = [open_code(text.encode(), language) for text in (old, new)]
    sides = [one.statements(max(one.code.functions, key=lambda f: len(one.statements(f)))) for one in opened]
    return [(one.value, one.call, one.effect) for one in overtaken(View(aligned(*sides), compiled=compiled))]


def test_of_two_checks_either_may_come_first():
    before = "    if (claims.userinfo && !enabled) {\n      throw new Invalid('userinfo');\n    }\n"
    asserted = "    assertClaims(claims);\n"
    script = "function f(claims, enabled) {\n%s    return serve(claims);\n}\n"
    assert found_in("javascript", script % (before + asserted), script % (asserted + before)) == []
    used = asserted.replace("assertClaims", "remember")
    assert [one[0] for one in found_in("javascript", script % (before + used), script % (used + before))] == ["check"]


def test_blocks_of_machine_code_that_lead_nowhere_to_each_other_have_no_order():
    check, end = "        if (check(arg1)) {\n            return -1;\n        }\n", "}\n"
    old = (
        "int f(void) {\n    if (arg2) {\n"
        + check
        + "    }\n    if (arg3) {\n        use(arg1);\n    }\n    go(1);\n"
        + end
    )
    new = (
        "int f(void) {\n    if (arg3) {\n        use(arg1);\n    }\n    if (arg2) {\n"
        + check
        + "    }\n    go(1);\n"
        + end
    )
    assert found_in("c", old, new, compiled=True) == []
    straight = "int f(void) {\n    if (check(arg1)) {\n        return -1;\n    }\n    use(arg1);\n    go(1);\n" + end
    turned = "int f(void) {\n    use(arg1);\n    if (check(arg1)) {\n        return -1;\n    }\n    go(1);\n" + end
    for compiled in (True, False):
        assert [one[2] for one in found_in("c", straight, turned, compiled=compiled)] == ["late"]


def test_a_use_that_overtakes_what_says_whether_it_is_right():
    check = "  const ok = verify('sha256', data, key, sig);\n  if (!ok) {\n    throw new Error('bad');\n  }\n"
    script = "async function install(data, key, sig, n) {\n  prepare(n);\n%s  return n;\n}\n"
    used, other = "  await unpack(data, n);\n", "  await count(n);\n"
    assert [one[0] for one in found_in("javascript", script % (check + used), script % (used + check))] == ["guard"]
    assert found_in("javascript", script % (check + other), script % (other + check)) == []


GO = """package a
func (s *Server) update(w http.ResponseWriter, r *http.Request) {
	user := userFrom(r)
%s}
"""
ASKED = "\tif !s.acl.Allowed(user) {\n\t\thttp.Error(w, why, 403)\n\t\treturn\n\t}\n"
DONE = "\ts.store.Apply(r.Context())\n"


def test_a_deed_before_the_check_that_it_stood_behind():
    assert ("guard", "s.store.Apply", "done") in found_in("go", GO % (ASKED + DONE), GO % (DONE + ASKED))
    looked = "\tlog.Println(user)\n"
    assert not [one for one in found_in("go", GO % (ASKED + looked), GO % (looked + ASKED)) if one[2] == "done"]
