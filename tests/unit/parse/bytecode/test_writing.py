"""Blocks nested by what decides about them."""


def test_early_ways_out_stay_flat(python):
    lines = python("def f(a):\n if a:\n  return 1\n g()\n return 2\n")
    assert [line.strip() for line in lines] == ["def f(a):", "if a:", "return 1", "g()", "return 2"]


def test_a_loop_that_asks_at_its_end_is_asked_at_its_head(python):
    lines = python("def f(self):\n while self.n < 5:\n  self.n += 1\n g()\n")
    assert [line.strip() for line in lines] == ["def f(self):", "while self.n < 5:", "self.n += 1", "g()"]


def test_the_other_side_stands_under_else(python):
    lines = python("def f(a):\n if a:\n  g()\n else:\n  h()\n for x in a:\n  k(x)\n")
    assert [line.strip() for line in lines][1:] == ["if a:", "g()", "else:", "h()", "for x in a:", "k(x)"]


def test_what_catches_stands_behind_what_is_tried(text_of):
    text = text_of("java-shapes")
    assert text.index("try {") < text.index("openStream") < text.index("catch (IOException ioException)")
