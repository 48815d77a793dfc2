from hypothesis import given
from hypothesis import strategies as st

from zoll.fetch.nearest import nearest


def test_the_versions_around_the_wanted_one():
    assert nearest("2.0", [f"1.{step}" for step in range(20)]) == ["1.15", "1.16", "1.17", "1.18", "1.19"]
    assert nearest("1.0", []) == ["none"]


@given(st.text(), st.lists(st.text(), min_size=1))
def test_some_are_always_named_and_never_too_many(wanted, versions):
    assert 1 <= len(nearest(wanted, versions)) <= 5
