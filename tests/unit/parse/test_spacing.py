import pytest

from zoll.parse.source import open_code
from zoll.parse.spacing import bare_return, folded, kept, one_quote, squeezed


def digest(text, language):
    return open_code(text, language).code.functions[-1].digest


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", b"int f(){ return g( a,b ) ; }", b"int f()\n{\n\treturn g(a, b);\n}\n"),
        ("c", b"#define A  1 \\\n  + 2\nint f() { return A; }", b"#define A 1 + 2\nint f() { return A; }"),
        ("javascript", b"function f(a) {\n  return g(a,\n    b)\n}", b"function f( a ) {\n  return g(a, b)\n}"),
        ("java", b"class A { int f ( ) { return 1+2; } }", b"class A { int f() { return 1 + 2; } }"),
    ],
)
def test_reformatting_changes_no_digest(language, old, new):
    assert digest(old, language) == digest(new, language)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("c", b"int f() { return a - -b; }", b"int f() { return a-- -b; }"),
        ("c", b'int f() { g("a b"); }', b'int f() { g("ab"); }'),
        ("c", b"int f() {\n#define X\n g(); }", b"int f() {\n#define X g(); \n}"),
        ("javascript", b"function f() { return\n a }", b"function f() { return a }"),
        ("python", b"def f():\n  if a:\n    b()\n    c()\n", b"def f():\n  if a:\n    b()\n  c()\n"),
        ("shell", b"f() {\n rm a\n b\n}\n", b"f() {\n rm a b\n}\n"),
    ],
)
def test_white_space_that_means_something_counts(language, old, new):
    assert digest(old, language) != digest(new, language)


def test_statements_lose_loose_blanks_but_strings_keep_theirs():
    assert squeezed("f( \"a  b\" , 'c d' ) + ! e") == "f(\"a  b\",'c d')+!e"
    assert folded(b"a = " + kept(b'"b  c"'), "c") != folded(b"a = " + kept(b'"b c"'), "c")


@pytest.mark.parametrize(
    ("text", "language", "same"),
    [
        (b"a + +b - c", "c", b"a+ +b-c"),
        (b"return  x ;", "c", b"return x;"),
        (b"1 .e\t. 5", "java", b"1 .e. 5"),
        (b"\xc3\xa4 \xc3\xb6 = c", "java", b"\xc3\xa4 \xc3\xb6=c"),
        (b"f() \t\r\n\n  g(a,\n b)", "javascript", b"f()\x01g(a,b)"),
        (b"", "c", b""),
    ],
)
def test_only_blanks_that_mean_something_stay(text, language, same):
    assert folded(text, language) == same


def test_strings_side_by_side_are_one():
    assert squeezed('f("a b" "c", "")') == squeezed('f( "a bc","" )')
    assert squeezed(r'f("\x1" "2")') != squeezed(r'f("\x12")')


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("f('ab')", 'f("ab")'),
        ("c == 'x'", "c == 'x'"),
        ("f('a$b', 'it\\'s')", "f('a$b', 'it\\'s')"),
        ("f(\"don't\", 'no way')", 'f("don\'t", "no way")'),
        ("x = ''", "x = ''"),
    ],
)
def test_either_quote_is_one(text, same):
    assert one_quote(text) == same


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("return (self.cert, self.key)", "return self.cert, self.key"),
        ("return(a && b);", "return a && b;"),
        ('return (a + ")" + b)', 'return a + ")" + b'),
        ("return (a) || (b);", "return (a) || (b);"),
        ("return ()", "return ()"),
        ("returned (a)", "returned (a)"),
    ],
)
def test_brackets_around_all_that_is_given_back_mean_nothing(text, same):
    assert bare_return(text) == same
