"""Readers of configuration meet any text: they say something or refuse it, and every line they name is there."""

from fnmatch import fnmatchcase
from importlib import import_module
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.errors import CannotRead
from zoll.model import Part, Place
from zoll.readers.material import Material

NAMES = [
    "settings",
    "commands",
    "hooks",
    "dependencies",
    "registries",
    "flags",
    "accounts",
    "keys",
    "permissions",
    "documents",
    "lines",
    "blobs",
]
READERS = [import_module(f"zoll.readers.{name}") for name in NAMES]
FILES = {
    ".github/workflows/ci.yml": "config/yaml",
    "package.json": "config/json",
    "package-lock.json": "config/json",
    "pyproject.toml": "config/toml",
    "Cargo.lock": "config/toml",
    "setup.cfg": "config/ini",
    "cell.service": "config/systemd",
    "a.desktop": "config/desktop",
    "a.properties": "config/properties",
    ".env": "config/env",
    "pom.xml": "config/xml",
    "nginx.conf": "config/conf",
    "main.tf": "config/hcl",
    "Makefile": "config/make",
    "CMakeLists.txt": "config/cmake",
    "meson.build": "config/meson",
    "configure.ac": "config/m4",
    "build.gradle": "config/gradle",
    "Dockerfile": "config/dockerfile",
    "debian/control": "config/deb-control",
    "etc/cron.d/x": "config/cron",
    "etc/udev/rules.d/x.rules": "config/udev",
    "etc/sudoers": "config/sudoers",
    "go.mod": "config/gomod",
    "requirements.txt": "config/requirements",
    "yarn.lock": "config/yaml",
    "setup.py": "code/python",
    "x.swift": "text/swift",
    "x.spec": "config/rpm-spec",
    "init.sql": "text/sql",
    "notes": "text/plain",
    "a.md": "document/md",
    "a.1": "document/man",
    "a.html": "document/html",
    "a.po": "document/po",
    "a.bin": "data/binary",
    "a": "executable/elf",
}
PIECES = [
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "</a>",
    "<a",
    "b='",
    '"',
    "'",
    "`",
    "$(",
    "${",
    "}}",
    "{{",
    "{%",
    "%}",
    ":",
    "=",
    ",",
    ";",
    "|",
    "&&",
    "-",
    "--",
    "#",
    "//",
    "/*",
    "*/",
    "\\",
    "\n",
    "\n",
    "\t",
    "@",
    "!",
    "&",
    "*",
    "%post",
    "run:",
    "scripts",
    "steps:",
    "RUN",
    "FROM",
    "script",
    "COMMAND",
    "include",
    "define",
    "endef",
    "<<",
    "EOF",
    "<<EOF",
    "all:",
    "\n\t",
    "a.b",
    "true",
    "0",
    "x",
    "192.0.2.1",
    "https://h.example/x",
    "sh",
    "-c",
    "curl",
    "password",
    "users",
    "AAAA",
    "-----BEGIN",
    "-z",
    "execstack",
    "image",
    "uses",
    "on",
    "'''",
    '"""',
    "[[",
    "]]",
    "\x00",
    "\x7fELF",
    "\ufeff",
    "é",
    "\r",
]


def told(path, kind, data):
    material = Material(Part(Place((path,)), kind, "", len(data)), kind, data)
    count = len(material.lines)
    for reader in READERS:
        if not any(fnmatchcase(kind, pattern) for pattern in reader.DOC.reads):
            continue
        try:
            for reading in reader.read(material):
                assert 0 <= reading.at.start <= count, (reader.__name__, reading)
                assert reading.at.start <= reading.at.end <= count or not reading.at.start, (reader.__name__, reading)
        except CannotRead:
            continue


@given(st.sampled_from(sorted(FILES)), st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text(path, pieces):
    told(path, FILES[path], " ".join(pieces).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("piece", ["[", "{", "<a>", "- ", "$(", '"', "a:\n ", "((", "a = [", "`", "[["])
def test_absurd_nesting_ends_soon(piece):
    began = perf_counter()
    for path, kind in FILES.items():
        told(path, kind, (piece * 10_000).encode())
    assert perf_counter() - began < 60  # minutes would mean that time explodes
