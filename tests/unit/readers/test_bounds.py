import pytest

from zoll.errors import CannotRead
from zoll.model import Fact, Place, Reading
from zoll.readers.bounds import bounded


def test_more_than_the_bound_is_a_gap_after_what_fits():
    readings = [Reading(Fact("line", str(number)), Place()) for number in range(5)]
    kept = []
    with pytest.raises(CannotRead) as refused:
        for reading in bounded(readings, 3):
            kept.append(reading)
    assert refused.value.reason == "parts"
    assert kept == readings[:3]
