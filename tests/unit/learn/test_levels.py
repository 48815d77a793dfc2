"""The levels find again what made the strongest findings."""

import numpy as np

from zoll.judge.counts import Levels
from zoll.judge.expectation import expected
from zoll.learn.levels import FEWEST, fit_levels, with_kinds


def drawn(number, levels):
    chance = np.random.default_rng(11)
    hunks = np.exp(chance.uniform(0, 8, number)).astype(int) + 1
    return levels.start + levels.scale * (levels.growth * np.log(hunks) + chance.gumbel(size=number)), hunks


def test_what_was_drawn_is_found_again():
    truth = Levels(2.0, 1.5, 0.4)
    found = fit_levels(*drawn(2000, truth))
    assert abs(found.start - truth.start) < 0.4
    assert abs(found.scale - truth.scale) < 0.15
    assert abs(found.growth - truth.growth) < 0.06


def test_one_clean_upgrade_in_fifty_reaches_hold():
    truth = Levels(2.0, 1.5, 0.4)
    tops, hunks = drawn(2000, truth)
    found = fit_levels(tops, hunks)
    held = np.mean([expected(top, number, found) <= 1 / 50 for top, number in zip(tops, hunks, strict=True)])
    assert 0.01 < held < 0.03


def test_a_handful_says_nothing():
    assert fit_levels([9.0] * (FEWEST - 1), [5] * (FEWEST - 1)) == Levels()


def test_a_louder_kind_is_known_by_its_upgrades_and_a_seldom_one_hardly():
    truth = Levels(2.0, 1.5, 0.4)
    tops, hunks = drawn(400, truth)
    kinds = ["php"] * 100 + ["lua"] * 2 + ["c"] * 298
    louder = [top + 2 * (kind != "c") for top, kind in zip(tops, kinds, strict=True)]
    found = with_kinds(truth, louder, hunks, kinds).kinds
    assert 1.2 < found["php"] < 2.4
    assert abs(found["lua"]) < 0.6
    assert abs(found["c"]) < 0.4
