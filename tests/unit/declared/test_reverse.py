import pytest

from zoll.declared.claims import claims_of
from zoll.declared.ground import Ground
from zoll.declared.reverse import check, names_of, words_of
from zoll.declared.traces import Tracer
from zoll.declared.undoing import Undoing
from zoll.model import Change, Component, ComponentChange, Note, Pair, Part, Place

LOG = "CHANGES"


def parts(files, side):
    kinds = {"md": "document/md", "c": "code/c", "json": "config/json", "bin": "executable/elf", "img": "container/zip"}
    return [
        Part(Place((name,)), kinds.get(name.rsplit(".", 1)[-1], "config/conf"), text, len(text))
        for name, text in files.items()
    ]


def outcomes(words, old, new, functions=(), components=(), idle=False):
    """Hold notes against two releases, given as {name: text}; a text is its own digest."""
    notes = [Note(Place((LOG,)).at(number), text) for number, text in enumerate(words.splitlines(), 1)]
    claims = claims_of(notes)
    asked = sorted({word for claim in claims for word in words_of(claim)})
    names = {word for claim in claims for word in names_of(claim)}
    tracer = Tracer(asked, [number for number, word in enumerate(asked) if word in names])
    traces = {text: tracer.trace(text.encode(), lines=True) for text in (*old.values(), *new.values())}
    ground = Ground(parts(old, "old"), parts(new, "new"), asked, traces, {(LOG,)})
    changes = [Change(Pair(Part(at, "function", "1", 1), Part(at, "function", "2", 1), "symbol")) for at in functions]
    checked = check(claims, ground, changes, components, undoing=Undoing(notes), idle=idle)
    assert all(claim.looked for claim in checked)
    return [claim.outcome for claim in checked]


MAIN = 'int main() { telnet_start(); option("telnet-port"); }\n'


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"main.c": MAIN, "telnet.c": "void telnet_start() {}\n"}, "missing"),
        ({"main.c": MAIN, "telnet.c": "void telnet_start() {}\n", "README.md": "no telnet"}, "missing"),
        ({"src/main.c": MAIN + "int x;\n", "telnet.c": "void telnet_start() {}\n"}, "missing"),
        ({"main.c": "int main() {}\n"}, "found"),
        ({"main.c": MAIN.replace("telnet_start(); ", ""), "telnet.c": "void telnet_start() {}\n"}, "open"),
    ],
)
def test_removed(new, expected):
    old = {"main.c": MAIN, "telnet.c": "void telnet_start() {}\n", "README.md": "telnet"}
    assert outcomes("Removed telnet", old, {LOG: "Removed telnet"} | new) == [expected]


def test_what_never_was_there_cannot_be_removed():
    assert outcomes("Removed telnet", {"a.c": "x"}, {"a.c": "y"}) == ["open"]


def test_a_patch_is_a_file_and_not_the_code_that_it_speaks_of():
    code, patch = {"a.c": "udp_fork();"}, {"patches/udp_fork.patch": "+udp_fork();"}
    log = "Drop udp_fork.patch, merged upstream."
    assert outcomes(log, code, code) == ["open"]
    assert outcomes(log, code | patch, code | patch) == ["missing"]
    assert outcomes(log, code | patch, code) == ["found"]


def test_what_is_switched_off_may_stay():
    old, new = {"a.conf": "telnet = yes\n"}, {"a.conf": "telnet = no\n"}
    assert outcomes("Disabled telnet", old, new) == ["open"]
    assert outcomes("Disabled telnet", old, old) == ["missing"]


def test_only_tests_hold_it():
    old = {"tests/a.c": "max_conn();\n"}
    assert outcomes("Removed `max_conn`", old, old | {"b.c": "x"}) == ["open"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"a.c": "int maxConn;"}, "found"),
        ({"a.c": "int x;", LOG: "max-conn"}, "missing"),
        ({"a.c": "int x;", "PKG-INFO": "max-conn"}, "missing"),
        ({"a.c": "int x;", "manual.md": "--max-conn"}, "open"),
        ({"a.c": "int x;", "inner.img": "?"}, "open"),
    ],
)
def test_added(new, expected):
    assert outcomes("Added option `--max-conn`", {"a.c": "int x;"}, new) == [expected]


def test_a_plain_word_is_never_missing():
    assert outcomes("Added option `verbose`", {"a.c": "x"}, {"a.c": "y"}) == ["open"]


def test_notes_that_claim_both_accuse_nobody():
    assert outcomes("Added `max_conn`\nRemoved `max_conn`", {"a.c": "x"}, {"a.c": "y"}) == ["open", "open"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"package.json": '"qs": "6.12.1"'}, "found"),
        ({"package.json": '"qs": "6.11.0"'}, "missing"),
        ({"package.json": '"qs": "^6.11.0"'}, "open"),
        ({"package.json": '"qs": "6.13.0"'}, "open"),
        ({"manual.md": "qs-6.11.0"}, "open"),
        ({"third/qs-6.11.0/a.c": "x"}, "missing"),
    ],
)
def test_updated(new, expected):
    old = {"package.json": '"qs": "6.11.0"'}
    assert outcomes("Updated qs to 6.12.1", old, new) == [expected]


