"""Lists that let in or keep out, and tables of rights."""

import time

import pytest

from zoll.compare.listed import listings
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def found(old, new, name="", language="python"):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        function = next(one for one in opened.code.functions if one.name == name)
        sides.append(opened.statements(function))
    lines = old.split("\n"), new.split("\n")
    view = View(aligned(*sides, *lines), *lines)
    return [(one.fact.value, one.fact.trait("how"), one.fact.trait("new"), one.line) for one in listings(view)]


def test_a_list_of_the_exempt_grew():
    assert found('EXEMPT = {"OPTIONS"}\n', 'EXEMPT = {"OPTIONS", "HEAD"}\n') == [("exempting", "grew", '"HEAD"', 1)]
    assert found('METHODS = {"OPTIONS"}\n', 'METHODS = {"OPTIONS", "HEAD"}\n') == []
    assert found('SAFE = "GET,HEAD"\n', 'SAFE = "GET,HEAD,POST"\n') == [("exempting", "grew", "POST", 1)]


def test_a_list_of_the_refused_shrank():
    old = 'BLOCKED = ["a.example", "b.example", "c.example"]\n'
    assert found(old, old.replace('"b.example", ', "")) == [("refusing", "shrank", '"b.example"', 1)]
    assert found('DENIED = re.compile("a|b|c")\n', 'DENIED = re.compile("a|c")\n') == [("refusing", "shrank", "b", 1)]
    assert found(old, old.replace('"b', '"d')) == []
    assert found(old, old.replace(".example", ".test"))[0][:3] == ("refusing", "shrank", '"a.example"')
    assert found(old.replace("BLOCKED", "HOSTS"), old.replace("BLOCKED", "HOSTS").replace(".example", ".test")) == []


def test_the_name_of_a_list_is_none_of_its_elements():
    old = 'package a\n\nvar INVALID_DOMAIN_PARAMETER = errors.New("one domain")\n'
    assert found(old, old.replace("INVALID_DOMAIN_PARAMETER", "ErrInvalidDomain"), language="go") == []


def test_an_element_that_comes_in_from_outside():
    old = "def f(self, request):\n    if t:\n        request.trusted_hosts = t\n    return 1\n"
    new = old.replace("= t\n", '= [*t, request.environ["SERVER_NAME"]]\n')
    assert [one[:2] for one in found(old, new, "f")] == [("exempting", "given")]
    added = old.replace("    return", "    self.trusted.append(request.host)\n    return")
    assert found(old, added, "f") == [("exempting", "given", "request.host", 4)]


def test_an_open_row_of_a_table():
    rows = [f"  PERMIT_{'OPEN' if number % 4 == 0 else 'AUTH'}, /* R{number} */" for number in range(20)]
    old = "\n".join(["static const char permissions[] = {", *rows, "};", ""])
    new = old.replace("/* R19 */", "/* R19 */\n  PERMIT_OPEN, /* MODIFY */\n  PERMIT_AUTH, /* OTHER */")
    assert found(old, new, language="c") == [("row", "weak", "PERMIT_OPEN", 22)]
    assert found(old, new.replace("PERMIT_OPEN, /* M", "PERMIT_AUTH, /* M"), language="c") == []


def test_the_same_list_written_otherwise():
    assert found("EXEMPT = set(['OPTIONS'])\n", 'EXEMPT = {"OPTIONS"}\n') == []
    assert found("EXEMPT = set(['OPTIONS'])\n", 'EXEMPT = {"OPTIONS", "HEAD"}\n') == [
        ("exempting", "grew", '"HEAD"', 1)
    ]
    assert found("$bad = array();\n", "$bad = [];\n", language="php") == []


def test_a_new_list_with_something_from_outside():
    old = "def f(self, request):\n    return 1\n"
    new = old.replace("    return", '    request.trusted_hosts = [*known, request.environ["NAME"]]\n    return')
    assert [one[:2] for one in found(old, new, "f")] == [("exempting", "given")]


def test_rows_of_a_table_under_other_names():
    rows = [f'  {{ "row{number}", AUTH_{"ANY" if number == 3 else number} }},' for number in range(12)]
    old = "\n".join(["static const struct row rows[] = {", *rows, "};", ""])
    assert found(old, old.replace("AUTH_", "AUTH_TYPE_"), language="c") == []


def test_one_row_of_a_table_changed():
    rows = [f'  {{ "command{number}", NEEDS_ROOT | LOGGED, run{number} }},' for number in range(12)]
    old = "\n".join(["static struct entry table[] = {", *rows, "};", ""])
    new = old.replace('"command7", NEEDS_ROOT | LOGGED', '"command7", NEEDS_USER | LOGGED')
    assert found(old, new, language="c") == [("row", "changed", "NEEDS_ROOT > NEEDS_USER", 9)]
    both = new.replace('"command8", NEEDS_ROOT | LOGGED', '"command8", NEEDS_USER | LOGGED')
    assert found(old, both, language="c") == []


def test_huge_lists_stay_quick():
    old = "ALLOWED = [" + ", ".join(f"NAME{number % 7}" for number in range(1400)) + "]\n"
    new = "ALLOWED = [" + ", ".join(f"NAME{number % 5}" for number in range(1400)) + "]\n"
    start = time.process_time()
    assert found(old, new) == []
    assert time.process_time() - start < 2


