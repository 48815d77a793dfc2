"""Checks written as a command and what happens otherwise."""

import pytest

from zoll.compare.orelse import no_more_else, or_else
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def statements(language, text):
    opened = open_code(text.encode(), language)
    return opened.statements(max(opened.code.functions, key=lambda one: len(opened.statements(one))))


def shell(line):
    return statements("shell", f'f() {{\n    {line}\n    tar -xf "$1"\n}}\n')


@pytest.mark.parametrize(
    ("line", "refuses"),
    [
        ('[ "$owner" = 0 ] || exit 1', True),
        ('gpgv "$1.sig" "$1" || return 1', True),
        ('check_owner "$1" || die "not yours"', True),
        ('sha256sum -c "$1" || exit 1', True),
        ('cd "$folder" || exit 1', False),
        ('gpgv "$1.sig" "$1" || true', False),
        ('[ -n "$x" ] && exit 1', False),
    ],
)
def test_what_refuses_otherwise(line, refuses):
    side = shell(line)
    assert any(or_else(side, index) for index in range(len(side))) is refuses


def test_perl_says_or():
    side = statements("perl", "sub f {\n    verify_owner($_[0]) or die 'no';\n    go($_[0]);\n}\n")
    assert any(or_else(side, index) for index in range(len(side)))


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ('gpgv "$1.sig" "$1" || true', True),
        ('gpgv "$1.sig" "$1" || echo "bad signature"', True),
        ('gpgv "$1.sig" "$1" || return 2', False),
    ],
)
def test_what_refuses_no_more(line, gone):
    view = View(aligned(shell('gpgv "$1.sig" "$1" || exit 1'), shell(line)))
    assert any(no_more_else(view, *pair) for pair in view.kept.items()) is gone
