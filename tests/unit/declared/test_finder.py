"""Whole words in bytes."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.declared.finder import Finder, whole_word

LETTERS = st.text("abcXY_9-", min_size=3, max_size=6)


def test_only_whole_words_count():
    finder = Finder(["root", "svc-x", "né"])
    assert finder.within(b"rootfs chroot") == ()
    assert finder.within(b"a root b svc-x") == (0, 1)
    assert finder.within("c'est né".encode()) == (2,)
    assert finder.within(b"") == ()


def test_no_words_are_never_found():
    assert Finder([]).within(b"anything") == ()


def test_a_word_that_is_everywhere_is_believed():
    assert whole_word(b"ab", b"xab" * 1000) == 1


@given(st.lists(LETTERS, min_size=1, max_size=8, unique=True), st.lists(LETTERS, max_size=30))
def test_words_set_apart_by_blanks_are_found(words, text):
    data = " ".join(text).encode()
    found = {words[index] for index in Finder(words).within(data)}
    assert found >= {word for word in words if word in text}
    assert all(word.encode() in data for word in found)


def test_an_empty_word_stands_nowhere():
    assert Finder(["", "port"]).within(b"a port") == (1,)
    assert Finder([""]).within(b"a port") == ()
    assert Finder(["", "port"], each=True).places(b"a port") == [(1, 2)]