def test_variables_of_one_declaration_are_no_list():
    old = "int f(void) {\n  int seen = 0, count = 0, verified, state = 0;\n  return go(count);\n}\n"
    assert found(old, old.replace("seen = 0, ", ""), "f", "c") == []
    assert found(old, old.replace("state = 0", "state = 0, other = 1"), "f", "c") == []


def test_arguments_of_a_call_are_no_list():
    old = "def f(key, log):\n    allowed = check(key, 1)\n    return allowed\n"
    assert found(old, old.replace("key, 1", "key, 1, log"), "f") == []
    old = old.replace("check(key, 1)", "frozenset(key)")
    assert found(old, old.replace("(key)", "(key, log)"), "f") == [("exempting", "grew", "log", 2)]


def test_what_a_list_is_called_is_none_of_its_elements():
    assert found('INVALID_FIELDS = new("none")\n', 'ErrInvalidFields = new("none")\n') == []
    assert found('INVALID_FIELDS = ["a", "b"]\n', 'INVALID_NAMES = ["a"]\n') == [("refusing", "shrank", '"b"', 1)]


def test_what_needs_no_login_is_exempt():
    for name in ("noAuthRoutes", "preauth_commands", "loginNotRequired", "open_methods"):
        assert found(f'{name} = ["a"]\n', f'{name} = ["a", "b"]\n') == [("exempting", "grew", '"b"', 1)]
    for name in ("author_names", "notify_methods", "routes", "preload_methods"):
        assert found(f'{name} = ["a"]\n', f'{name} = ["a", "b"]\n') == []


def test_a_flag_that_is_handed_on_and_a_type_are_no_elements():
    old, new = "s.port = port\n", "s.options.allow_anonymous = allow_anonymous\n"
    assert found(old, new) == []
    form = "package a\n\nfunc f() {\n\tallowRanges := tree.New%s()\n\tuse(allowRanges)\n}\n"
    assert found(form % "", form % "[*AllowList]", name="f", language="go") == []


CALLS = (
    ("ruby", "class A < B\n  {}\nend\n", "skip_before_action :auth, only: [:a{}]", ", :b"),
    ("ruby", "class A < B\n  {}\nend\n", "before_action :login, except: [:a{}]", ", :b"),
    ("php", "<?php\n{};\n", "$this->middleware('auth')->except(['a'{}])", ", 'b'"),
    ("java", "class A {{ void f() {{ {}; }} }}\n", 'r.add(x).excludePathPatterns("/a"{})', ', "/b"'),
    (
        "java",
        "class A {{ void f() {{ {}; }} }}\n",
        'h.antMatchers("/a"{}).permitAll().anyRequest().authenticated()',
        ', "/b"',
    ),
)
OTHERS = (
    ("ruby", "class A < B\n  {}\nend\n", "resources :users, except: [:a{}]", ", :b"),
    ("ruby", "class A < B\n  {}\nend\n", "before_action :load, only: [:a{}]", ", :b"),
    ("java", "class A {{ void f() {{ {}; }} }}\n", 'h.m("/x"{}).hasRole("A").m("/a").permitAll()', ', "/b"'),
)


def _grew(language, shell, call, more):
    name = "A.f" if language == "java" else ""
    return found(*(shell.format(call.format(text)) for text in ("", more)), name=name, language=language)


@pytest.mark.parametrize(("language", "shell", "call", "more"), CALLS)
def test_a_call_says_what_goes_without_a_check(language, shell, call, more):
    assert [one[:2] for one in _grew(language, shell, call, more)] == [("exempting", "grew")]


@pytest.mark.parametrize(("language", "shell", "call", "more"), OTHERS)
def test_a_call_that_says_something_else(language, shell, call, more):
    assert _grew(language, shell, call, more) == []


ENV = """static const char *keep_env[] = {
	"TERM", "LANG",%s
};
static const char *bad_env[] = {
	"IFS", "%s",
};
"""


def test_what_is_kept_of_the_environment():
    old = ENV % ("", "LD_*")
    assert found(old, ENV % (' "COLORTERM",', "LD_*"), language="c")[0][:3] == ("exempting", "grew", '"COLORTERM"')
    assert found(old, ENV % (' "GCONV_PATH",', "LD_*"), language="c")[0][:3] == ("exempting", "loads", '"GCONV_PATH"')
    assert found(old, ENV % ("", "LD_LIBRARY_PATH"), language="c")[0][:3] == ("refusing", "shrank", '"LD_*"')
    assert not found(old, ENV % ("", "LC_*"), language="c")


def test_a_row_that_needs_no_login():
    rows = "".join(f'\t{{ "C{n}", run_{n}, CMD_ARGS }},\n' for n in range(9))
    old = f"static const struct cmd cmds[] = {{\n{rows}}};\n"
    new = old.replace("run_4, CMD_ARGS", "run_4, CMD_ARGS | CMD_PREAUTH")
    assert found(old, new, language="c") == [("row", "weak", "CMD_PREAUTH", 6)]
