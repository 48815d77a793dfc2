import numpy as np
from hypothesis import given
from hypothesis.strategies import integers, lists, tuples

from zoll.parse.machine.image import Region
from zoll.parse.machine.spans import loaded, within

NUMBER = integers(-50, 50)


@given(lists(tuples(NUMBER, integers(0, 20))), lists(NUMBER))
def test_each_place_is_in_a_span_or_not(spans, places):
    expected = [any(start <= place < start + size for start, size in spans) for place in places]
    assert within(spans, np.array(places, np.int64)).tolist() == expected


def test_only_places_of_loaded_regions_stay():
    regions = [Region("a", 10, 0, 2, 4, "r"), Region("b", 0, 0, 100, 0, "")]
    assert loaded(regions, np.array([13, 10, 14, 10, 5])).tolist() == [10, 13]
