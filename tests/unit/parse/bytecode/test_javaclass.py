"""Classes as the text of Java."""

import pytest

from zoll.parse.bytecode.javaclass import open_class
from zoll.parse.bytecode.source import BadBytecode


def test_lines_know_the_line_of_the_source(samples):
    source = open_class(samples["java-shapes"][1])
    line = next(at for at, text in enumerate(source.lines) if "runtime.exec(" in text)
    assert source.numbers[line] == 10


def test_classes_are_imported_and_constants_told(text_of):
    text = text_of("java-shapes")
    assert text.startswith("import java.io.IOException;\nimport java.net.URL;")
    assert 'static final String KEY = "abc";' in text


def test_methods_begin_at_their_code(samples):
    source = open_class(samples["java-shapes"][1])
    assert all(source.lines[line - 1].endswith("{") and at > 0 for line, at in source.starts.items())


def test_no_class_is_refused():
    with pytest.raises(BadBytecode):
        open_class(b"PK\x03\x04")
