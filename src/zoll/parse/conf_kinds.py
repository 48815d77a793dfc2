"""Which format stands under an ending that several share, `.conf` and `.rules`, or in a folder of its own."""

import re

OPENING = rb"\A(?:[#;][^\n]{0,200}\n|\s){0,40}"  # comments and empty lines before the first line that counts
CONFINED = rb"^[ \t]*#?include (?:if exists )?<(?:tunables|abstractions)/"  # AppArmor's profiles
UNIFIED = rb"^config [\w-]{1,60}(?: ['\"]?[\w.-]{1,60}['\"]?)?[ \t]*\n[ \t]+(?:option|list) [\w'\"]"  # OpenWrt's
_SECTIONS = re.compile(
    OPENING + rb"\[[\w .:@*/-]{1,80}\][ \t]*\r?\n(?:[#;\t ][^\n]*\n|\r?\n){0,60}[\w .:@*/-]{1,80}[ \t]*="
)
_BLOCKS = re.compile(rb"[{<][ \t]*$|^<", re.MULTILINE)
_AUDIT = re.compile(rb"^-(?:[aA] \w+,\w+ -|w /|D$|b \d|e \d|f \d)", re.MULTILINE)


def of_conf(head: bytes) -> str:
    r"""Return the kind of a `.conf`: D-Bus and others write XML, samba, systemd and others sections of pairs.

    >>> of_conf(b"[global]\nguest ok = no\n"), of_conf(b"server {\n  listen 80;\n}\n")
    ('config/ini', 'config/conf')
    """
    if head.lstrip()[:5] in {b"<?xml", b"<!DOC", b"<busc"}:
        return "config/xml"
    return "config/ini" if _SECTIONS.search(head) and not _BLOCKS.search(head) else "config/conf"


def of_rules(head: bytes) -> str:
    """Return the kind of a `.rules`: polkit's are JavaScript (polkit(8)), audit's lines of options, else udev's."""
    if b"polkit.add" in head:
        return "code/javascript"
    return "config/audit" if _AUDIT.search(head) else "config/udev"


def of_place(path: str) -> str:
    """Return the kind that a part's folder tells whatever its name, "" for none.

    >>> of_place("etc/apparmor.d/usr.bin.man"), of_place("etc/ssh/sshd_config")
    ('config/apparmor', '')
    """
    if "/apparmor.d/" in f"/{path}":
        return "config/apparmor"
    if "/sudoers.d/" in f"/{path}":
        return "config/sudoers"
    return "config/systemd" if ".service.d/" in path and path.endswith(".conf") else ""
