"""Where a function takes what it is handed."""

from zoll.model import Part, Place
from zoll.parse.code import Call
from zoll.parse.source import open_code
from zoll.readers.material import Material
from zoll.readers.passages import Passage, own, parameter, passages


def of(text, held="text"):
    data = f"void keep(int level, char *text) {{ {text} }}".encode()
    opened = open_code(data, "c")
    function = opened.code.functions[-1]
    material = Material(Part(Place(), "code/c", "", 0), "code/c", data, opened.statements(function), function)
    return list(passages(material, held))


def test_an_outlet_is_told():
    assert of("fprintf(out, text);") == [Passage("file")]
    assert of("sendto(s, text, 9, 0, to, 8);") == [Passage("peer")]


def test_whither_a_stream_leads_that_was_handed_in_only_the_caller_knows():
    assert of("stream.write(text);") == []
    assert of("store.write(text);") == [Passage("file")]


def test_locals_are_followed():
    assert of('char *line = strdup(text); syslog(level, "%s", line);')[-1] == Passage("log")
    assert of('sprintf(line, "%s", text); send_line(line);')[-1] == Passage("", "send_line", 0)


def test_what_does_not_hold_it_is_none():
    assert of('syslog(level, "%zu", strlen(text));') == [Passage("", "strlen", 0)]
    assert of("fprintf(out, other);") == []


def test_the_rest_of_the_parameters_takes_what_comes_behind():
    assert parameter(("fmt", "rest"), 7) == "rest"
    assert parameter((), 0) == ""
    assert not own(Call("Thing", new=True))
