"""A bowl is least at its bottom."""

import numpy as np

from zoll.learn.minimum import least


def test_a_bowl():
    bottom = np.array([3.0, -2.0])
    found = least(lambda x: (float(((x - bottom) ** 2).sum()), 2 * (x - bottom)), np.zeros(2), 50)
    assert np.allclose(found, bottom, atol=1e-4)
