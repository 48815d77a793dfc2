"""What both releases say about the words of a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.declared.index import Index, component
from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading

OLD = {"src/auth.c": b"int check;\nstrcmp", "src/net.c": b"popen", "lib/x.c": b"connect"}
NEW = {"src/auth.c": b"int check;\nzq-maint\nother", "src/net.c": b"popen", "README.md": b"# Use\nTry svc-doc now.\n"}


def _parts(files):
    return [Part(Place((name,)), "text/plain", name, len(data)) for name, data in files.items()]


@pytest.fixture
def index():
    words = ["zq-maint", "svc-doc", "popen", "connect", "strcmp", "check"]
    both = {**OLD, **{f"new {name}": data for name, data in NEW.items()}}
    new = [Part(Place((name,)), "text/plain", f"new {name}", len(data)) for name, data in NEW.items()]
    found = {digest: [word for word in words if word.encode() in data] for digest, data in both.items()}
    return Index(_parts(OLD), new, found, both.__getitem__)


def _change():
    place = Place(("src/auth.c",))
    part = Part(place, "code/c", "x", 1)
    return Change(Pair(part, part, "place"), (Hunk((2, 2), (2, 2)),))


def _said(kind, value, *traits):
    return Reading(Fact(kind, value, traits), Place(("src/auth.c",)))


@pytest.mark.parametrize(("word", "newness"), [("strcmp", 1), ("popen", 2), ("connect", 3), ("zq-maint", 4), ("x", 1)])
def test_newness_is_how_far_the_word_is_away(index, word, newness):
    assert index.newness(_change(), _said("call", word)) == newness


def test_a_word_that_only_the_change_itself_has_is_mentioned_nowhere(index):
    assert index.mentions(_change(), _said("environment", "zq-maint")) == 0


def test_the_rest_of_the_same_file_mentions_too(index):
    assert index.mentions(_change(), _said("environment", "check")) == 1


def test_a_word_of_a_text_that_the_change_lost_is_no_news(index):
    lost = _said("string", "which | grep strcmp")
    change = _change()
    with_lost = Change(change.pair, (Hunk((2, 2), (2, 2), lost=(lost,)),))
    assert index.mentions(change, _said("gate", "literal->state", "literal:strcmp")) == 0
    assert index.mentions(with_lost, _said("gate", "literal->state", "literal:strcmp")) == 1
    assert index.mentions(with_lost, _said("gate", "literal->state", "literal:zq-maint")) == 0


SPAN = st.tuples(st.integers(1, 9), st.integers(0, 9)) | st.just((0, 0))


@given(st.integers(1, 7), st.booleans(), st.lists(SPAN, min_size=1, max_size=4))
def test_the_rest_is_every_line_that_no_hunk_has(lines, ended, spans):
    """Hunks may overlap, be empty or reach beyond the end."""
    words = [f"word-{number}" for number in range(1, lines + 1)]
    data = ("\n".join(words) + "\n" * ended).encode()
    part = Part(Place(("a.c",)), "code/c", "a", len(data))
    change = Change(Pair(part, part, "place"), tuple(Hunk((0, 0), span) for span in spans))
    index = Index((), [part], {"a": words}, lambda _: data)
    for line, word in enumerate(words, 1):
        inside = any(first and first <= line <= last for first, last in spans)
        assert index.mentions(change, _said("environment", word)) == (not inside)


def test_what_has_no_word_was_not_looked_up(index):
    assert index.mentions(_change(), _said("setting", "a=b")) == -1


def test_documents_declare_with_their_own_words(index):
    [declared] = index.declarations(_change(), _said("option", "svc-doc"))
    assert declared.words == "Try svc-doc now."
    assert declared.at == Place(("README.md",), "", 2, 2)


HELP = b'int parse(void);\n  if (is(a, "--zq-wait"))\n%s\n'


@pytest.mark.parametrize(
    ("line", "declares"),
    [
        (b'  puts("  --zq-wait N   wait so many seconds\\n");', True),
        (b'  if (is(b, "--zq-wait")) return wait for it;', False),
        (b"  say(--zq-wait, more(some, text()));", False),
        (b"  --zq-wait", False),
    ],
)
def test_a_programs_own_help_text_declares_and_its_code_does_not(line, declares):
    data, part = HELP % line, Part(Place(("src/a.c",)), "code/c", "d", 9)
    index = Index([], [part], {"d": ["--zq-wait"]}, {"d": data}.__getitem__)
    change = Change(Pair(part, part, "place"), (Hunk((2, 2), (2, 2)),))
    reading = _said("option", "--zq-wait")
    assert index.mentions(change, reading) == 1
    assert [one.at.start for one in index.declarations(change, reading)] == ([3] if declares else [])


@pytest.mark.parametrize(
    ("text", "declares"),
    [
        ("It listens on TCP port 4711.", True),
        ("port: 4711", True),
        ("Open 4711/udp.", True),
        ("http://localhost:4711/", True),
        ("It holds 4711 entries.", False),
        ("port 14711", False),
    ],
)
def test_a_port_is_declared_where_a_text_speaks_of_one(text, declares):
    part = Part(Place(("README.md",)), "document/markdown", "r", 9)
    index = Index([], [part], {"r": ["4711"]}, {"r": f"# Use\n{text}\n".encode()}.__getitem__)
    found = [one.at.start for one in index.declarations(_change(), _said("endpoint", "4711"))]
    assert found == ([2] if declares else [])


def test_a_manual_page_declares_with_its_hyphens_escaped():
    page, part = b".TH ZQ 1\n.TP\n.B \\-\\-zq\\-wait\nWaits.\n", Part(Place(("zq.1",)), "document/man", "m", 9)
    index = Index([], [part], {"m": ["--zq-wait"]}, {"m": page}.__getitem__)
    [declared] = index.declarations(_change(), _said("option", "--zq-wait"))
    assert (declared.words, declared.at.start) == (".B --zq-wait", 3)


def test_components_forget_versions():
    assert component(Place(("pkg-1.2.3/src/a.c",))) == component(Place(("pkg-1.3/src/a.c",)))


@pytest.mark.parametrize(("word", "files", "said"), [("sphinx", 3, 1), ("sphinx", 30, 0), ("node", 3, 0)])
def test_a_short_or_common_word_declares_nothing(word, files, said):
    parts = [Part(Place((f"doc/{number}.md",)), "text/plain", str(number), 9) for number in range(files)]
    index = Index((), parts, {str(number): [word] for number in range(files)}, lambda _: word.encode())
    assert len(list(index.declarations(_change(), _said("option", word)))) == said


@pytest.mark.parametrize(
    ("beside", "times"),
    [(b"", 0), (b"\0zq-maint=%d\0", 0), (b"\0  -z  turn the zq-maint mode on\0", 1)],
    ids=["itself", "a format", "its help"],
)
def test_an_executable_speaks_of_a_text_only_in_another_one_to_people(beside, times):
    data = b"\x7fELF\0\0zq-maint\0" + beside
    part = Part(Place(("bin/d",)), "executable/elf", "d", len(data))
    index = Index([], [part], {"d": ["zq-maint"]}, {"d": data}.__getitem__)
    at = Place(("bin/d",), "sub_1000", 1, 9, 0x1000)
    function = Part(at, "executable/elf", "f", 9)
    said = Reading(Fact("comparison", "zq-maint"), at)
    change = Change(Pair(function, function, "digest"), (Hunk((2, 2), (2, 2), gained=(said,)),))
    assert index.mentions(change, said) == times


@pytest.mark.parametrize("address", [0x1000, 0])
def test_a_text_that_an_executable_held_before_is_no_news_of_one_function(address):
    data = b"\x7fELF\0\0zq-maint\0"
    part = Part(Place(("bin/d",)), "executable/elf", "d", len(data))
    index = Index([part], [part], {"d": ["zq-maint"]}, {"d": data}.__getitem__)
    at = Place(("bin/d",), "sub_1000", 1, 9, address)
    function = Part(at, "executable/elf", "f", 9)
    said = Reading(Fact("comparison", "zq-maint"), at)
    change = Change(Pair(function, function, "digest"), (Hunk((1, 2), (1, 2), gained=(said,)),))
    assert index.mentions(change, said) == bool(address)


def test_numbers_of_machine_code_stand_in_no_text_and_say_nothing_by_that():
    at = Place(("bin/d",), "sub_1000", 1, 9, 0x1000)
    function = Part(at, "executable/elf", "f", 9)
    change = Change(Pair(function, function, "digest"), (Hunk((2, 2), (2, 2)),))
    index = Index([], [], {}, {}.__getitem__)
    number, text = (
        Reading(Fact("gate", "literal->success", (f"literal:{word}",)), at) for word in ("4711", "zq-maint")
    )
    assert (index.newness(change, number), index.mentions(change, number)) == (1, -1)
    assert (index.newness(change, text), index.mentions(change, text)) == (4, 0)


@pytest.mark.parametrize(
    ("path", "mentions"),
    [("dist/cjs/auth.js", 0), ("lib/auth.min.js", 0), ("types/auth.d.ts", 0), ("lib/login.js", 1), ("docs/auth.md", 1)],
)
def test_what_was_built_of_a_file_bears_no_witness_for_it(path, mentions):
    part = Part(Place(("src/auth.ts",)), "code/typescript", "own", 9)
    parts = [part, Part(Place((path,)), "text/plain", "other", 9)]
    index = Index((), parts, {"own": ["zq-maint"], "other": ["zq-maint"]}, lambda _: b"zq-maint")
    change = Change(Pair(None, part, "new"), (Hunk((0, 0), (1, 1)),))
    assert index.mentions(change, _said("environment", "zq-maint")) == mentions
    assert bool(list(index.declarations(change, _said("environment", "zq-maint")))) == bool(mentions)
