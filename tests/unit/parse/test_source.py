"""Source files become the same statements in every language, and no bytes make the parser fail or stall."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zoll.parse.source import LANGUAGES, SlowSource, open_code

SAMPLES = Path(__file__).parents[2] / "samples" / "parse" / "source"


def atom(test):
    marks = "".join(
        (
            " not" if test.negated else "",
            f" via {test.via}" if test.via else "",
            f" length {test.length}" if test.length else "",
        )
    )
    literal = f" {test.literal.kind} {test.literal.text!r}" if test.literal else ""
    return f"{test.left} {test.op} {test.right}{marks}{literal}{' call ' + test.call if test.call else ''}".replace(
        "  ", " "
    )


def told(index, statement):
    at = f"{statement.within}:{statement.branch}" if statement.within >= 0 else "-"
    line = (
        f"  {index} {statement.kind} {statement.word or '-'} {at} L{statement.line}-{statement.end} | {statement.text}"
    )
    if statement.tests:
        joins = [*statement.joins, *[""] * len(statement.tests)]
        line += " | tests " + " ".join(
            f"[{atom(test)}] {join}".strip() for test, join in zip(statement.tests, joins, strict=False)
        )
    if statement.calls:
        line += " | calls " + " ".join(
            f"{'new ' if call.new else ''}{call.name}/{len(call.args)}" for call in statement.calls
        )
    if statement.literals:
        line += " | says " + " ".join(
            f"{'built ' if found.built else ''}{found.text!r}" for found in statement.literals
        )
    if statement.target or statement.value:
        line += f" | {statement.target} {statement.operator or '<-'} {statement.value}"
    return line.replace("\n", "\\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_of_a_sample(language, golden):
    source = next((SAMPLES / language).glob("input.*"))
    opened = open_code(source.read_bytes(), language)
    lines = [f"imports {alias} = {name}" for alias, name in opened.code.imports.items()]
    for function in opened.code.functions:
        lines.append(
            f"function {function.name!r} in {function.holder!r} L{function.line}-{function.end}"
            f" ({', '.join(function.params)})"
        )
        lines += [told(index, statement) for index, statement in enumerate(opened.statements(function))]
    golden(source.with_name("golden.txt"), lines)


def all_statements(opened):
    return [opened.statements(function) for function in opened.code.functions]


WORDS = r"""
if ( ) { } [ ] a b 1 "x" ' ` ${ = == && || ? : ; , function def fn sub func return else end then do class => # // /* */
<<EOF switch case try catch . -> :: ! not in for while import \\ é #if #endif <?php @ $
"""
pieces = st.sampled_from([*WORDS.split(), "\n", "  "])


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=60).map(lambda words: " ".join(words).encode()))
)
def test_any_bytes_are_read(language, data):
    opened = open_code(data, language)
    outside = opened.code.functions[0]
    assert outside.name == ""
    assert (outside.start_byte, outside.end_byte) == (0, len(data))
    for function, statements in zip(opened.code.functions, all_statements(opened), strict=True):
        assert 0 <= function.start_byte <= function.end_byte <= len(data)
        for index, statement in enumerate(statements):
            assert statement.within < index
            assert statement.line >= 1
            assert len(statement.text) <= 2000


HOSTILE = {
    "brackets": b"[" * 50_000,
    "parentheses": b"(" * 50_000,
    "braces": b"{" * 20_000,
    "interpolations": b"`${" * 20_000,
    "chain": b"a" + b".b()" * 10_000 + b";",
    "nested calls": b"f(" * 10_000 + b"1" + b")" * 10_000 + b";",
    "and": b"x = " + b"a && " * 20_000 + b"b;",
    "ternaries": b"x = " + b"a ? b : " * 5_000 + b"c;",
    "else": b"if (a) b(); else " * 5_000 + b"c();",
    "functions": b"function f() {" * 1_000 + b"}" * 1_000,
    "nots": b"!" * 20_000 + b"a;",
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("language", ["c", "javascript", "python"])
def test_hostile_nesting_costs_little(language, case):
    begun = time.monotonic()
    try:
        all_statements(open_code(HOSTILE[case], language, deadline=3))
    except SlowSource:
        pytest.fail("slow")
    assert time.monotonic() - begun < 10


def test_a_deadline_is_kept():
    with pytest.raises(SlowSource):
        open_code(b"x = f(a, 1);\n" * 100_000, "c", deadline=0.05)


def digests(text, language):
    return {function.name: function.digest for function in open_code(text.encode(), language).code.functions}


def test_a_digest_passes_over_comments_and_white_space_but_not_over_strings():
    assert digests("int f() { return 1; /* one */ }", "c") == digests("int f()\n{\n  return 1;\n}\n", "c")
    assert digests('int f() { g("a  b"); }', "c") != digests('int f() { g("a b"); }', "c")


def test_a_digest_minds_pythons_indentation():
    one = "def f():\n    if a:\n        b()\n        c()\n"
    other = "def f():\n    if a:\n        b()\n    c()\n"
    assert digests(one, "python") != digests(other, "python")
    assert digests(one, "python") == digests(one.replace("b()", "b()  # now"), "python")


def test_a_changed_inner_function_leaves_the_outer_digest():
    before = digests("function f() { function g() { return 1; } return g; }", "javascript")
    after = digests("function f() { function g() { return 2; } return g; }", "javascript")
    assert before["f"] == after["f"]
    assert before["f.g"] != after["f.g"]


def first_condition(text, language):
    opened = open_code(text.encode(), language)
    return next(one for found in all_statements(opened) for one in found if one.tests)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("c", 'int f() { if (!strcmp(a, "x")) g(); }', ("==", False, "strcmp", "")),
        ("c", 'int f() { if (strcmp(a, "x")) g(); }', ("!=", False, "strcmp", "")),
        ("c", 'int f() { if (0 == memcmp(a, "x", 8)) g(); }', ("==", False, "memcmp", "8")),
        ("c", "int f() { if (a = 0) g(); }", ("=", False, "", "")),
        ("java", 'class A { void f() { if (!a.equals("x")) g(); } }', ("==", True, "a.equals", "")),
        ("python", "if a.startswith('x') is False: pass", ("prefix", True, "a.startswith", "")),
        ("python", "if a not in 'x': pass", ("in", True, "", "")),
        ("javascript", "if (a.indexOf('x') === -1) b()", ("contains", True, "a.indexOf", "")),
        ("javascript", "if (/x/.test(a)) b()", ("match", False, "/x/.test", "")),
        ("go", 'package a\nfunc f() { if strings.EqualFold(a, "x") { g() } }', ("==", False, "strings.EqualFold", "")),
        ("php", "<?php if (strpos($a, 'x') !== false) b();", ("contains", False, "strpos", "")),
        ("shell", "if [ x != y ]; then a; fi", ("!=", False, "", "")),
        ("shell", "test -z $a && b", ("==", False, "-z", "")),
        ("ruby", "b unless a == 'x'", ("==", True, "", "")),
        ("perl", "b() unless $a eq 'x';", ("==", True, "", "")),
    ],
)
def test_comparing_calls_fold_into_operators(language, text, expected):
    test = first_condition(text, language).tests[0]
    assert (test.op, test.negated, test.via, test.length) == expected


def test_a_ternary_and_a_short_circuit_enclose_what_they_decide_about():
    opened = open_code(b"function f(a) { return a ? run(1) : b && stop(); }\nok || die();", "javascript")
    outside, inner = all_statements(opened)
    assert [(one.kind, one.within, one.branch) for one in inner[1:]] == [
        ("condition", -1, ""),
        ("return", 1, "then"),
        ("return", 1, "else"),
    ]
    assert [(one.kind, one.within, one.branch) for one in outside] == [("condition", -1, ""), ("call", 0, "else")]


def test_macros_and_broken_heads_still_give_functions():
    text = b"""DEFUN(show, show_cmd, "x") { run(); }
