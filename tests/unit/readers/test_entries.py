import pytest

from zoll.model import Part, Place
from zoll.readers.entries import entries, is_lock, too_deep
from zoll.readers.material import Material


def material(text, kind, path="a"):
    data = text.encode()
    return Material(Part(Place((path,)), kind, "", len(data)), kind, data)


@pytest.mark.parametrize(
    ("kind", "text", "path", "value"),
    [
        ("config/yaml", "a:\n  b: c\n", "a.b", "c"),
        ("config/yaml", "{{- if x }}\na:\n  b: {{ c }}\n", "a.b", "{{ c }}"),
        ("config/json", '{"a": {"b": 1}}', "a.b", "1"),
        ("config/systemd", "[Service]\nUser=x\n", "Service.User", "x"),
        ("config/dockerfile", "ENV A=b\n", "ENV.A", "b"),
        ("config/make", "A := b\n", "A", "b"),
        ("config/cmake", "set(A b c)", "set.A", "b c"),
        ("config/deb-control", "Package: a\nDepends: b\n", "a.Depends", "b"),
    ],
)
def test_every_format_gives_paths(kind, text, path, value):
    assert (path, value) in [(entry.path, entry.value) for entry in entries(material(text, kind))]


def test_what_nests_too_deep_is_read_by_its_lines():
    given = material("a: 1\nb: " + "[" * 1000, "config/yaml")
    assert too_deep(given)
    assert [entry.path for entry in entries(given)] == ["a", "b"]


def test_lock_files_are_known_by_name():
    assert is_lock(material("{}", "config/json", "x/package-lock.json"))
    assert not is_lock(material("{}", "config/json", "package.json"))
