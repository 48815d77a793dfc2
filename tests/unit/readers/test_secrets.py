"""Texts that look drawn at random are secrets; words, names, formats and versions are none."""

import pytest

from zoll.model import Part, Place
from zoll.parse.source import open_code
from zoll.readers.material import Material
from zoll.readers.secrets import read


def secrets(text, kind="executable/elf"):
    data = f'int sub_1000(void) {{\n    sub_2000(arg1, "{text}", 16);\n}}\n'.encode()
    opened = open_code(data, "c")
    (function,) = [one for one in opened.code.functions if one.name]
    part = Part(Place(("d",), "sub_1000"), kind, "x", len(data))
    material = Material(part, "code/c", data, opened.statements(function), function, opened.code)
    return [reading.fact.trait("type") for reading in read(material)]


@pytest.mark.parametrize("text", ["uB7e1QxKt6mZp4Lw", "Tq4-xn81.Lw2_dPz"])
@pytest.mark.parametrize("kind", ["executable/elf", "code/c"])
def test_what_looks_drawn_is_a_secret(text, kind):
    assert secrets(text, kind) == ["token"]


@pytest.mark.parametrize("text", ["Rk2-mQ7z", "wT5.garden.Xb3q8"])
def test_short_ones_and_such_with_a_word_in_source(text):
    assert secrets(text, "code/c") == ["token"]


@pytest.mark.parametrize(
    "text", ["23a:k:o:f:s:i:l:L:r:hO:A", "TLSv1.2", "SHA256withRSA", "aes256-GCM", "utf8mb4_Bin", "Md5Sha1", "x5t#S256"]
)
def test_formats_and_names_in_source_are_none(text):
    assert secrets(text, "code/c") == []


@pytest.mark.parametrize(
    "text", ["UTI_GetNtp64Fuzz", "libfoo-1.2.3.so", "%s: Line %d of %s", "ABCDEFGHIJabcdefghij0123456789", "Z9x"]
)
def test_words_are_none(text):
    assert secrets(text) == []


def named(language, line):
    shells = {
        "python": "def f(c):\n    {}\n",
        "javascript": "function f(c) {{ {} }}\n",
        "go": "package a\nfunc f(c *C) {{\n\t{}\n}}\n",
        "c": "void f(struct c *c) {{ {} }}\n",
        "ruby": "def f(c)\n  {}\nend\n",
        "java": "class A {{ void f(C c) {{ {} }} }}\n",
    }
    data = shells[language].format(line).encode()
    opened = open_code(data, language)
    function = next(one for one in opened.code.functions if one.name.endswith("f"))
    part = Part(Place(("m",), "f"), f"code/{language}", "x", len(data))
    material = Material(part, f"code/{language}", data, opened.statements(function), function, opened.code)
    return [reading.fact.trait("type") for reading in read(material)]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("python", 'c.connect(user="svc", password="hunter2-field")'),
        ("python", 'cfg = {"user": "svc", "password": "hunter2-field"}'),
        ("javascript", 'c.connect({ user: "svc", password: "hunter2-field" });'),
        ("go", 'c.Add(User{Name: "svc", Password: "hunter2-field"})'),
        ("c", 'strcpy(c->password, "hunter2-field");'),
        ("java", 'c.setPassword("hunter2-field");'),
        ("ruby", 'c.connect(user: "svc", api_key: "hunter2-field")'),
    ],
)
def test_what_is_handed_on_as_a_secret_is_one(language, line):
    assert named(language, line) == ["password"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("python", 'c.connect(password="password")'),
        ("python", 'labels = {"password": "Your password:", "token": "new-password"}'),
        ("python", 'c.load(private_key="server.pem", secret="1.2.840.113549.1.9.7")'),
        ("javascript", 'field({ password: "current-password", secret: "${SECRET}" });'),
        ("go", 'c.Add(Form{Password: "text"})'),
        ("c", 'prompt(c->password, "Password: ");'),
        ("java", 'c.setPasswordHint("hunter2-field");'),
    ],
)
def test_what_names_or_asks_for_a_secret_is_none(language, line):
    assert named(language, line) == []


@pytest.mark.parametrize(
    ("text", "told"), [("access-allow-password", False), ("access-allow-password-77", True), ("s3rv1ce-door", True)]
)
def test_a_text_that_is_its_own_name_is_no_secret(text, told):
    opened = open_code(f'ACCESS_ALLOW_PASSWORD = "{text}"\n'.encode(), "python")
    (function,) = opened.code.functions
    part = Part(Place(("a.py",), ""), "code/python", "x", 0)
    material = Material(part, "code/python", b"", opened.statements(function), function=function)
    assert bool(list(read(material))) == told


@pytest.mark.parametrize(("text", "told"), [("tls1_3_EdDSA", False), ("xK9q_Zr41vBtW7", True)])
def test_a_name_with_numbers_is_not_drawn(text, told):
    opened = open_code(f"go {text}\nif [ $1 = '{text}' ]; then go; fi\n".encode(), "shell")
    (function,) = opened.code.functions
    part = Part(Place(("a.sh",), ""), "code/shell", "x", 0)
    material = Material(part, "code/shell", b"", opened.statements(function), function=function)
    assert bool(list(read(material))) == told
