"""Endings that several formats share."""

import pytest

from zoll.parse.conf_kinds import of_conf, of_rules


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'<?xml version="1.0"?>\n<busconfig/>\n', "config/xml"),
        (b"# x\n[global]\n\n# y\nguest ok = no\n", "config/ini"),
        (b"[client] {\n a = b\n}\n", "config/conf"),
        (b"Port 22\n", "config/conf"),
        (b"[a]\n" + b"\n" * 4000, "config/conf"),
    ],
)
def test_conf(head: bytes, kind: str) -> None:
    assert of_conf(head) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"## rules\n-D\n-b 8192\n", "config/audit"),
        (b"polkit.addRule(function(action, subject) {\n", "code/javascript"),
        (b'SUBSYSTEM=="usb", MODE="0660"\n', "config/udev"),
    ],
)
def test_rules(head: bytes, kind: str) -> None:
    assert of_rules(head) == kind
