"""What a release newly offers to others, language by language; what only moved or only helps is not among it."""

import pytest

from zoll.judge.offered import offered
from zoll.model import Change, Fact, Hunk, Pair, Part, Place


def change(path, symbol="", before="", after="", by="name", kind="code/python", roles=()):
    sides = [Part(Place((path,), symbol, 1, 9), kind, digest, 9) for digest in "ab"]
    old = None if by.startswith("added") else sides[0]
    new = None if by.startswith("removed") else sides[1]
    hunk = Hunk((0, 0) if old is None else (1, 9), (0, 0) if new is None else (1, 9), before, after)
    return Change(Pair(old, new, by), (hunk,), tuple(Fact("role", role) for role in roles))


def said(*changes):
    return [
        ("-" if one.lost else "+") + " ".join(filter(None, (one.thing, one.name, one.more)))
        for _, offers in sorted(offered(changes).items())
        for one in offers
    ]


@pytest.mark.parametrize(
    ("language", "symbol", "words", "public"),
    [
        ("python", "connect", "def connect(a):", True),
        ("python", "Client.connect", "def connect(self):", True),
        ("python", "_connect", "def _connect(a):", False),
        ("python", "Client.__init__", "def __init__(self):", False),
        ("python", "outer.inner", "def inner():", False),
        ("go", "Conn.Bind", "func (c *Conn) Bind() error {", True),
        ("go", "Conn.bind", "func (c *Conn) bind() error {", False),
        ("rust", "Key.parse", "pub fn parse() {", True),
        ("rust", "Key.parse", "pub(crate) fn parse() {", False),
        ("java", "Key.parse", "public Key parse() {", True),
        ("java", "Key.parse", "private Key parse() {", False),
        ("php", "Key.parse", "protected function parse() {", False),
        ("php", "Key.parse", "public function parse() {", True),
        ("javascript", "exports.parse", "exports.parse = function () {", True),
        ("javascript", "parse", "export function parse() {", True),
        ("javascript", "parse", "function parse() {", False),
        ("lua", "M.parse", "function M.parse()", True),
        ("lua", "parse", "local function parse()", False),
        ("c", "parse", "int parse(void) {", False),
        ("c", "DEFUN(show_bts)", "{", True),
        ("shell", "parse", "parse() {", False),
    ],
)
def test_what_a_language_calls_public(language, symbol, words, public):
    assert bool(said(change("a", symbol, after=words, by="added-function", kind=f"code/{language}"))) is public


def test_a_c_function_is_offered_once_a_header_under_include_declares_it():
    header = change("lib/include/net/x.h", after="int x_open(const char *name);", kind="code/c")
    body = change("lib/x.c", "x_open", after="int x_open(const char *name)\n{", by="added-function", kind="code/c")
    static = change("lib/x.c", "x_open", after="static int x_open(void)\n{", by="added-function", kind="code/c")
    assert said(header, body) == ["+function x_open"]
    assert said(header, static) == said(body) == []


def test_what_moved_is_not_offered():
    gone = change("a.py", "connect", before="def connect():", by="removed-function")
    come = change("b.py", "connect", after="def connect():", by="added-function")
    inside = change("c.py", "connect", after="def connect():", by="added")
    assert said(gone, come) == []
    assert said(gone) == ["-function connect"]
    assert said(gone, inside) == ["+file c.py 1 function"]


def test_a_function_that_only_its_own_file_calls_helps():
    helper = change("a.py", "check_size", after="def check_size(n):", by="added-function")
    caller = change("a.py", "Reader.read", before="read(n)", after="check_size(n)\nread(n)")
    elsewhere = change("b.py", "Writer.write", after="check_size(n)")
    assert said(helper, caller) == []
    assert said(helper) == said(helper, caller, elsewhere) == ["+function check_size"]


def test_a_method_with_a_docstring_is_for_others():
    words = 'def check_size(self, n):\n    """Check a size."""'
    method = change("a.py", "Reader.check_size", after=words, by="added-function")
    caller = change("a.py", "Reader.read", before="read(n)", after="self.check_size(n)\nread(n)")
    assert said(method, caller) == ["+function Reader.check_size"]


def test_a_new_file_counts_with_its_functions_and_a_header_alone_does_not():
    functions = [change("new.py", name, after="def x():", by="added") for name in ("a", "b")]
    assert said(change("new.py", by="added"), *functions) == ["+file new.py 2 functions"]
    assert said(change("new.h", by="added", kind="code/c")) == []
    assert said(change("run.sh", by="added", kind="code/shell")) == ["+file run.sh commands"]


def test_parameters():
    def signature(before, after):
        return said(change("a.py", "connect", f"def connect({before}):\n", f"def connect({after}):\n"))

    assert signature("host, port=22", "host, port=22, timeout: dict[str, int] = {1, 2}") == [
        "+parameter connect timeout"
    ]
    assert signature("host, *, port", "host") == ["-parameter connect port"]
    assert signature("host", "name") == []  # renamed
    assert signature("a=f(b, c)", "a=f(b, d)") == []
    assert said(change("a.py", "connect", "x = 1", "x = connect(2, 3)")) == []


def test_declared_properties_count_once_the_script_speaks_of_them():
    types = change(
        "index.d.ts", before="  host: string;", after="  host: string;\n  timeout?: number;", kind="code/typescript"
    )
    script = change("index.js", "exports.open", "open(o.host)", "open(o.host, o.timeout)", kind="code/javascript")
    assert said(types) == []
    assert said(types, script) == ["+parameter index.d.ts timeout"]


def test_hostile_signatures_take_no_time():
    text = "def connect(" + "(" * 200_000
    assert said(change("a.py", "connect", text, text + ")")) == []
