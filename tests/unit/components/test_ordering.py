import pytest

from zoll.components.ordering import order


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.9.0", "1.10.0"),
        ("2.0.0-rc.1", "2.0.0"),
        ("2.0.0-alpha.2", "2.0.0-beta.1"),
        ("1.0.dev1", "1.0"),
        ("not a version", "not a version 2"),
        ("1.0~rc1-1", "1.0-1"),
        ("1.9-1", "1:1.0-1"),
        ("1.0-1+deb12u3", "1.0-1+deb12u10"),
        ("1.1.1t", "1.1.1w"),
        ("1.1.1", "1.1.1a"),
        ("v0.9.0", "v0.10.0"),
        ("2.0-SNAPSHOT", "2.0"),
        ("2022.83", "2025.89"),
    ],
)
def test_later_and_earlier(old, new):
    assert order(old, new) == 1
    assert order(new, old) == -1


@pytest.mark.parametrize(("old", "new"), [("1.0", "1.0"), ("1.0", "1.0.0"), ("1.0", "1.0.Final"), ("v1.0", "1.0")])
def test_the_same(old, new):
    assert order(old, new) == 0
