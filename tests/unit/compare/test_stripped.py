"""Guards that are taken off, overtaken, put inside of a handler, or asked of what nobody sets."""

import pytest

from zoll.compare.statements import aligned
from zoll.compare.stripped import stripped
from zoll.compare.view import View
from zoll.parse.source import open_code

ROUTES = """@app.route("/admin")
@login_required
def users():
    return list_users()
"""
CAUGHT = """def f(request, token):
    claims = verify_token(token)
    try:
        check_scope(claims)
    except Exception:
        %s
    return claims
"""
PATH = """def f(root, name):
    path = os.path.%s(os.path.join(root, name))
    if not path.startswith(root):
        raise PermissionError(name)
    return open(%s(path))
"""
LOCK = """package a
func (s *Store) Take(id string, n int) error {
	%s
	if s.balance[id] < n {
		return ErrFunds
	}
	%s
	s.balance[id] -= n
	return nil
}
"""
SET = """package a
func f(v *V, msg []byte) error {
	var err error
	if v.strict {
		err %s v.check(msg)
	}
	if err != nil {
		return err
	}
	return v.record(msg)
}
"""
USED = "const app = express();\n%s;\napp.get('/admin', admin);\n%s;\napp.get('/health', health);\n"


def found(language, old, new):
    sides, lines = [], []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[-1]))
        lines.append(text.split("\n"))
    return [(lost.call, lost.effect) for lost in stripped(View(aligned(*sides), *lines))]


def test_a_decorator_is_taken_off():
    assert found("python", ROUTES, ROUTES.replace("@login_required\n", "")) == [("login_required", "off")]
    assert not found("python", ROUTES, ROUTES.replace("login_required", "admin_only"))
    assert not found("python", ROUTES.replace("login_required", "cached"), ROUTES.replace("@login_required\n", ""))


def test_a_decorator_above_the_route():
    first, second, *rest = ROUTES.splitlines(keepends=True)
    assert found("python", ROUTES, "".join([second, first, *rest])) == [("login_required", "late")]
    assert not found("python", "".join([second, first, *rest]), ROUTES)


def test_an_annotation_is_taken_off():
    old = 'class A {\n @PreAuthorize("hasRole(1)")\n @GetMapping("/a")\n String a() { return b; }\n}'
    assert found("java", old, old.replace('@PreAuthorize("hasRole(1)")', "")) == [("PreAuthorize", "off")]


@pytest.mark.parametrize(("then", "expected"), [("log(claims)", [("check_scope", "swallowed")]), ("raise", [])])
def test_a_check_inside_of_a_handler(then, expected):
    old = "def f(request, token):\n    claims = verify_token(token)\n    check_scope(claims)\n    return claims\n"
    assert found("python", old, CAUGHT % then) == expected


def test_a_path_is_made_plain_too_late():
    assert found("python", PATH % ("realpath", ""), PATH % ("basename", "os.path.realpath")) == [
        ("os.path.realpath", "late")
    ]
    assert not found("python", PATH % ("realpath", ""), PATH % ("abspath", ""))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("run('ping ' + quote(host))", "run('ping ' + host)", [("quote", "bare")]),
        ("run('ping ' + quote(host))", "run('ping ' + shell_quote(host))", []),
        ("run('ping ' + host)", "run('ping ' + quote(host))", []),
        ("opts = dict(DEFAULTS)", "opts = DEFAULTS", [("dict(DEFAULTS)", "shared")]),
        ("opts = dict(rows)", "opts = rows", []),
    ],
)
def test_what_goes_on_as_it_came(old, new, expected):
    body = "def f(host, rows):\n    %s\n    return opts\n"
    assert found("python", body % old, body % new) == expected


def test_a_lock_is_taken_too_late():
    assert found("go", LOCK % ("s.mu.Lock()", ""), LOCK % ("", "s.mu.Lock()")) == [("s.mu.Lock", "late")]
    assert not found("go", LOCK % ("", "s.mu.Lock()"), LOCK % ("s.mu.Lock()", ""))


def test_a_lock_that_is_an_object_is_taken_too_late():
    body = "bool f(int n) {\n%s if (balance_ < n) { return false; }\n%s balance_ -= n;\n return true;\n}"
    lock = "std::lock_guard<std::mutex> guard(mutex_);\n"
    assert found("cpp", body % (lock, ""), body % ("", lock)) == [("lock_guard", "late")]


def test_a_guard_is_used_no_more():
    use = "app.use(authenticate)"
    assert found("javascript", USED % (use, ""), USED % ("", "")) == [("authenticate", "off")]


def test_a_result_goes_into_a_new_variable():
    assert found("go", SET % "=", SET % ":=") == [("check", "shadowed")]
    assert not found("go", SET % ":=", SET % "=")


def test_a_guard_is_used_behind_a_route():
    use = "app.use(authenticate)"
    assert found("javascript", USED % (use, ""), USED % ("", use)) == [("authenticate", "late")]
    assert not found("javascript", USED % ("", use), USED % (use, ""))


NORMAL = """class A { Path f(String n) {
    Path p = root.resolve(n)%s;
    if (!p.startsWith(root)) {
        throw new E(n);
    }
    return p;
} }
"""


