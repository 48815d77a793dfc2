"""Shares first, above alarm, and where the median clean upgrade shows so many."""

import numpy as np
import pytest

from zoll.learn.examples import Example
from zoll.learn.figures import alarm_bits, figures, shown_bits


def upgrade(planted, hostile=True):
    case = {"id": "x", "set": "attack" if hostile else "benign"}
    return Example(case, len(planted), [()] * len(planted), [()] * len(planted), planted, [""] * len(planted))


def test_shares():
    first, fourth, never = upgrade([True, False]), upgrade([False, False, False, True]), upgrade([False])
    clean = [upgrade([False], hostile=False)] * 20
    scores = [np.array(one) for one in ([9.0, 1.0], [5.0, 4.0, 3.0, 2.0], [9.0])]
    told = figures([first, fourth, never, *clean], [*scores, *[np.array([float(n)]) for n in range(20)]])
    assert told.first == pytest.approx((1 / 3, 1 / 3, 2 / 3))
    assert told.alarm == (0, 0)
    assert (told.hostile, told.clean) == (3, 20)
    assert "@1 33%" in told.line()


def test_the_alarm_is_what_so_many_clean_upgrades_exceed():
    clean = [np.array([float(n)]) for n in range(100)]
    assert sum(score.max() > alarm_bits(clean, 0.05) for score in clean) == 5


def test_the_median_clean_upgrade_shows_so_many():
    clean = [np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0]), np.array([7.0])]
    assert shown_bits(clean, 1) == 6.0
    assert shown_bits(clean, 3) == 1.0
