"""Class files."""

import pytest

from zoll.parse.bytecode.classfile import BadClass, ClassFile, quoted


def test_a_class_tells_its_names_and_members(samples):
    file = ClassFile(samples["java-shapes"][1])
    assert (file.name, file.parent, file.interfaces) == ("Foo", "java/lang/Object", ())
    assert [field.name for field in file.fields] == ["KEY", "flag", "xs"]
    assert "check" in [method.name for method in file.methods]


def test_a_class_that_ends_early_is_refused(samples):
    with pytest.raises(BadClass):
        ClassFile(samples["java-shapes"][1][:200])


def test_texts_are_quoted_on_one_line():
    assert quoted('a"\\\n\x01\u202e\U0001f600') == '"a\\"\\\\\\n\\u0001\\u202e\U0001f600"'
