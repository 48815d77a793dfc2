"""A made-up corpus in which one word tells plants from the rest, and another only looks as if it did."""

import random

import pytest

from zoll.learn.examples import Example

CHANGES = 12


def example(number, hostile):
    """Return an upgrade of a dozen changes; a planted one carries `+gate undeclared`.

    Each change carries a word of its own as well, so that to be odd is nothing odd.
    """
    chance = random.Random(number)
    words = [
        ("+call", f"-call {chance.randrange(9)}", *(("=circumstance small",) if chance.random() < 0.5 else ()))
        for _ in range(CHANGES)
    ]
    planted = [False] * CHANGES
    if hostile:
        place = chance.randrange(CHANGES)
        words[place], planted[place] = ("+call", "+gate undeclared", "-call 3"), True
    rules = [("shape/small",) if "=circumstance small" in one else () for one in words]
    family = ("trigger", "power")[number % 2]
    case = {"id": f"c{number}", "set": "attack" if hostile else "benign", "project": f"p{number}", "family": family}
    return Example(case, CHANGES, rules, words, planted, [f"f{place}" for place in range(CHANGES)])


@pytest.fixture(scope="session")
def corpus():
    """Forty clean and twenty planted upgrades of as many projects."""
    return [example(number, number % 3 == 0) for number in range(60)]
