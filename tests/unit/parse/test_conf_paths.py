import pytest

from zoll.parse.conf_paths import entries
from zoll.parse.entry import TooDeep


def told(text):
    return [(entry.path, entry.value, entry.line) for entry in entries(text)]


def test_sshd():
    text = "# note\nPort 22\nMatch User a\n  PasswordAuthentication yes\n"
    assert told(text) == [("Port", "22", 2), ("Match User a.PasswordAuthentication", "yes", 4)]


def test_nginx():
    text = 'http {\n  server { listen 80; }\n  log_format main "a"\n    "b";\n  x 1;\n  y 2;\n}\n'
    assert told(text) == [
        ("http.server.listen", "80", 2),
        ("http.log_format", "main a b", 3),
        ("http.x", "1", 5),
        ("http.y", "2", 6),
    ]


def test_apache():
    text = '<Directory "/srv">\n  Require all granted\n</Directory>\nListen 8080\n'
    assert told(text) == [("Directory /srv.Require", "all granted", 2), ("Listen", "8080", 4)]


def test_hcl():
    text = 'resource "a" "b" {\n  port = 22 # note\n  url = "http://h.example/x"\n}\n'
    assert told(text) == [("resource a b.port", "22", 2), ("resource a b.url", "http://h.example/x", 3)]


def test_deep_nesting_is_refused():
    with pytest.raises(TooDeep):
        list(entries("a {" * 1000))
