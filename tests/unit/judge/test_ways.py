"""Each way in which something is weaker is said with what stood there and what stands there."""

import pytest

from zoll.judge.clauses import clause
from zoll.judge.clauses.ways import WAYS, became
from zoll.model import Fact


@pytest.mark.parametrize("how", sorted(WAYS))
def test_every_way_is_a_clause(how):
    made = WAYS[how](Fact("weaker", "argument", (f"how:{how}", "new:b", "old:a")))
    assert made.verb
    assert "`a`" in made.rest or "`b`" in made.rest


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        (("new:b", "old:a"), " (`a` became `b`)"),
        (("new:b",), " (new: `b`)"),
        (("old:a",), " (gone: `a`)"),
        ((), ""),
    ],
)
def test_what_became_of_it(traits, said):
    assert became(Fact("weaker", "operator", traits)) == said


@pytest.mark.parametrize(
    ("value", "traits", "said"),
    [
        (
            "identity",
            ("how:undropped", "new:return", "old:fatal"),
            "now goes on with all its rights where it ended before it laid them down (`fatal` became `return`)",
        ),
        (
            "return",
            ("how:saved", "new:c->batch: ACCEPT", "old:REJECT"),
            "now succeeds in one case (`c->batch: ACCEPT`) where it always failed (`REJECT`)",
        ),
        (
            "return",
            ("how:rearmed", "new:OK", "old:REPLAY: DENY"),
            "now treats one case like `OK` that it refused or checked (`REPLAY: DENY`)",
        ),
        (
            "scope",
            ("how:sometimes", "new:(argc < 3)", "old:clean_env"),
            "now calls `clean_env` only in one case (`(argc < 3)`), which it always called",
        ),
    ],
)
def test_ways_are_said_plainly(value, traits, said):
    assert clause(Fact("weaker", value, traits)).said(lost=False, fresh=False) == said
