"""What autotools have published, as data."""

from zoll.pipeline.tables import published, vocabulary


def test_the_table_is_whole():
    assert {"gettext.m4", "config.guess", "missing"} <= published().keys()
    assert all(len(digest) == 12 for digests in published().values() for digest in digests)
    assert b"srcdir" in vocabulary()
