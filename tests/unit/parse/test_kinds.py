import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.kinds import kind_of

KINDS = """
a.c                        | int x;                         | code/c
a.h                        | int f(void);                   | code/c
a.h                        | namespace a {                  | code/cpp
a.h                        | #pragma once\\nclass A {       | code/cpp
a.hpp                      | int x;                         | code/cpp
a.py                       | x = 1                          | code/python
site.pth                   | import os                      | code/python
setup.py                   |                                | code/python
a.js                       | var a                          | code/javascript
a.ts                       | let a: number                  | code/typescript
app_de.ts                  | <?xml version="1.0"?>          | config/xml
a.go                       | package main                   | code/go
A.java                     | class A {}                     | code/java
a.php                      | <?php                          | code/php
logo.png                   | <?php echo 1;                  | code/php
a.t                        | use strict;                    | code/perl
a.rb                       | puts 1                         | code/ruby
a.lua                      | x = 1                          | code/lua
a.rs                       | fn main() {}                   | code/rust
lib.rs                     | #![allow(x)]                   | code/rust
run                        | #![allow(x)]                   | code/shell
lib.rs                     | #!/bin/sh                      | code/shell
postinst                   | #!/bin/sh                      | code/shell
run                        | #!/usr/bin/env python3         | code/python
run                        | #!/usr/bin/env -S node --x     | code/javascript
run                        | #!/usr/bin/perl -w             | code/perl
notes.txt                  | #!/bin/bash                    | code/shell
debian/rules               | %:\\n\\tdh $@                 | config/make
debian/rules               | #!/usr/bin/make -f             | config/make
70-usb.rules               | SUBSYSTEM=="usb"               | config/udev
49-nm.rules                | polkit.addRule(function(a) {   | code/javascript
x.service.d/y.conf         | [Service]                      | config/systemd
etc/ssh/sshd_config        | Port 22                        | config/conf
apparmor.d/usr.bin.man     | #include <tunables/global>     | config/apparmor
configure                  | # Guess values                 | code/shell
configure.ac               | AC_INIT                        | config/m4
ax.m4                      | AC_DEFUN                       | config/m4
Makefile                   | all:                           | config/make
Makefile.am                | SUBDIRS = a                    | config/make
Makefile.in                | all:                           | config/make
rules.mk                   | X = 1                          | config/make
CMakeLists.txt             | project(x)                     | config/cmake
meson.build                | project()                      | config/meson
Dockerfile                 | FROM x                         | config/dockerfile
Dockerfile.arm64           | FROM x                         | config/dockerfile
package.json               | {"a": 1}                       | config/json
.github/workflows/ci.yml   | on: push                       | config/yaml
pyproject.toml             | [project]                      | config/toml
setup.cfg                  | [metadata]                     | config/ini
pom.xml                    | <project/>                     | config/xml
x.service                  | [Unit]                         | config/systemd
x                          | [Unit]\\nA=b                   | config/systemd
x.desktop                  | [Desktop Entry]                | config/desktop
a.properties               | a=b                            | config/properties
.env                       | A=b                            | config/env
.env.local                 | A=b                            | config/env
etc/cron.d/job             | * * * * * root x               | config/cron
debian/control             | Source: x                      | config/deb-control
nginx.conf                 | server {}                      | config/conf
config.h.in                | #undef X                       | code/c
README.md                  | # x                            | document/md
a.rst                      | x                              | document/rst
tool.1                     | .TH X 1                        | document/man
libx.so.1                  | hello                          | text/plain
index.html                 | <p>                            | document/html
debian/changelog           | x (1) stable                   | document/changelog
CHANGES.rst                | x                              | document/changelog
NEWS                       | x                              | document/changelog
news.py                    | x                              | code/python
de.po                      | msgid ""                       | document/po
LICENSE                    | MIT                            | document/text
unknown                    | some words                     | text/plain
unknown                    | #include <stdio.h>             | code/c
unknown                    | import os\\nimport sys\\n        | code/python
fix.patch                  | --- a                          | text/patch
pkg_1.dsc                  | Format: 3.0                    | container/dsc
"""


@pytest.mark.parametrize("row", KINDS.strip().split("\n"))
def test_text(row):
    name, text, kind = (cell.strip() for cell in row.split(" | "))
    assert kind_of(name, text.encode().replace(rb"\n", b"\n").replace(rb"\t", b"\t")) == kind


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", b"\x7fELF\2\1\1", "executable/elf"),
        ("a.py", b"MZ\x90\0\3\0", "executable/pe"),
        ("MZ.txt", b"MZ is how it begins", "document/text"),
        ("A.class", b"\xca\xfe\xba\xbe\0\0\0\x34", "executable/class"),
        ("fat", b"\xca\xfe\xba\xbe\0\0\0\x02", "executable/macho"),
        ("a.pyc", b"\xa7\r\r\n\0\0\0\0", "executable/pyc"),
        ("a.wasm", b"\0asm\1\0\0\0", "executable/wasm"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0", "data/png"),
        ("a.dat", b"PK\3\4\0\0", "container/zip"),
        ("a.txt", b"\x1f\x8b\x08\0", "container/gzip"),
        ("a", b"!<arch>\ndebian-binary   ", "container/deb"),
        ("a", b"!<arch>\n/           ", "container/ar"),
        ("a.txt", bytes(range(256)), "data/binary"),
        ("a.c", b"int x;\0\0\0", "code/c"),
        ("a.txt", "größer\n".encode("latin-1") * 20, "document/text"),
        ("a.txt", ("x" * 4095 + "ö").encode()[:4096], "document/text"),
        ("a.sh", b"\xef\xbb\xbf#!/usr/bin/python\n", "code/python"),
        ("a.reg", "Windows".encode("utf-16"), "text/utf16"),
        ("a.js", "eval(x)".encode("utf-16"), "code/javascript"),
        ("a.js", "eval(x);\n".encode("utf-16-le"), "code/javascript"),
        ("run", b"#!/bin/sh\nexit\0 0\n", "code/shell"),
        ("notes", b"ab\0" * 100, "data/binary"),
        ("ssh", b"# ssh(1) completion   -*- shell-script -*-\n\n_f()\n{\n", "code/shell"),
        ("rc", b"# -*- coding: utf-8; mode: python -*-\nx = 1\n", "code/python"),
        ("rc", b"# vim: set ts=4 ft=perl :\n", "code/perl"),
        ("rc", b"# -*- mode: fundamental -*-\nwords\n", "text/plain"),
        ("notes", b"a -*- b\n", "text/plain"),
        ("a.c", b"", "code/c"),
        ("a", b"", "text/plain"),
    ],
)
def test_bytes(name, head, kind):
    assert kind_of(name, head) == kind


@given(st.text(max_size=40), st.binary(max_size=600))
def test_everything_has_a_kind(name, head):
    family, _, what = kind_of(name, head).partition("/")
    assert family in {"code", "config", "document", "text", "container", "executable", "data"}
    assert what


@pytest.mark.parametrize(
    "unit",
    [b"\n", b" ", b"\t\n", b"[", b"#\n", b"package a\n", b"import ", b"fn a", b"{", b"class a", b"let a,", b"; \n"],
)
def test_no_text_takes_long(unit):
    head = (unit * 4096)[:4096]
    began = time.perf_counter()
    for name in ("x", "x.h", "x.1", "x.t"):
        kind_of(name, head)
    assert time.perf_counter() - began < 2
