"""What the lines of a script no longer do to protect it."""

import pytest

from zoll.compare.scripted import scripted
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def found(old, new, language="shell"):
    sides = []
    for text in (old, new):
        opened = open_code(text.encode(), language)
        sides.append(opened.statements(opened.code.functions[0]))
    view = View(aligned(*sides), old.splitlines(), new.splitlines(), language=language)
    return [(lost.call, lost.effect) for lost in scripted(view)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('exec su -s /bin/sh -c "$PROG" tool\n', 'exec "$PROG"\n', ("tool", "unprivileged")),
        ("sudo -u www-data php /usr/share/x/cron.php\n", "php /usr/share/x/cron.php\n", ("www-data", "unprivileged")),
        (
            "start-stop-daemon --start --chuid tool --exec $D\n",
            "start-stop-daemon --start --exec $D\n",
            ("tool", "unprivileged"),
        ),
        ("work=$(mktemp -d)\nuse $work\n", "work=/tmp/build.$$\nuse $work\n", ("mktemp", "predictable")),
        ('echo "$S  a" | sha256sum -c -\ntar xf a\n', "tar xf a\n", ("sha256sum", "unverified")),
        ("gpgv --keyring k a.sig a\ntar xf a\n", "gpgv --keyring k a.sig a || true\ntar xf a\n", ("gpgv", "swallowed")),
        (
            "gpgv --keyring k a.sig a\ntar xf a\n",
            "gpgv --keyring k a.sig a || echo bad\ntar xf a\n",
            ("gpgv", "swallowed"),
        ),
        (
            "(cd a && sha256sum -c b.sha256)\ntar xf a\n",
            "(cd a && sha256sum -c b.sha256) || echo differs\ntar xf a\n",
            ("sha256sum", "swallowed"),
        ),
        (
            "gpg --keyring k --verify a.asc a\n",
            "gpg --auto-key-retrieve --verify a.asc a\n",
            ("--keyring k", "unlimited"),
        ),
        ("umask 077\ngenkey\n", "genkey\n", ("umask 077", "unmasked")),
        ("find /var/lib/x -xdev -delete\n", "find /var/lib/x -delete\n", ("-xdev", "unlimited")),
    ],
)
def test_what_a_script_does_no_more(old, new, expected):
    assert found(old, new) == [expected]
    assert not found(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sudo -u a run /x/y\n", "runuser -u a -- run /x/y\n"),
        ("sudo -u root run /x/y\n", "run /x/y\n"),
        ("work=$(mktemp -d)\n", "work=$(mktemp -d /tmp/x.XXXXXX)\n"),
        ("work=$(mktemp -d)\n", "work=/var/lib/x/work\n"),
        ("sha256sum -c a\n", "sha512sum -c a\n"),
        ("umask 077\nx\n", "umask 027\nx\n"),
        ("grep -x a b\n", "grep -F a b\n"),
    ],
)
def test_what_is_done_otherwise_says_nothing(old, new):
    assert not found(old, new)


def test_other_languages_are_left_alone():
    old = 'def f():\n    run("sha256sum -c -")\n    work = mktemp()\n'
    assert not found(old, 'def f():\n    work = "/tmp/x"\n', "python")
