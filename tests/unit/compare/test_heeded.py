"""Answers that something looks at stay so where they come back by another way."""

from zoll.compare.dropped import lost_safeguards
from zoll.compare.heeded import answers
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def dropped_in(language, *texts):
    opened = [open_code(text.encode(), language) for text in texts]
    sides = [one.statements(max(one.code.functions, key=lambda f: len(one.statements(f)))) for one in opened]
    return [found.value for found in lost_safeguards(View(aligned(*sides)))]


NAMED = """int f(int sd) {
    int rc;
    rc = getpeername(sd, &addr, &length);
    %s
    if ((rc = handshake(sd)) != 1)
        return -1;
    return go(&addr, rc);
}
"""


def test_a_result_that_was_never_looked_at_is_no_check():
    plainly = NAMED.replace("rc = getpeername", "getpeername")
    assert dropped_in("c", NAMED % "use(&addr);", plainly % "use(&addr);") == []
    assert dropped_in("c", NAMED % "use(&addr); rc = go(0);", plainly % "use(&addr); rc = go(0);") == []
    assert dropped_in("c", NAMED % "if (rc) return -1;", plainly % "use(&addr);") != []


ASKS = """int f(struct w *w) {
  int ret;
  if ((ret = check_request(w->buffer, w)) != 0) {
    return drop(w);
  }
  return go(w);
}"""


def test_a_result_that_comes_back_in_a_variable_is_looked_at_in_another_condition():
    old = ASKS.replace(
        "return drop(w);", "if (ret != -1) {\n      set(w, ret);\n      return 1;\n    }\n    return drop(w);"
    )
    new = (
        old.replace("  int ret;\n", "  struct result found;\n  check_request(w->buffer, w, &found);\n")
        .replace("(ret = check_request(w->buffer, w)) != 0", "found.value != 0")
        .replace("ret != -1", "found.value != -1")
        .replace("set(w, ret)", "set(w, found.value)")
    )
    assert dropped_in("c", old, new) == []


def test_a_result_that_comes_back_in_a_variable_is_looked_at():
    new = ASKS.replace("int ret;", "struct result found;\n  check_request(w->buffer, w, &found);").replace(
        "(ret = check_request(w->buffer, w))", "found.value"
    )
    assert dropped_in("c", ASKS, new) == []
    assert dropped_in("c", ASKS, new.replace("found.value != 0", "w->old != 0")) == ["guard"]


def test_the_last_call_of_a_block_is_its_answer():
    old = "def f(key)\n  Signature.verify(key, @signature)\nend\n"
    new = "def f(key)\n  allowed.any? do |alg|\n    alg.verify(key, @signature)\n  end\nend\n"
    assert dropped_in("ruby", old, new) == []


def test_to_go_on_is_no_check():
    script = "function f(req, next) {\n  if (req.done) {\n    %s\n  }\n  serve(req);\n}\n"
    assert dropped_in("javascript", script % "return next();", script % "next();\n    return;") == []


LAMBDA = "def f(self, keys):\n    keys = %s\n    return keys[0]\n"


def test_what_a_function_without_a_name_gives_back_is_looked_at():
    old = LAMBDA % "[key for key in keys if self.is_allowed(key)]"
    assert dropped_in("python", old, LAMBDA % "list(filter(lambda key: self.is_allowed(key), keys))") == []
    assert dropped_in("python", old, LAMBDA % "[self.is_allowed(key) or key for key in keys]") != []


def test_the_error_beside_a_value_tells_how_a_call_went():
    assert answers("user, err") == {"err"}
    assert answers("_, ok") == {"ok"}
    assert answers("v, _") == {"v"}
