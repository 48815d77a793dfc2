"""Methods run over texts: conditions are joined, values that hang on them become one expression."""


def test_and_and_or_come_back_as_they_were(python):
    assert python("def f(a, b, c):\n if a == 1 and b or c > 3:\n  g()\n")[1].strip() == "if (a == 1 and b) or c > 3:"


def test_a_choice_between_values_is_one_expression(python):
    assert python("def f(a):\n return a or 'none'\n")[1].strip() == 'return a or "none"'


def test_a_call_whose_result_is_used_twice_is_said_once(python):
    text = "\n".join(python("def f(a):\n x = y = g(a)\n return x, y\n"))
    assert text.count("g(a)") == 1


def test_long_expressions_get_a_name(python):
    text = python("x = " + " + ".join(f"name_{at}" for at in range(200)) + "\n")
    assert len(text) > 1
    assert max(map(len, text)) < 1000
