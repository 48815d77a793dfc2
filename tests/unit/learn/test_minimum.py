"""A bowl is least at its bottom, and sparse rows sum what they name."""

import numpy as np

from zoll.learn.minimum import least, products


def test_a_bowl():
    bottom = np.array([3.0, -2.0])
    found = least(lambda x: (float(((x - bottom) ** 2).sum()), 2 * (x - bottom)), np.zeros(2), 50)
    assert np.allclose(found, bottom, atol=1e-4)


def test_products_of_rows_that_name_their_columns():
    over_rows, over_columns = products(np.array([0, 2, 2, 1]), np.array([2, 2, 4]), 3)
    assert over_rows(np.array([1.0, 10.0, 100.0])).tolist() == [101.0, 0.0, 110.0]
    assert over_columns(np.array([1.0, 5.0, 7.0])).tolist() == [1.0, 7.0, 8.0]
