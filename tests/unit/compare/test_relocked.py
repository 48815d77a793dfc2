"""Which packages of a lock file are others under the same version."""

import pytest

from zoll.compare.relocked import relocked
from zoll.model import Fact, Place, Reading


def locked(version, digest):
    traits = tuple(sorted(f"{name}:{value}" for name, value in (("sum", digest), ("version", version)) if value))
    return Reading(Fact("dependency", "lodash", traits), Place(("package-lock.json",), start=3))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (("1.2", "sha512 a"), ("1.2", "sha512 b"), ["lodash"]),
        (("1.2", "sha512 a"), ("1.3", "sha512 b"), []),
        (("1.2", "sha1 a"), ("1.2", "sha512 b"), []),
        (("1.2", "sha512 a"), ("1.2", ""), []),
        (("1.2", ""), ("1.2", "sha512 b"), []),
    ],
)
def test_the_same_version_held_against_another_digest(old, new, told):
    assert [fact.fact.value for _, fact in relocked([locked(*old)], [locked(*new)])] == told
