"""Marks of a text do not hang on what stands around it."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.components.samples import marks_of, met, packed, unpacked

LINES = [
    f"static int zq_{number:03}(struct box *b) {{ return b->word[{number}] ^ {number * 7919}; }}"
    for number in range(200)
]
TEXT = "\n".join(LINES).encode()


def test_one_mark_for_some_sixty_bytes():
    assert 60 < len(marks_of(TEXT)) < 400
    assert len(marks_of(b"short")) == 0


@given(st.integers(0, 60), st.sampled_from(["  ", "\t", "\n\n", "\r\n"]), st.binary(max_size=400))
def test_a_re_indented_piece_in_another_text_keeps_its_marks(first, blank, before):
    piece = LINES[first : first + 100]
    inner = set(marks_of("\n".join(piece).encode()).tolist())
    other = before + b"\n" + "\n".join(blank + line.replace(" ", blank) for line in piece).encode() + b"\nint more;"
    assert len(inner) > 20
    assert inner <= set(marks_of(other).tolist())


def test_marks_can_be_sent():
    assert unpacked(packed(marks_of(TEXT))).tolist() == marks_of(TEXT).tolist()


def test_files_meet_the_libraries_that_they_share_text_with():
    library, half = marks_of(TEXT), marks_of(TEXT[: len(TEXT) // 2])
    shared = met([[library], []], {"half": half, "none": marks_of(b"something else entirely " * 50)})
    assert shared == {"half": {0: len(half)}}
    assert met([[library]], {}) == {}


def test_what_stands_in_many_files_leads_nowhere():
    assert met([[marks_of(TEXT)]], {str(number): marks_of(TEXT) for number in range(20)}) == {}
