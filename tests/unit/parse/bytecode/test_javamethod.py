"""Java methods run over texts."""

import pytest


@pytest.mark.parametrize(
    "line",
    [
        'if ((user.equals("root") && !this.flag) || n > 3) {',
        'runtime.exec(new String[] {"sh", "-c", user + "x" + n});',
        "this.xs = new int[] {1, 2, 3};",
        "while (iterator.hasNext()) {",
        'string2 = user != null ? user.trim() : "none";',
        "new URL(string2).openStream().read();",
        "return (n > 3 && this.flag) || user.isEmpty();",
        "runnable = bind(this::lambda$check$0, string2);",
        "while (a > 3L) {",
    ],
)
def test_statements_are_as_the_source_had_them(line, text_of):
    assert line in text_of("java-shapes")
