"""Rules of security tools: each form of the table reads its example, and what they say together."""

import re

import pytest

from zoll.model import Part, Place
from zoll.readers import rulings
from zoll.readers.material import Material
from zoll.readers.tables import table

ROWS = [(family["name"], row) for family in table("rulings")["family"] for row in family["rule"]]


def said(path: str, text: str, kind: str = "config/conf") -> list[str]:
    part = Part(Place((path,)), kind, "", len(text))
    return [
        " ".join((reading.fact.kind, reading.fact.value, *reading.fact.traits))
        for reading in rulings.read(Material(part, kind, text.encode()))
    ]


@pytest.mark.parametrize(("family", "row"), ROWS, ids=[f"{name}-{row['hit']}" for name, row in ROWS])
def test_each_form_reads_its_example(family: str, row: dict[str, str]) -> None:
    assert re.search(row["line"], row["hit"]), family


@pytest.mark.parametrize(
    ("path", "line", "expected"),
    [
        ("etc/audit/audit.rules", "-a never,exit -F path=/usr/lib/x", "suppressed audit"),
        ("etc/audit/audit.rules", "-w /etc/passwd -p w -k id", "flag -w /etc/passwd (w) rule:audit strength:strong"),
        ("etc/apparmor.d/usr.sbin.x", "  /var/lib/x/hooks/* ux,", "strength:weak"),
        ("etc/aide/aide.conf", "/etc/ssh p+u", "flag check of /etc/ssh rule:AIDE strength:weak value:p+u"),
        ("etc/nftables.conf", "ip saddr 192.0.2.0/24 accept", "permission firewall ip saddr 192.0.2.0/24 accept"),
        ("etc/iptables/rules.v4", "-A FORWARD -j TEE --gateway 192.0.2.9", "to:fixed"),
        ("etc/rsyslog.d/60-x.conf", "authpriv.* @@192.0.2.5:514", "copied sent"),
        ("etc/pam.d/sshd", "account optional pam_access.so", "flag optional account pam_access"),
        ("src/lib/76-modem.rules.in", 'KERNEL=="cdc-wdm*", OWNER="@USER@", MODE="0666"', "MODE 0666 rule:udev"),
    ],
)
def test_what_a_line_says(path: str, line: str, expected: str) -> None:
    assert any(expected in one for one in said(path, line + "\n"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("etc/audit/audit.rules", "# -a never,exit -F path=/usr/lib/x\n-D\n-b 8192\n"),
        ("etc/app/app.conf", "allow 192.0.2.1;\nsatisfy any;\n"),
        ("etc/nftables.conf", "iif lo accept # loopback\n"),
    ],
)
def test_remarks_and_files_of_others_say_nothing_weak(path: str, text: str) -> None:
    assert not [one for one in said(path, text) if not one.startswith("permission")]


def test_a_demand_behind_what_lets_pass_is_told() -> None:
    before = "auth required pam_wheel.so\nauth sufficient pam_unix.so\n"
    after = "auth sufficient pam_unix.so\nauth required pam_wheel.so\n"
    told = "flag auth pam_wheel only after pam_unix rule:PAM strength:weak"
    assert told in said("etc/pam.d/su", after, "text/plain")
    assert told not in said("etc/pam.d/su", before, "text/plain")


def test_a_policy_for_everybody_counts_and_one_for_root_does_not() -> None:
    allow = '<allow send_destination="org.example.Unit"/>'
    text = f'<busconfig>\n<policy user="root">\n{allow}\n</policy>\n<policy context="default">\n{allow}\n</policy>\n'
    part = Part(Place(("usr/share/dbus-1/system.d/x.conf",)), "config/xml", "", len(text))
    found = list(rulings.read(Material(part, "config/xml", text.encode())))
    assert [reading.at.start for reading in found] == [6]


@pytest.mark.parametrize(
    ("path", "line", "strength"),
    [
        ("etc/apt/sources.list.d/app.sources", "Trusted: yes", "weak"),
        ("etc/apt/sources.list.d/app.sources", "Signed-By: /usr/share/keyrings/app.gpg", "strong"),
        ("etc/apt/sources.list.d/app.list", "deb https://apt.example stable main", ""),
        ("etc/ld.so.conf.d/app.conf", "/var/tmp/app", "weak"),
        ("etc/ld.so.conf.d/app.conf", "/usr/lib/app", ""),
        ("usr/lib/tmpfiles.d/app.conf", "d /run/app 0777 root root -", "weak"),
        ("usr/lib/tmpfiles.d/app.conf", "d /run/lock/app 1777 root root -", ""),
        ("usr/lib/tmpfiles.d/app.conf", "L /etc/cron.d/app - - - - /var/lib/app/cron", "weak"),
        ("usr/lib/tmpfiles.d/app.conf", "f /run/app/state 0640 app app -", ""),
        ("etc/logrotate.d/app", "create 0666 app adm", "weak"),
        ("etc/logrotate.d/app", "create 0640 app adm", ""),
        ("etc/logrotate.d/app", "su app app", "strong"),
        ("etc/apparmor.d/usr.sbin.x", "  capability sys_admin,", "weak"),
        ("etc/apparmor.d/usr.sbin.x", "  capability net_bind_service,", ""),
    ],
)
def test_what_guards_a_machine(path: str, line: str, strength: str) -> None:
    told = [one for one in said(path, f"{line}\n") if one.startswith("flag")]
    assert [f"strength:{strength}" in one for one in told] == ([True] if strength else [])
