"""What tools write by themselves: digests, sizes, debhelper's lines in a package's scripts, when a compiler ran.

A newer debhelper words its lines (its folder `autoscripts`) otherwise, so that each upgrade differs there. A line only
counts if the whole of it is of a known form, with names of plain letters in it: nothing can be put in between. Where
one speaks of something that guards the machine it is no bookkeeping. Of an executable, a line counts if nothing in it
changed but the date or the clock time that it tells, as `__DATE__` and `__TIME__` have them, and if it decides nothing.
"""

import re

from zoll.model import Change, Hunk

_SCRIPT = re.compile(r"DEBIAN/(?:postinst|preinst|prerm|postrm)")
_FILES = {
    "DEBIAN/md5sums": re.compile(r"[0-9a-f]{32} {1,2}\S.{0,400}"),
    "DEBIAN/control": re.compile(r"(?:Version|Installed-Size): .{1,100}"),
}
# Lists that stand in any folder, of digests that follow from the files that they name.
_LISTS = {
    ".cargo-checksum.json": re.compile(
        r"\{?(?:\s*\"(?:package|files|[^\"]{1,400})\" ?: ?(?:\"[0-9a-f]{64}\"|\{\}?)\}{0,2},?){1,5000}\s*\}{0,2}"
    ),
    "RECORD": re.compile(r"[^,]{1,400},sha256=[\w-]{43},\d{1,12}"),
    "MANIFEST.MF": re.compile(r"(?:SHA-?\d{1,3}-Digest(?:-Manifest)?|Name): .{1,400}| .{1,70}|"),
}
_GUARDS = r"(?:apparmor|audit|fail2ban|firewall|iptables|journald|nftables|pam|selinux|sudo|syslog|ufw)"
_NAME = rf"(?!\S{{0,60}}{_GUARDS})[\"']?[\w.@\\/~+:-]{{1,120}}[\"']?"
_QUIET = r"(?: *>/dev/null)?(?: 2>&1)?"
_OR = r"(?: \|\| (?:true|exit (?:1|\$\?)))?"
_ARGUMENT = r"\"?\$1\"? *= *\"?(?:configure|remove|purge|upgrade|install|abort-[a-z]+|triggered)\"?"
_ROOT = r"-z \"\$(?:DPKG_ROOT|\{DPKG_ROOT:-\})\""
_TOOL = r"(?:systemd-tmpfiles|systemd-sysusers|deb-systemd-helper|deb-systemd-invoke|py3compile|py3clean|update-menus)"
_THERE = rf"-[dxef] (?:/run/systemd/system|\"?/etc/init\.d/{_NAME}\"?|/usr/bin/{_TOOL}|\"\$\(command -v {_TOOL}\)\")"
_ASKED = rf"\[ (?:{_ARGUMENT}|{_ROOT}|{_THERE}|-n \"\$2\"|\"\$1\" = remove) \]"
_NAMES = rf"(?: {_NAME}){{1,12}}{_QUIET}{_OR}"
_ROOTED = r"(?: \$\{DPKG_ROOT:\+--root=\"\$DPKG_ROOT\"\})?"
_UNITS = r"(?:--quiet )?(?:was-enabled|enable|disable|unmask|mask|purge|update-state)"
_KEPT = r"(?:rm_conffile|mv_conffile|symlink_to_dir|dir_to_symlink)"
_FORMS = (
    r"#.*|else|fi|set -e|exit 0|",
    rf"if {_ASKED}(?: (?:&&|\|\|) {_ASKED}){{0,6}} ?; ?then",
    rf"if (?:command -v|which) {_TOOL}{_QUIET}; then",
    rf"systemd-(?:tmpfiles|sysusers){_ROOTED}(?: --create)?{_NAMES}",
    rf"(?:if )?deb-systemd-helper {_UNITS}{_NAMES}(?:; then)?",
    rf"deb-systemd-invoke (?:\$_dh_action|start|stop|restart|try-restart){_NAMES}",
    rf"systemctl --system daemon-reload{_QUIET}{_OR}",
    r"_dh_action=(?:start|restart|try-restart|stop)",
    rf"update-rc\.d {_NAME} (?:defaults(?:-disabled)?|remove){_QUIET}{_OR}",
    rf"invoke-rc\.d (?:--skip-systemd-native )?{_NAME} (?:start|stop|restart|\$_dh_action){_QUIET}{_OR}",
    rf"dpkg-maintscript-helper {_KEPT}(?: {_NAME}){{1,5}} -- \"\$@\"",
    rf"py3(?:compile|clean) -p {_NAME}(?: {_NAME}(?: -V {_NAME})?)?",
)
_LINE = re.compile("|".join(f"(?:{form})" for form in _FORMS))
_OWN = re.compile(
    r"# Automatically added by dh_|DPKG_ROOT|_dh_action|deb-systemd-|dpkg-maintscript-helper|systemd-tmpfiles|"
    r"systemd-sysusers|daemon-reload|py3compile|py3clean|update-rc\.d|invoke-rc\.d"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_BUILT = re.compile(rf'"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|{_MONTH} [ \d]\d (?:19|20)\d\d)"')
_DECIDES = re.compile(r"(?:if|while|switch|return)\b|.*[=!<>]= |.*cmp\(")


def is_bookkeeping(change: Change, hunk: Hunk) -> bool:
    """Tell whether a hunk changed nothing but lines that the making of a package or a build writes by itself."""
    path = change.pair.place.hops[-1] if change.pair.place.hops else ""
    if change.pair.new and change.pair.new.kind.startswith("executable/"):
        return _tells_when_built(hunk)
    lines = _FILES.get(path) or _LISTS.get(change.pair.place.name)
    if lines is None and not _SCRIPT.fullmatch(path):
        return False
    changed = [*_changed(hunk.before, hunk.starts[0], hunk.old), *_changed(hunk.after, hunk.starts[1], hunk.new)]
    if lines:
        return bool(changed) and all(map(lines.fullmatch, changed))
    return any(map(_OWN.search, changed)) and all(map(_LINE.fullmatch, changed))


def _tells_when_built(hunk: Hunk) -> bool:
    """Tell whether the lines of a hunk are the same but for the date or the clock time of a build."""
    old, new = _changed(hunk.before, hunk.starts[0], hunk.old), _changed(hunk.after, hunk.starts[1], hunk.new)
    same = [_BUILT.sub('""', one) for one in old] == [_BUILT.sub('""', one) for one in new]
    return bool(new) and same and not any(map(_DECIDES.match, new))


def _changed(words: str, start: int, span: tuple[int, int]) -> list[str]:
    """Return the lines of a hunk's words that lie within its span."""
    if not (start and span[0]):
        return []
    return [line.strip() for line in words.splitlines()[span[0] - start : span[1] - start + 1]]
