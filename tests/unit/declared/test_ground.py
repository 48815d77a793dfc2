from zoll.declared.ground import Ground, Lines, is_paper, is_test, is_told
from zoll.declared.traces import Tracer
from zoll.model import Part, Place


def part(path, text="", kind="code/c"):
    return Part(Place(tuple(path.split("!/"))), kind, text or path, len(text))


def ground(old, new):
    texts = {one.digest for one in (*old, *new)}
    tracer = Tracer(["telnet"], [])
    return Ground(old, new, ["telnet"], {text: tracer.trace(text.encode(), lines=True) for text in texts})


def test_lines_are_counted_wherever_they_moved():
    one = ground([part("a.c", "telnet 1\ntelnet 2\n")], [part("b.c", "telnet 2\nx\n"), part("c.c", "telnet 3")])
    assert one.lines(["telnet"]) == Lines(1, 1, 2, sure=True)


def test_notes_and_documents_bear_no_witness():
    new = [part("CHANGES", "telnet", "document/text"), part("a.md", "telnet!", "document/md")]
    one = ground([], new)
    assert one.holding("new", ["telnet"]) == []
    assert one.holding("new", ["telnet"], papers=True) == [new[1]]
    assert one.lines(["telnet"]) == Lines(0, 0, 0, sure=True)


def test_what_is_called_so():
    one = ground([part("src/telnet.c"), part("telnet/main.c"), part("telnetd.c")], [])
    assert len(one.named("old", "Telnet")) == 2


def test_what_parts_are():
    assert is_told(part("pkg/PKG-INFO"))
    assert is_told(part("debian/changelog"))
    assert is_paper(part("docs/build/search.pickle", kind="data/bin"))
    assert not is_paper(part("docs/conf.py"))
    assert is_test(part("a/tests/b.c"))
