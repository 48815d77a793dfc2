import pytest

from zoll.errors import CannotRead
from zoll.model import Fact, Place, Reading
from zoll.readers.bounds import bounded


def test_more_than_the_bound_is_a_gap_after_what_fits():
    readings = [Reading(Fact("line", str(number)), Place()) for number in range(5)]
    kept = bounded(readings, 3)
    assert [next(kept) for _ in range(3)] == readings[:3]
    with pytest.raises(CannotRead, match="parts"):
        next(kept)
