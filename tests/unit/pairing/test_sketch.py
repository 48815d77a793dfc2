"""Sketches tell likeness without meeting everybody."""

import numpy as np

from zoll.pairing.sketch import alike, likeness, sketch_bytes, sketch_words

TEXT = "".join(f"line {n} of the text, {n * n}\n" for n in range(400)).encode()


def test_likeness():
    one = sketch_bytes(TEXT, text=True)
    assert likeness(one, one) == 1.0
    assert 0.5 < likeness(one, sketch_bytes(TEXT.replace(b"line 7", b"row 7"), text=True)) < 1.0
    assert likeness(one, sketch_bytes(bytes(range(256)) * 9, text=False)) < 0.05


def test_white_space_does_not_count_in_text():
    assert np.array_equal(sketch_bytes(TEXT, text=True), sketch_bytes(TEXT.replace(b"\n", b"\n\t"), text=True))


def test_small_and_empty():
    assert len(sketch_bytes(b"", text=True)) == 0
    assert len(sketch_bytes(b"abc", text=True)) == 1
    assert len(sketch_words([])) == 0


def test_alike_finds_the_like():
    old = {"a": sketch_bytes(TEXT, text=True), "b": sketch_bytes(TEXT[::-1], text=True)}
    assert [(one, two) for one, two, _ in alike(old, {"c": sketch_bytes(TEXT + b"more", text=True)})] == [("a", "c")]
