from zoll.parse.stanzas import entries


def told(text, **how):
    return [(entry.path, entry.value, entry.line, entry.end) for entry in entries(text, **how)]


def test_control_files():
    text = "Source: a\nBuild-Depends: b,\n c (>= 1)\n\nPackage: d\nDepends: e\n"
    assert told(text, body=False) == [
        ("Source", "a", 1, 1),
        ("Build-Depends", "b,\nc (>= 1)", 2, 3),
        ("Package", "d", 5, 5),
        ("d.Depends", "e", 6, 6),
    ]


def test_metadata_stops_at_its_body():
    assert told("Name: a\nRequires-Dist: b\n\nText: c\n") == [("Name", "a", 1, 1), ("Requires-Dist", "b", 2, 2)]