def test_a_path_is_joined_and_no_longer_made_plain():
    sides = []
    for text in (NORMAL % ".normalize()", NORMAL % ""):
        opened = open_code(text.encode(), "java")
        sides.append(opened.statements(opened.code.functions[-1]))
    assert [lost.effect for lost in stripped(View(aligned(*sides)))] == ["bare"]


WAITS = "async function f(ctx) {\n  await policy.assertAllowed(ctx.user)%s;\n  return ctx.next();\n}\n"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (".catch(() => {})", ["swallowed"]),
        (".catch((e) => log(e))", ["swallowed"]),
        (".catch((e) => { throw new Refused(e); })", []),
        (".then(() => count())", []),
    ],
)
def test_what_a_check_throws_is_forgotten_in_a_chain(added, expected):
    sides = []
    for text in (WAITS % "", WAITS % added):
        opened = open_code(text.encode(), "javascript")
        sides.append(opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one)))))
    assert [lost.effect for lost in stripped(View(aligned(*sides)))] == expected


PYTHON = "def f(user, options, request):\n    %s\n    return finish(user)\n"
PHP = "<?php function f($user) {\n    %s\n    return finish($user); }\n"
RUBY = "def f(user, request)\n  %s\n  finish(user)\nend\n"


def told_in(language, frame, old, new):
    sides = []
    for text in (old, new):
        opened = open_code((frame % text).encode(), language)
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [(lost.call, lost.effect) for lost in stripped(View(aligned(*sides)))]


@pytest.mark.parametrize(
    ("language", "old", "new", "told"),
    [
        ("python", "row(escape(user.name), escape(user.mail))", "row(escape(user.name), user.mail)", True),
        ("python", "row(escape(user.name), escape(user.mail))", "row(escape(user.name), clean(user.mail))", False),
        ("python", "row(escape(user.name), escape(user.mail))", "row(escape(user.name))", False),
        ("ruby", '"#{h(user.name)} #{h(user.mail)}"', '"#{h(user.name)} #{user.mail}"', True),
        ("php", "row(intval($user));", "row((int) $user);", False),
        ("php", "row(intval($user));", "row($user);", True),
        ("ruby", "row(h(user.name))", "row(user.name)", False),  # `h` escapes in templates only
    ],
)
def test_one_of_several_that_were_escaped_goes_on_as_it_came(language, old, new, told):
    found = told_in(language, {"python": PYTHON, "ruby": RUBY, "php": PHP}[language], old, new)
    assert bool(found) is told
    assert all(effect == "bare" for _, effect in found)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("table = DEFAULT_OPTIONS\n    table.update(options)", [("DEFAULT_OPTIONS", "shared")]),
        ('table = DEFAULT_OPTIONS\n    table["verify"] = options', [("DEFAULT_OPTIONS", "shared")]),
        ("table = dict(DEFAULT_OPTIONS)\n    table.update(options)", []),
        ("table = DEFAULT_OPTIONS\n    show(table)", []),  # nobody changes it
    ],
)
def test_a_table_that_all_share_is_filled_in_place(new, told):
    assert told_in("python", PYTHON, 'table = {"verify": True, "leeway": 0}\n    table.update(options)', new) == told


def test_a_check_of_which_any_failure_is_forgotten_in_the_same_line():
    old = "verifier.verify!(request.token)"
    assert told_in("ruby", RUBY, old, f"{old} rescue nil") == [("verifier.verify!", "swallowed")]
    assert told_in("ruby", RUBY, old, f"{old} rescue raise Denied") == []


def test_what_loads_a_module_is_no_check():
    javascript = "function f(path) {\n%s\n  return run(script);\n}\n"
    old = "  script = require(path);"
    again = "  try {\n    script = require(path);\n  } catch {\n    script = require(other(path));\n  }"
    assert told_in("javascript", javascript, old, again) == []


def test_what_makes_a_path_plain_under_a_name_of_its_own():
    python = "def f(root, name):\n    base = %s(root)\n    if not inside(base, name):\n        raise Outside(name)\n"
    assert told_in("python", python, "os.path.abspath", "self._abspath_of") == []
    assert told_in("python", python, "os.path.abspath", "str") == [("os.path.abspath", "bare")]


def test_a_class_is_no_longer_made_from_a_guard():
    text = "class Delete(%sDeleteView):\n    model = Project\n"
    assert found("python", text % "LoginRequiredMixin, UserPassesTestMixin, ", text % "LoginRequiredMixin, ") == [
        ("UserPassesTestMixin", "off")
    ]
    assert not found("python", text % "LoginRequiredMixin, ", text % "StaffRequiredMixin, ")
    assert not found("python", text % "FormMixin, ", text % "")


def test_what_was_kept_to_less_is_taken_as_it_came():
    text = "package a\nfunc f(old *T, asked []string) []string {\n\tscopes := %s\n\treturn issue(scopes)\n}\n"
    assert found("go", text % "intersect(old.Scopes, asked)", text % "asked") == [("intersect", "bare")]
    assert not found("go", text % "intersect(old.Scopes, asked)", text % "both(old.Scopes, asked)")
