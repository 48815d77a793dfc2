"""Conditions turned into an early way out, against such that were turned round."""

import pytest

from zoll.compare.alteration import alterations
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code

OLD = """def f(methods):
    for client in methods:
        if client and client.allowed(methods):
            client.mark(methods)
            return client
    return None
"""
NEW = """def f(methods):
    for client in methods:
        if not client or not client.allowed(methods):
            %s
        client.mark(methods)
        return client
    return None
"""


def altered(old, new):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), "python")
        sides.append(opened.statements(next(one for one in opened.code.functions if one.name == "f")))
    return [one.fact.value for one in alterations(View(aligned(*sides))) if one.fact.value.startswith("condition")]


def test_the_opposite_that_leaves_at_once_is_no_alteration():
    assert altered(OLD, NEW % "continue") == []


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("client and client", "not client or not client"),  # the same is done in the other case
        OLD.replace("client and client", "client or client"),
        NEW % "client.mark(methods)",  # it does not leave
    ],
)
def test_what_is_more_than_an_early_way_out(new):
    assert "condition.logic" in altered(OLD, new)
