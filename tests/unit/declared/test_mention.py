"""Notes speak of a thing clearly or vaguely, in several languages, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.declared.mention import Said, parts_of
from zoll.model import Note, Place

NOTES = [
    "Added the `--max-conn` option and a debug port 5555",
    "新增远程调试端口、支持 ENABLE_TRACE 环境变量",
    "Neue Einstellung für die Verschlüsselung der Fernwartung",
    "Configuration files may be encrypted; authentication of users is faster",
    "Support for zstandard",
]
ASKED = [
    ("--max-conn", "clear", 0),
    ("maxConn", "clear", 0),
    ("MAX_CONN", "clear", 0),
    ("5555", "clear", 0),
    ("ENABLE_TRACE", "clear", 1),
    ("zstandard", "clear", 4),
    ("port", "vague", 0),
    ("debugging_ports", "vague", 0),
    ("remote_debug", "vague", 1),
    ("remote_port", "vague", 1),
    ("encrypt", "vague", 2),
    ("auth_user", "vague", 3),
    ("cfg_encrypted", "vague", 2),
    ("zq-maint", "", None),
    ("maxConnTotal", "", None),
    ("conn_max", "vague", 0),
    ("relay", "", None),
    ("", "", None),
]


@pytest.mark.parametrize(("word", "how", "which"), ASKED)
def test_how_notes_speak_of_a_word(word, how, which):
    said = Said(Note(Place(("n",), "", number, number), words) for number, words in enumerate(NOTES))
    found, note = said.find(word)
    assert (found, note.at.start if note else None) == (how, which)


def test_asking_for_few_words_finds_the_same():
    notes = [Note(Place(), words) for words in NOTES]
    words = [word for word, _, _ in ASKED]
    assert [Said(notes, words).find(word) for word in words] == [Said(notes).find(word) for word in words]


@given(st.text(max_size=40), st.lists(st.text(max_size=80), max_size=4))
def test_nothing_is_found_that_no_note_has_a_part_of(word, texts):
    how, note = Said(Note(Place(), text) for text in texts).find(word)
    assert (how == "") == (note is None)
    assert not how or parts_of(word)