#ifdef A
int f(int a) {
#else
int f(void) {
#endif
 return 1; }
int last() { return 2; }
"""
    names = [function.name for function in open_code(text, "c").code.functions]
    assert names == ["", "DEFUN(show)", "f", "last"]


def test_a_large_table_is_one_statement_with_bounded_literals():
    opened = open_code(b"int t[] = {" + b"1, " * 5_000 + b"2};", "c")
    (statement,) = opened.statements(opened.code.functions[0])
    assert statement.kind == "declare"
    assert len(statement.literals) == 2_000


@pytest.mark.parametrize(
    ("language", "text", "name", "args"),
    [
        ("lua", "local ok = pcall(os.execute, line)", "os.execute", ("line",)),
        ("lua", "local ok = xpcall(check, debug.traceback, a, b)", "check", ("a", "b")),
        ("php", "<?php call_user_func('system', $line);", "system", ("$line",)),
        ("ruby", "Kernel.send(:system, line)", "Kernel.system", ("line",)),
    ],
)
def test_what_is_handed_over_to_be_called_is_called(language, text, name, args):
    opened = open_code(text.encode(), language)
    calls = [call for one in opened.statements(opened.code.functions[0]) for call in one.calls]
    assert (name, args) in [(call.name, call.args) for call in calls]


def test_what_holds_a_function_names_none():
    opened = open_code(b"<?php call_user_func($made, $line);", "php")
    assert [call.name for one in opened.statements(opened.code.functions[0]) for call in one.calls] == [
        "call_user_func"
    ]
