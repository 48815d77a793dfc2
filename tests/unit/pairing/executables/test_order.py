import numpy as np

from zoll.pairing.executables.order import PLACED, REACH, Order

OLDS, NEWS = np.array([0, 10, 20, 30]), np.array([0, 10, 21, 31])


def place(old, new):
    return Order(OLDS, NEWS).places(np.array([old]), np.array([new])).tolist()[0]


def test_a_place_equally_far_from_both_pairs_is_the_best():
    assert place(5, 5) == 0
    assert place(15, 15) == place(15, 16) == 1
    assert place(5, 7) == 2
    assert place(2, 9) == 3


def test_places_outside_the_run_grow_worse_with_distance():
    kinds = [place(5, new) for new in (12, 20, 40, 150, 900)]
    assert kinds == sorted(kinds)
    assert kinds[0] > 3
    assert kinds[-1] == len(PLACED) - 1


def test_a_pair_is_not_its_own_neighbour():
    assert place(10, 10) == 1  # as far from the pair before; the one behind moved by one


def test_without_pairs_every_place_is_the_last():
    none = np.zeros(0, np.int64)
    assert Order(none, none).places(OLDS, NEWS).tolist() == [len(PLACED) - 1] * 4
    assert len(PLACED) == len(REACH)
