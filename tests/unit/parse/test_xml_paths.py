import pytest

from zoll.parse.entry import TooDeep
from zoll.parse.xml_paths import entries


def told(text):
    return [(entry.path, entry.value, entry.line) for entry in entries(text)]


def test_attributes_and_texts():
    text = (
        '<?xml version="1.0"?>\n<m xmlns:a="u">\n <a:p a:name="x &amp; y"\n  b=\'1\'/>\n <q>\n  t</q><!-- <z/> --></m>'
    )
    assert told(text) == [
        ("m.@xmlns:a", "u", 2),
        ("m.p.@a:name", "x & y", 3),
        ("m.p.@b", "1", 4),
        ("m.q", "t", 6),
    ]


def test_entities_are_told_and_never_expanded():
    text = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY e SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert told(text) == [("!ENTITY.b", '"c"', 1), ("!ENTITY.e", 'SYSTEM "file:///etc/passwd"', 1), ("a", "&b;", 1)]


def test_siblings_share_a_group():
    found = list(entries("<d><e><g>1</g><v>2</v></e><e><g>3</g></e></d>"))
    assert [entry.group for entry in found] == [2, 2, 5]


def test_deep_nesting_is_refused():
    with pytest.raises(TooDeep):
        list(entries("<a>" * 1000))
