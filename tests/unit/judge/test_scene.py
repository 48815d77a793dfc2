"""Synthetic facts, the small language in which rules give their examples."""

import pytest

from zoll.errors import BadSetting
from zoll.judge.scene import scene_of
from zoll.model import Fact


def test_signs_traits_and_marks():
    scene = scene_of(
        [
            "+ gate literal->success literal:zq op:== @undeclared @new:release",
            "- guard verify effect:failure",
            "= role authentication",
            "+ hook npm_~_postinstall @declared",
        ]
    )
    gate, hook = scene.gained
    assert gate.reading.fact == Fact("gate", "literal->success", ("literal:zq", "op:=="))
    assert (gate.newness, gate.undeclared) == (4, True)
    assert (hook.reading.fact.value, hook.undeclared) == ("npm postinstall", False)
    assert scene.lost[0].reading.fact.value == "verify"
    assert scene.standing == (Fact("role", "authentication"),)


@pytest.mark.parametrize("line", ["gate x", "* gate x y", "+ gate"])
def test_what_is_not_a_fact_is_refused(line):
    with pytest.raises(BadSetting, match="example fact"):
        scene_of([line])
