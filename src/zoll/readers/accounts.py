"""Accounts: passwd, shadow, group, sudoers, authorized keys, htpasswd, SQL, configuration, commands that add users."""

import re
from collections.abc import Iterator
from itertools import pairwise

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.parse.shell_words import Simple, simple_commands, unwrapped
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import entries, is_lock
from zoll.readers.material import Material
from zoll.readers.runs import runs
from zoll.readers.words import shown

PASSWD = re.compile(
    r"([a-zA-Z_][\w.-]{0,31}\$?):([^:\s]{0,200}):(\d{1,10}):(\d{1,10}):([^:]{0,200}):([^:\s]{0,200}):([^:"
    r"\s]{0,100})\s*\Z"
)
SHADOW = re.compile(
    r"([a-zA-Z_][\w.-]{0,31}\$?):([^:\s]{0,300}):(\d{0,10}):(\d{0,10}):(\d{0,10}):(\d{0,10}):(\d{0,10}):("
    r"\d{0,10}):\d{0,10}\s*\Z"
)
GROUP = re.compile(r"([a-zA-Z_][\w.-]{0,31}):([x*!]?):(\d{1,10}):([\w,.-]{0,1000})\s*\Z")
HTPASSWD = re.compile(r"([\w.@-]{1,64}):(\$(?:apr1|2[aby]|1|5|6)\$\S{10,200}|\{SHA\}\S{10,80}|[./0-9A-Za-z]{13})\s*\Z")
SUDO = re.compile(r"([%+\w][\w%+.@\\-]{0,60})[ \t]+([\w.,!-]+)[ \t]*=[ \t]*(.+)\Z")
SUDO_NAMES = frozenset({"Defaults", "User_Alias", "Runas_Alias", "Host_Alias", "Cmnd_Alias", "Cmd_Alias"})
AUTHORIZED = re.compile(r"(?:^|\s)(ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+)[ \t]+AAAA\S+(?:[ \t]+(\S.{0,100}))?")
# Before the key of a signer or of a known host stands whose it is; before one that may log in only its options.
PRINCIPAL = re.compile(
    r"[^\s=:\"]{0,200}[@.*|\[,][^\s=:\"]{0,200}[ \t]+"
    r"(?:(?:cert-authority|namespaces=|valid-)\S*[ \t]+)*(?:ssh|ecdsa|sk)-"
)
SQL = re.compile(
    r"\b(?:CREATE\s+(?:USER|ROLE|LOGIN)|ALTER\s+(?:USER|ROLE|"
    r"LOGIN))\s+(?:IF\s+NOT\s+EXISTS\s+)?[`'\"\[]?([\w.%-]{1,64})[`'\"\]]?(.{0,200})|"
    r"\b(?:(?-i:GRANT)|grant\s+(?=\S.{1,150}\son\s))\s*+(.{1,200}?)\s+TO\s+[`'\"]?([\w.%-]{1,64})",
    re.IGNORECASE,
)
SQL_INSERT = re.compile(
    r"\bINSERT\s+INTO\s+[`'\"]?(?:\w+\.)?[`'\"]?(\w{0,20}(?:user|account|admin|login|member|credential|"
    r"operator)\w{0,20})[`'\"]?\s*(?:\([^)]{0,400}\))?\s*VALUES?\s*\(([^;]{0,400})",
    re.IGNORECASE,
)
ADDING = frozenset(
    {
        "useradd",
        "adduser",
        "usermod",
        "addgroup",
        "groupadd",
        "gpasswd",
        "chpasswd",
        "passwd",
        "newusers",
        "htpasswd",
        "smbpasswd",
        "addsysuser",
        "sysadminctl",
        "dscl",
        "net",
    }
)
USER_KEY = re.compile(
    r"(?:^|[._-])(?:user|username|user_name|login|account|account_name|admin_user|admin_username|"
    r"default_user|defaultUser|superuser|operator)\Z|(?:user|User)[Nn]ame\Z",
    re.IGNORECASE,
)
PASS_KEY = re.compile(
    r"(?:pass|passwd|password|secret|passphrase|pwd|hash|password_hash|hashed_password|plain_text_passwd|community)\Z",
    re.IGNORECASE,
)
USER_LIST = re.compile(
    r"(?:^|\.)(?:users|accounts|default_users|admins|superusers|operators|logins|rocommunity|rwcommunity|"
    r"createUser|rouser|rwuser)(?:\[\])?\Z",
    re.IGNORECASE,
)
COMMUNITY = frozenset({"rocommunity", "rwcommunity", "createUser", "rouser", "rwuser", "com2sec"})
FIRST = frozenset({"createUser", "rouser", "rwuser"})
PLACEHOLDER = re.compile(r"\A(?:\$|\{\{|<|%|\*+\Z|!|x\Z|~\Z|null\Z|none\Z|None\Z|@\w+@|changeme\Z)", re.IGNORECASE)
SYSUSERS = re.compile(r"([ugm])!?[ \t]+([\w.-]{1,32})[ \t]+(\S+)")
DOC = Doc(
    title="Accounts and who may become them",
    reads=("config/*", "text/*", "document/text", "code/shell"),
    yields=("account",),
    limitations=("accounts that a program makes at run time are told by its source",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield accounts by the lines, settings and commands that make them."""
    if material.language:
        yield from bounded(_statements(material))
    elif not aside(material) and not is_lock(material):
        yield from bounded(_all(material))


def _all(material: Material) -> Iterator[Reading]:
    yield from _lines(material)
    if material.kind in (
        "config/yaml",
        "config/json",
        "config/toml",
        "config/ini",
        "config/xml",
        "config/properties",
        "config/env",
        "config/conf",
        "config/uci",
        "config/dockerfile",
    ):
        yield from _settings(material)
    for run in runs(material):
        for command in simple_commands(run.text):
            for inner in unwrapped(command):
                yield from _command(material, inner, min(run.line + inner.line, run.end))


def _statements(material: Material) -> Iterator[Reading]:
    for statement in material.told:
        for call in statement.calls:
            if call.name.rsplit("/", 1)[-1] in ADDING:
                yield from _command(material, Simple((call.name, *call.args), 0), call.line or statement.line)


def _lines(material: Material) -> Iterator[Reading]:
    sudoers = material.kind == "config/sudoers" or "sudoers" in material.part.place.path
    sysusers = "sysusers" in material.part.place.path
    for number, line in material.numbered:
        if not line or line[0] == "#":
            continue
        if ":" in line and (said := _colons(line)):
            yield material.say(
                "account", said[0], number, 0, line, uid=said[1], shell=said[2], password=said[3], group=said[4]
            )
        if sudoers:
            yield from _sudo(material, line.strip(), number)
        if sysusers and (row := SYSUSERS.match(line)):
            yield material.say("account", row[2], number, 0, line, uid=row[3].split(":")[0] if row[1] == "u" else "")
        if "AAAA" in line and (key := AUTHORIZED.search(line)) and not PRINCIPAL.match(line):
            yield material.say("account", shown(key[2] or "authorized key"), number, 0, line, via=key[1])
        if material.kind in ("text/sql", "text/plain", "config/conf"):
            yield from _sql(material, line, number)


def _password(field: str) -> str:
    if not field:
        return "empty"
    return "locked" if field[0] in "!*" or field == "NP" else "" if field == "x" else "set"


def _colons(line: str) -> tuple[str, str, str, str, str] | None:
    """Return name, uid, shell, password state and members of a line of passwd, shadow, group or htpasswd."""
    if row := PASSWD.match(line):
        return row[1], row[3], row[7], _password(row[2]), ""
    if (row := SHADOW.match(line)) and (row[2] or row[3]):
        return row[1], "", "", _password(row[2]), ""
    if row := GROUP.match(line):
        return f"group {row[1]}", row[3], "", "", row[4]
    if row := HTPASSWD.match(line):
        return row[1], "", "", "set", ""
    return None


def _sudo(material: Material, line: str, number: int) -> Iterator[Reading]:
    row = SUDO.match(line)
    if row and row[1] not in SUDO_NAMES:
        what = "nopasswd" if "NOPASSWD" in row[3] else ""
        yield material.say("account", row[1], number, 0, line, via="sudo", password=what, group=shown(row[3]))


def _sql(material: Material, line: str, number: int) -> Iterator[Reading]:
    for found in SQL.finditer(line[:4000]):
        name = found[1] or found[4]
        password = "set" if found[2] and re.search(r"IDENTIFIED|PASSWORD", found[2], re.IGNORECASE) else ""
        yield material.say(
            "account", shown(name), number, 0, line, via="sql", password=password, group=shown((found[3] or "").strip())
        )
    for found in SQL_INSERT.finditer(line[:4000]):
        first = re.findall(r"'([^']{1,60})'", found[2])
        yield material.say(
            "account",
            shown(first[0]) if first else found[1],
            number,
            0,
            line,
            via="sql",
            password="set" if len(first) > 1 else "",
        )


def _settings(material: Material) -> Iterator[Reading]:
    groups: dict[tuple[int, tuple[str, ...]], list[Entry]] = {}
    for entry in entries(material):
        if USER_LIST.search(entry.path) or entry.key in COMMUNITY:
            yield from _listed(material, entry)
        elif (
            USER_KEY.search(entry.key)
            or PASS_KEY.search(entry.key)
            or entry.key in ("uid", "shell", "name", "groups[]", "sudo", "role")
        ):
            groups.setdefault((entry.group, entry.keys[:-1]), []).append(entry)
    for (_, path), held in groups.items():
        yield from _grouped(material, path, held)


def _listed(material: Material, entry: Entry) -> Iterator[Reading]:
    if entry.value and len(entry.value) < 80 and not PLACEHOLDER.match(entry.value) and entry.type != "true":
        via = entry.key if entry.key in COMMUNITY else "list"
        named = entry.value.split()[0] if entry.key in FIRST else entry.value  # behind it stands what it may
        yield material.say("account", shown(named), entry.line, 0, f"{entry.path}={entry.value}", via=via)


def _grouped(material: Material, path: tuple[str, ...], held: list[Entry]) -> Iterator[Reading]:
    """Yield the account of one mapping: user and password; a bare `name` counts only below a list of users."""
    below_users = any(re.search(r"users?\b|accounts?\b", step, re.IGNORECASE) for step in path[-2:])
    users = [entry for entry in held if USER_KEY.search(entry.key) or (entry.key == "name" and below_users)]
    secrets = [entry for entry in held if PASS_KEY.search(entry.key)]
    if not users or not (secrets or below_users):
        return
    uid = next((entry.value for entry in held if entry.key == "uid"), "")
    shell = next((entry.value for entry in held if entry.key == "shell"), "")
    state = ""
    if secrets:
        value = secrets[0].value.strip()
        state = "empty" if not value else "variable" if PLACEHOLDER.match(value) else "set"
    for entry in users:
        if entry.value and len(entry.value) < 80 and entry.type == "text":
            yield material.say(
                "account",
                shown(entry.value),
                entry.line,
                0,
                f"{entry.path}={entry.value}",
                uid=uid,
                shell=shell,
                password=state,
            )


def _command(material: Material, command: Simple, line: int) -> Iterator[Reading]:
    name, words = command.name, command.words
    if name not in ADDING or (name == "net" and "user" not in words):
        return
    options = dict(pairwise(words))
    uid = options.get("-u") or options.get("--uid") or ""
    shell = options.get("-s") or options.get("--shell") or ""
    password = (
        "set"
        if {"-p", "--password", "chpasswd"} & set(words)
        else "empty"
        if "-d" in words and name == "passwd"
        else ""
    )
    group = options.get("-G") or options.get("-aG") or options.get("--groups") or ""
    taken = {
        value
        for key, value in options.items()
        if key.startswith("-")
        and key
        not in (
            "-m",
            "-M",
            "-r",
            "-o",
            "-D",
            "-S",
            "-H",
            "--system",
            "-a",
            "--disabled-password",
            "--no-create-home",
            "-N",
            "-U",
            "-n",
            "-q",
            "--quiet",
        )
    }
    plain = [word for word in words[1:] if not word.startswith("-") and word not in taken]
    account = plain[-1] if plain and name != "chpasswd" else name
    if name in ("adduser", "addgroup") and len(plain) == 2:
        account, group = plain[0], plain[1]
    if uid == "0" or uid.isdigit() or plain or name == "chpasswd":
        yield material.say(
            "account",
            shown(account),
            line,
            0,
            command.text,
            uid=uid,
            shell=shell,
            password=password,
            group=group,
            via=name,
        )
