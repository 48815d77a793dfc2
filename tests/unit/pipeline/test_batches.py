"""Batches lose nothing, keep the order and stay within their size."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.model import Part, Place
from zoll.pipeline.batches import BATCH, batches, smallest, weight

PARTS = st.lists(st.integers(0, 2 * BATCH), max_size=30).map(
    lambda sizes: [Part(Place((f"{number}.c",)), "code/c", f"{number}", size) for number, size in enumerate(sizes)]
)


@given(PARTS)
def test_batches_hold_every_part_once_in_order(parts):
    told = list(batches(parts))
    assert [part for batch in told for part in batch] == parts
    assert all(batch and (len(batch) == 1 or weight(batch) <= BATCH) for batch in told)


@given(PARTS, st.integers(0, 12 * BATCH))
def test_the_smallest_are_chosen_within_the_budget(parts, most):
    chosen = smallest(parts, most)
    assert weight(chosen) <= most
    left = [part.size for part in parts if part not in chosen]
    if left:
        assert weight(chosen) + min(left) > most
        assert not chosen or chosen[-1].size <= min(left)
