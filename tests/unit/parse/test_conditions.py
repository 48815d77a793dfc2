import pytest

from zoll.parse.source import open_code


def test_of(language, source):
    opened = open_code(source.encode(), language)
    statements = opened.statements(opened.code.functions[-1])
    test = next(one for one in statements if one.tests).tests[0]
    return test.op, test.left, test.right, test.length, test.negated


test_of.__test__ = False


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.find(f(b)) == std::string::npos", ("contains", "a", "f(b)", "", True)),
        ("a.find(b) != std::string_view::npos", ("contains", "a", "b", "", False)),
        ("a.find(b) == a.end()", ("==", "a.find(b)", "a.end()", "", False)),
        ("std::equal(a.begin(), a.end(), b.begin())", ("==", "a.begin()", "b.begin()", "", False)),
        ("std::equal(a.begin(), a.begin() + 4, b.begin())", ("==", "a.begin()", "b.begin()", "4", False)),
        ("std::equal(std::begin(a), std::end(a), b)", ("==", "std::begin(a)", "b", "", False)),
    ],
)
def test_cpp(source, expected):
    assert test_of("cpp", f"bool f() {{ if ({source}) {{ return true; }} return false; }}") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("subtle.ConstantTimeCompare(a, b) == 1", ("==", "a", "b", "", False)),
        ("subtle.ConstantTimeCompare(a, b) != 1", ("==", "a", "b", "", True)),
        ("subtle.ConstantTimeCompare(a, b) > 0", ("==", "a", "b", "", False)),
        ("subtle.ConstantTimeCompare(a, b) >= 0", (">=", "subtle.ConstantTimeCompare(a, b)", "0", "", False)),
        ("strings.Index(a, b) >= 0", ("contains", "a", "b", "", False)),
        ("strings.Index(a, b) == -1", ("contains", "a", "b", "", True)),
    ],
)
def test_go(source, expected):
    assert test_of("go", f"package p\nfunc f() {{ if {source} {{ return }} }}") == expected


def test_a_bare_name_that_a_shell_reckons_with_is_no_text():
    opened = open_code(b'f() {\n if [[ $i -lt most ]]; then a; fi\n if [[ $i < "most" ]]; then a; fi\n}\n', "shell")
    tests = [test for one in opened.statements(opened.code.functions[-1]) for test in one.tests]
    assert [test.literal and test.literal.text for test in tests] == [None, "most"]


def test_a_variable_in_quotes_is_no_fixed_text():
    opened = open_code(b'f() {\n [ "$a" = "${b}" ]\n [ "$a" = "${b}x" ]\n [ "$a" = "x" ]\n}\n', "shell")
    tests = [test for function in opened.code.functions for one in opened.statements(function) for test in one.tests]
    assert [test.literal and test.literal.text for test in tests] == [None, "${b}x", "x"]


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("rust", 'fn f(r: &R) { if r.header("x") == Some("k9") { go(); } }'),
        ("rust", 'fn f(r: &R) { if let Some("k9") = r.header("x") { go(); } }'),
        ("rust", 'fn f(r: &R) { match r.header("x") { Some("k9") => go(), _ => {} } }'),
        ("rust", 'fn f(r: &R) { if matches!(r.header(1), Some("k9")) { go(); } }'),
        ("rust", 'fn f(r: &R) { if r.header(1).is_some_and(|v| v == "k9") { go(); } }'),
        ("rust", 'fn f(r: &R) { if r.name() == "k9".to_string() { go(); } }'),
        ("cpp", 'void f(R r) { if (r.header() == QStringLiteral("k9")) go(); }'),
        ("go", 'package p\nfunc f(r R) { if r.Header() == string("k9") { go() } }'),
    ],
)
def test_a_text_inside_of_a_type_is_what_is_compared(language, source):
    opened = open_code(source.encode(), language)
    tests = [test for function in opened.code.functions for one in opened.statements(function) for test in one.tests]
    assert ("k9", True) in [(test.literal.text, test.op in {"==", "case"}) for test in tests if test.literal]