def test_updated_twice():
    words = "Updated qs to 6.12.1\nUpdated qs to 6.13.0"
    assert outcomes(words, {"a.json": '"qs": "6.11.0"'}, {"a.json": '"qs": "6.13.0"'}) == ["found", "found"]


@pytest.mark.parametrize(("version", "expected"), [("3.0.14", "found"), ("3.0.13", "missing"), ("3.0.15", "open")])
def test_a_component_tells_its_version(version, expected):
    place = Place(("libssl.so",))
    change = ComponentChange(Component("openssl", "3.0.13", place), Component("openssl", version, place), "updated")
    assert outcomes("Updated OpenSSL to 3.0.14", {}, {}, components=[change]) == [expected]


def test_fixed_in_a_function():
    old = {"parse.c": "int parse_header() { return 1; }", "use.c": "parse_header();", "b.c": "1"}
    same, changed = old | {"b.c": "2"}, old | {"parse.c": "int parse_header() { return 2; }"}
    assert outcomes("Fixed an overflow in parse_header()", old, same) == ["missing"]
    assert outcomes("Fixed an overflow in parse_header()", old, changed) == ["found"]
    assert outcomes("Fixed an overflow in other_thing()", old, changed) == ["open"]
    at = Place(("parse.c",), "Reader::parse_header")
    assert outcomes("Fixed an overflow in parse_header()", old, changed, [at]) == ["found"]


def test_fixed_vulnerabilities():
    old = {"a.c": "int f() { return 1; }"}
    patched = {"a.c": "int f() { return 2; } /* CVE-2024-1234 */"}
    assert outcomes("Fixed CVE-2024-1234", old, patched) == ["found"]
    assert outcomes("Fixed CVE-2024-9999", old, patched) == ["open"]
    assert outcomes("Fixed CVE-2024-9999", old, old, idle=True) == ["missing"]
    other = {"b.c": "read_all()"}
    assert outcomes("Fixed CVE-2024-9999 in read_all()", old | other, patched | other) == ["missing", "missing"]


def test_a_program_that_was_only_edited_is_not_removed():
    source = "/* telnet */\nint telnet() {\n  return 1;\n}\n"
    old = {"telnet.c": source, "Makefile": "telnet: telnet.c\n", "use.c": "a telnet\nb telnet\nc telnet\n"}
    new = old | {"telnet.c": source.replace("/* telnet */", "/* the telnet */")}
    assert outcomes("Removed the telnet program", old, new) == ["missing"]
    assert outcomes("Removed the telnet program", old, new | {"Makefile": "all:\n"}) == ["open"]
    assert outcomes("Removed the telnet program", old, {"use.c": old["use.c"]}) == ["found"]


def test_a_version_between_two_claimed_ones():
    words = "Updated qs to 6.12.1\nUpdated qs to 6.13.0"
    assert outcomes(words, {"a.json": '"qs": "6.11.0"'}, {"a.json": '"qs": "6.12.1"'}) == ["found", "open"]


def test_what_a_later_step_may_have_undone():
    words = "Added `max_conn`\nRenamed `max_conn` to `most`"
    assert outcomes(words, {"a.c": "x"}, {"a.c": "most"}) == ["open"]
    steps = "Added `max_conn`" + "\nImproved something" * 400
    assert outcomes(steps, {"a.c": "x"}, {"a.c": "most"}) == ["open"]


def test_an_option_that_programs_still_take():
    old = {"main.c": 'case "--max-conn":\n/* see --max-conn */\n'}
    edited, gone = '"--max-conn":\n/* mind --max-conn */\n', "/* mind --max-conn */\n/* max-conn */\n"
    assert outcomes("Removed `--max-conn`", old, {"main.c": "case " + edited}) == ["missing"]
    assert outcomes("Removed `--max-conn`", old, {"main.c": gone}) == ["open"]
    assert outcomes("Disabled `--max-conn`", old, {"main.c": "case " + edited}) == ["open"]


def test_one_of_two_copies_was_updated():
    two = [Component("zlib", version, Place((version,))) for version in ("1.2", "1.3")]
    copies = [ComponentChange(None, one, "added") for one in two]
    assert outcomes("Updated zlib to 1.3", {}, {}, components=copies) == ["found"]
    assert outcomes("Updated zlib to 1.4", {}, {}, components=copies) == ["missing"]
    assert outcomes("Updated zlib to 1.2.5", {}, {}, components=copies) == ["open"]


def test_what_nobody_could_look_through_may_hold_anything():
    parts = [Part(Place(("a.c",)), "code/c", "1", 10)]
    for words in ("Removed telnet", "Added `max_conn`"):
        claims = claims_of([Note(Place((LOG,)).at(1), words)])
        ground = Ground(parts, [Part(Place(("a.c",)), "code/c", "2", 10)], words_of(claims[0]), {})
        assert [one.outcome for one in check(claims, ground)] == ["open"]


def test_a_fix_of_what_stands_in_quotes():
    old = {"pool.py": "def url_open(): pass\n", "other.py": "x = 1\n"}
    words = "Fixed `Pool.url_open` to stop early"
    assert outcomes(words, old, old | {"pool.py": "def url_open(): return\n"}) == ["found"]
    assert outcomes(words, old, old | {"other.py": "x = 2\n"}) == ["missing"]
