"""Names of classes and locals."""

import pytest

from zoll.parse.bytecode.classfile import Annotation, BadClass
from zoll.parse.bytecode.javanames import Types, annotation, arguments_of, by_type, identifier


def test_classes_are_short_once_they_are_imported():
    types = Types("com/acme/Own")
    assert [types.name("java/util/Map$Entry"), types.name("java/awt/List"), types.name("java/util/List")] == [
        "Map.Entry",
        "List",
        "java.util.List",
    ]
    assert list(types.imports()) == ["import java.awt.List;", "import java.util.Map;"]


def test_descriptors_are_taken_apart():
    assert arguments_of("(I[Ljava/lang/String;J)V") == (["I", "[Ljava/lang/String;", "J"], "V")
    with pytest.raises(BadClass):
        arguments_of("(Lnever")


def test_locals_are_called_by_their_type():
    assert [by_type(kind) for kind in ("Ljava/net/URL;", "Ljava/io/IOException;", "[I", "Z")] == [
        "url",
        "ioException",
        "ints",
        "flag",
    ]


def test_names_are_made_fit():
    assert [identifier(name) for name in ("a-b", "for", "", "1x", "a$1")] == ["a_b", "for_", "_", "_1x", "a$1"]


def test_annotations_are_written_out():
    one = Annotation("Lweb/GetMapping;", (("value", '"/x"'),))
    assert annotation(one, Types("Own")) == '@GetMapping("/x")'
