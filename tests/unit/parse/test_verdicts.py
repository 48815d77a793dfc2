"""How a result is tested, from the text around the call."""

import pytest

from zoll.parse.verdicts import verdict


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("    if (check(a, b) != 0)\n", "0"),
        ("    if (!check(a, b))\n", "0"),
        ("    if (check(a, g(b)))\n", "0"),
        ("    if (x && check(a, b) == NULL)\n", "0"),
        ("    if not self.check(a):\n", "0"),
        ("    if (ctx->check(a) < 0)\n", "<0"),
        ("    while (check(a) >= 0) {\n", "<0"),
        ("    if (check(a) <= 0)\n", ">0"),
        ("    if (check(a) < 1)\n", ">0"),
        ("    if (1 && check(a) == 1)\n", "=1"),
        ("    if (check(a) != EOK)\n", "=EOK"),
        ("    if (check(a) == wanted)\n", ""),
        ("    rc = check(a, b);\n    if (rc < 0)\n        return rc;\n", "<0"),
        ("    err := check(a)\n    if err != nil {\n", "0"),
        ("    rc = check(a, b);\n    if (!rc)\n", "0"),
        ("    rc = check(a, b);\n    rc = other(a);\n    if (!rc)\n", ""),
        ("    rc = check(a, b);\n    use(rc);\n", ""),
        ("    check(a, b);\n", "none"),
        ("    (void) check(a, b);\n", "none"),
        ("    return check(a, b);\n", ""),
        ("int check(int a, int b)\n{\n", ""),
        ("    // if (check(a) < 0)\n", ""),
        ('    log("check(a) failed");\n', ""),
    ],
)
def test_verdict(text, parts):
    data = text.encode()
    start = data.index(b"check")
    assert verdict(data, start, start + 5)[0] == parts


def test_whatever_stands_there():
    for text in (b"check", b"check(", b"check(((" * 200, b"\xffcheck(\xff)", b"check" + b" " * 50):
        verdict(text, text.index(b"check"), text.index(b"check") + 5)
