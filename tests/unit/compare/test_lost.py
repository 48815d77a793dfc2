from zoll.compare.lost import Lost


def test_what_is_not_told_is_empty():
    lost = Lost(0, "guard", "verify(x)")
    assert (lost.call, lost.effect, lost.about, lost.line) == ("", "", "", 0)
