import pytest

from zoll.components.ordering import order


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("npm", "1.9.0", "1.10.0"),
        ("npm", "2.0.0-rc.1", "2.0.0"),
        ("npm", "2.0.0-alpha.2", "2.0.0-beta.1"),
        ("pypi", "1.0.dev1", "1.0"),
        ("pypi", "not a version", "not a version 2"),
        ("deb", "1.0~rc1-1", "1.0-1"),
        ("deb", "1.9-1", "1:1.0-1"),
        ("deb", "1.0-1+deb12u3", "1.0-1+deb12u10"),
        ("generic", "1.1.1t", "1.1.1w"),
        ("generic", "1.1.1", "1.1.1a"),
        ("golang", "v0.9.0", "v0.10.0"),
        ("maven", "2.0-SNAPSHOT", "2.0"),
        ("generic", "2022.83", "2025.89"),
    ],
)
def test_later_and_earlier(kind, old, new):
    assert order(kind, old, new) == 1
    assert order(kind, new, old) == -1


@pytest.mark.parametrize(("old", "new"), [("1.0", "1.0"), ("1.0", "1.0.0"), ("1.0", "1.0.Final"), ("v1.0", "1.0")])
def test_the_same(old, new):
    assert order("generic", old, new) == 0
