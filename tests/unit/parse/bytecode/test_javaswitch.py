"""Switches over texts."""


def test_a_switch_over_texts_is_one_again(text_of):
    text = text_of("java-shapes")
    assert "switch (user) {" in text
    assert 'case "x":' in text
    assert "hashCode" not in text
