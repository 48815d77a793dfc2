"""Versions come from names and from what packages say of themselves."""

from zoll.model import Part, Place, Release
from zoll.pairing.files import pair_files
from zoll.pipeline.stamps import stamps


def release(name, files):
    parts = tuple(Part(Place((path,)), "document/text", text, len(text)) for path, text in files.items())
    return Release(name, "", parts)


def told(old, new):
    read = str.encode
    return stamps(old, new, pair_files(old.parts, new.parts, read), read)


def test_names_of_releases_and_places():
    old, new = release("a-1.2.tar.gz", {"a-1.2/x": "1"}), release("a-1.3.tar.gz", {"a-1.3/x": "2"})
    assert told(old, new) == [("1.2", "1.3")]


def test_metadata():
    old = release("a", {"PKG-INFO": "Name: a\nVersion: 2.0.1\n", "b/package.json": '{\n  "version": "0.1.0"\n}'})
    new = release("a", {"PKG-INFO": "Name: a\nVersion: 2.0.2\n", "b/package.json": '{\n  "version": "0.2.0"\n}'})
    assert set(told(old, new)) == {("2.0.1", "2.0.2"), ("0.1.0", "0.2.0")}


def test_nothing_that_is_no_version():
    old, new = release("a", {"PKG-INFO": "Version: 1\n"}), release("b", {"PKG-INFO": "Version: 2\n"})
    assert told(old, new) == []


def test_a_file_that_became_another_says_nothing():
    old, new = release("a", {"x/PKG-INFO (2)": "Version: 1.0\n"}), release("a", {"x/PKG-INFO": "Version: 2.0\n"})
    assert told(old, new) == []
