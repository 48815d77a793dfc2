from random import Random

from zoll.parse.printable import embedded, entropies, entropy, printable


def test_runs_of_both_widths():
    data = b"\x01curl -s x\x00\x01" + "wide text".encode("utf-16-le") + b"\x00\x00ab"
    assert [text for _, text in printable(data)] == [b"curl -s x", b"wide text"]


def test_formats_behind_the_head():
    assert list(embedded(b"\x7fELF\x02\x01\x01 rest")) == []
    assert list(embedded(b"data #!/bin/sh\n")) == [(5, "script")]


def test_density():
    assert entropies(b"a" * 8192) == [0.0, 0.0]
    assert entropies(Random(1).randbytes(4096))[0] > 7.5
    assert entropy(b"") == 0.0
