"""Names without versions."""

import pytest

from zoll.pairing.names import plain_place, single_tops, unversioned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("libssl.so.1.1", "libssl.so.3"),
        ("foo-1.2rc1.tar.gz", "foo-1.2.tar.xz"),
        ("x_2022.83-1+deb12u3_arm64.deb", "x_2025.88-2_arm64.deb"),
        ("app.3f2a1c77.css", "app.00ff1c77.css"),
    ],
)
def test_same(one, other):
    assert unversioned(one) == unversioned(other)


@pytest.mark.parametrize(
    ("one", "other"), [("sha1.c", "sha2.c"), ("md4.c", "md5.c"), ("abc.py", "abd.py"), ("utf8", "utf16")]
)
def test_different(one, other):
    assert unversioned(one) != unversioned(other)


def test_single_tops():
    tops = single_tops([("p-1/a",), ("p-1/b/c",)])
    assert tops == {(): "p-1"}
    assert plain_place(("p-1/b/c",), tops) == ("b/c",)
