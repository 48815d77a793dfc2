"""Leading reasons are counted by projects, and none by its own."""

import numpy as np

from zoll.learn.examples import Example
from zoll.learn.leading import counted_reasons, led_by


def example(project, rules, planted=None):
    case = {"id": project, "project": project, "set": "benign" if planted is None else "attack"}
    told = [number == planted for number in range(len(rules))]
    return Example(case, len(rules), rules, [()] * len(rules), told, [""] * len(rules))


EXAMPLES = [
    example("a", [("power/run",), ("power/run",), ("start/hook", "power/run")]),
    example("b", [("power/run",), ("shape/small",)]),
    example("c", [("power/run",), ("start/hook", "power/run")], planted=1),
]
PLANTED = np.array([one for example in EXAMPLES for one in example.planted])


def met(columns):
    return (2**columns - 1).round().astype(int).T.tolist()


def test_projects_are_counted_once_and_a_findings_own_not_at_all():
    #                a: run, run, hook; b: run, none; c: run, hook
    assert met(led_by(EXAMPLES).columns(np.ones(len(PLANTED), dtype=bool), PLANTED)) == [
        [1, 1, 0, 1, 0, 2, 1],
        [0, 0, 1, 0, 0, 0, 0],
    ]


def test_only_what_may_be_seen_counts():
    seen = np.array([True] * 3 + [False] * 4)
    assert met(led_by(EXAMPLES).columns(seen, PLANTED)) == [[0, 0, 0, 1, 0, 1, 1], [0] * 7]


def test_what_ships_is_counted_over_all():
    assert counted_reasons(EXAMPLES) == {"": (1, 0), "power/run": (2, 0), "start/hook": (1, 1)}


def test_findings_can_be_picked():
    led = led_by(EXAMPLES)
    assert led.of(np.array([0, 6])).reasons.tolist() == [led.reasons[0], led.reasons[6]]
