"""Settings pair by path, and only a weaker value is told."""

import pytest

from zoll.compare.settings import weaker_settings
from zoll.model import Fact, Place, Reading

AT = Place(("a.conf",), "", 3, 3)


def told(old, new):
    one = [Reading(fact, AT) for fact in old]
    two = [Reading(fact, AT) for fact in new]
    return [f"{weak.fact.kind} {weak.fact.value}" for _, weak in weaker_settings(one, two)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("tls.verify=true", "tls.verify=false", ["weaker setting"]),
        ("tls.verify=false", "tls.verify=true", []),
        ("tls.min_version=TLSv1.2", "tls.min_version=TLSv1.0", ["weaker setting"]),
        ("http.debug=false", "http.debug=true", ["weaker setting"]),
        ("listen.address=127.0.0.1", "listen.address=0.0.0.0", ["widened bind"]),
        ("sshd.PermitRootLogin=no", "sshd.PermitRootLogin=yes", ["weaker setting"]),
        ("auth.hash=sha256", "auth.hash=md5", ["weaker setting"]),
        ("auth.max_attempts=5", "auth.max_attempts=5000", ["weaker setting"]),
        ("allow.net=10.1.2.0/24", "allow.net=0.0.0.0/0", ["widened network"]),
        ("Socket.SocketMode=0660", "Socket.SocketMode=0666", ["weaker mode"]),
        ("Service.UMask=0077", "Service.UMask=0022", ["weaker mode"]),
        ("Service.UMask=0022", "Service.UMask=0077", []),
        ("tasks[].copy.mode=600", "tasks[].copy.mode=644", ["weaker mode"]),
        ("tasks[].copy.mode=u=rw", "tasks[].copy.mode=u=rw,o+w", ["weaker mode"]),
        ("game.mode=fast", "game.mode=slow", []),
        ("tls.tls_min_version=1.2", "tls.tls_min_version=1.0", ["weaker setting"]),
        ("tls.tls_min_version=1.2", "tls.tls_min_version=1.3", []),
        ("session.lifetime=3600", "session.lifetime=2592000", ["weaker setting"]),
        ("d=/run/x 0755 root root -", "d=/run/x 0777 root root -", ["weaker mode"]),
        ("d=/run/x 0755 root root -", "d=/run/x 1777 root root -", []),
        ("words=one 0755 two", "words=one 0777 two", []),
        ("ui.colour=red", "ui.colour=blue", []),
        ("update.url=https", "update.url=http", ["weaker setting"]),
    ],
)
def test_settings(old, new, expected):
    assert told([Fact("setting", old)], [Fact("setting", new)]) == expected


def test_a_hardening_flag_that_went():
    assert told([Fact("flag", "-fstack-protector", ("strength:strong",))], []) == ["weaker setting"]
    assert told([], [Fact("flag", "-fstack-protector", ("strength:strong",))]) == []


def test_modes():
    assert told([Fact("mode", "0755")], [Fact("mode", "4755")]) == ["weaker mode"]
    assert told([Fact("mode", "0644")], [Fact("mode", "0600")]) == []


def test_permissions_that_admit_more():
    assert told([Fact("permission", "contents=read")], [Fact("permission", "contents=write")]) == ["widened role"]


def test_lines_that_give_something_a_value():
    lines = [Fact("line", f'tls_min_version = "{version}"') for version in ("1.2", "1.0")]
    assert told(lines[:1], lines[1:]) == ["weaker setting"]
    assert told(lines[1:], lines[:1]) == []
    assert told([Fact("line", "if (verify = true) {")], [Fact("line", "if (verify = false) {")]) == []


def _rule(said, strength="strong", **more):
    traits = [f"{name}:{text}" for name, text in more.items()]
    return Fact("flag", said, tuple(sorted([*traits, f"strength:{strength}", "rule:audit"])))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([_rule("-w /etc/passwd (w)")], [], "gone"),
        ([_rule("-S execve", value="-F a")], [_rule("-S execve", value="-F a -F b")], "narrower"),
        ([_rule("-S execve", value="-F a -F b")], [_rule("-S execve", value="-F a")], None),
        ([], [_rule("-w /etc/shadow (w)")], None),
    ],
)
def test_a_rule_that_protects_may_go_or_hold_more_seldom(old, new, expected):
    one, two = ([Reading(fact, AT) for fact in side] for side in (old, new))
    ways = [weak.fact.trait("how") for _, weak in weaker_settings(one, two)]
    assert ways == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("conn.suites=aes256,sha256", "conn.suites=aes256,sha256,rc4", ["weaker algorithm"]),
        ("conn.suites=aes256,sha256,rc4", "conn.suites=aes256,sha256", []),
        ("amf.ciphering_order[].first=NEA2", "amf.ciphering_order[].first=NEA0", ["weaker setting"]),
        ("text=a plain word", "text=another, plain, null", []),
    ],
)
def test_a_list_that_newly_names_a_weak_algorithm_or_takes_it_first(old, new, expected):
    assert told([Fact("setting", old)], [Fact("setting", new)]) == expected


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("AllowUsers=admin", "AllowUsers=admin support", "support"),
        ("DEFAULT.ignoreip=127.0.0.1/8", "DEFAULT.ignoreip=127.0.0.1/8 203.0.113.0/24", "203.0.113.0/24"),
        ("app.admin_groups=wheel", "app.admin_groups=wheel, users", "users"),
        ("AllowUsers=admin support", "AllowUsers=admin", ""),
        ("AllowUsers=admin", "AllowUsers=operator support", ""),
        ("AllowUsers=a", "AllowUsers=a b c d e", ""),
        ("lint.ignore=E501", "lint.ignore=E501,W503", ""),
        ("app.title=a b", "app.title=a b c", ""),
    ],
)
def test_a_list_that_lets_somebody_else_in(old, new, more):
    one, two = ([Reading(Fact("setting", value), AT)] for value in (old, new))
    found = [weak.fact for _, weak in weaker_settings(one, two) if weak.fact.kind == "listed"]
    assert [(fact.trait("how"), fact.trait("new")) for fact in found] == ([("grew", more)] if more else [])
