import pytest

from zoll.declared.undoing import STEPS, Undoing
from zoll.model import Claim, Note, Place

LOG = Place(("CHANGES",))
ADDED = Note(LOG.at(1), "Added max_conn")


def doubt(*words, kind="added"):
    notes = [ADDED, *(Note(LOG.at(number), text) for number, text in enumerate(words, 2))]
    return Undoing(notes).doubt(Claim(kind, "max_conn", ADDED))


@pytest.mark.parametrize(
    "words", ["Rename max_conn to most", 'Revert "Added max_conn"', "max-conn entfernt", "恢复 maxConn"]
)
def test_a_later_step(words):
    assert doubt(words)


def test_the_same_again_is_no_doubt():
    assert not doubt("Added max_conn", "max_conn limits connections", "Renamed other_thing")


def test_a_long_log():
    assert doubt(*(f"Step {number}" for number in range(STEPS)))
    assert not doubt(*(f"Step {number}" for number in range(9)))


def test_only_what_came_or_went_is_doubted():
    assert not doubt("Rename max_conn", kind="fixed")


def test_one_package_of_several():
    partial = Undoing([ADDED], partial=True)
    assert partial.doubt(Claim("added", "max_conn", ADDED))
    assert not partial.doubt(Claim("updated", "zlib", ADDED))
    assert not partial.doubt(Claim("added", "max_conn", Note(LOG, "Added max_conn", by="user")))
