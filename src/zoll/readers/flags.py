"""Hardening and privilege: compiler and linker flags, service and container settings, verification switches."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.parse.shell_words import simple_commands
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import is_lock, told
from zoll.readers.material import Material
from zoll.readers.permissive import lets_in, strength_of
from zoll.readers.runs import runs
from zoll.readers.tables import table
from zoll.readers.words import shown

CHEAP = re.compile(
    r"-[fWzDUm]|--|CONFIG_|NOPASSWD|SSL|TLS|HTTPS|StrictHost|UserKnown|\.sock|GO[A-Z]+=|ssl|pam_|nullok|"
    r"authenticate|env_|requiretty|hardening=|no-pie|-pie|setcap|%caps|_HASH|_target|/tmp/|/dev/shm/|authorized_keys|chmod|%attr|princ|\.key|key\.pem"
)
WEAK_VALUES = re.compile(
    r"unconfined|label[:=]disable|host\b|cap-add|privileged|device|DEBUG_\w+=[ym]|DEVK?MEM=[ym]|"
    r"KEXEC\w*=[ym]|no-new-privileges[:=]false|"
    r"CONFIG_(?!DEBUG_|DEVK?MEM|KEXEC)\w+=n|SECURITY_\w*(?:DISABLE|PERMISSIVE|BOOTPARAM)\w*=y"
)
UNSET = re.compile(
    r"# (CONFIG_(?:STACKPROTECTOR\w*|FORTIFY_SOURCE|STRICT_\w+RWX|MODULE_SIG\w*|SECURITY_\w+|"
    r"RANDOMIZE_\w+|SECCOMP\w*|HARDENED_\w+|LOCK_DOWN\w*)) is not set"
)
CAPABILITIES = frozenset(table("flags")["capabilities"]["root"])
GIVEN = re.compile(
    r"""(?:--cap-add[= ]|\bsetcap[ \t]{1,4}(?:-\w[ \t]{1,4})?|%caps\()["']?([A-Za-z_][\w,]{1,300}+)(?![\w,]*-)""",
    re.ASCII,
)
GRANTING = re.compile(r"(?:^|\.)(?:CapabilityBoundingSet|AmbientCapabilities|cap_add|capabilities\.add)(?:\[\])*$")
SERVING = re.compile(
    r"systemd Exec|desktop Exec|docker (?:CMD|ENTRYPOINT)|container |cron|init|udev |launchd|cloud-init "
    r"|configured (?:command|hook)"
)
# What overrides a unit may set back to the default what the unit held it to.
DROP_IN = re.compile(r"\.d/[^/]+\Z")
# Events at which a workflow of strangers' making runs with the rights and secrets of who owns the code.
WITH_RIGHTS = re.compile(rb"pull_request_target|workflow_run|issue_comment|repository_dispatch|\bschedule\b")
# A list of what may be typed, for the shell to complete it: who sets an option gives it its value.
OFFERED = re.compile(r"(?<![\w-])--\w[\w-]{1,40}=(?=[\s)\"'])|\bcompgen\s|\bcomplete\s{1,4}-W\b")
WRITABLE = re.compile(r"(?:/var)?/tmp/|/dev/shm/|/run/user/")
TAINT = re.compile(rb"#!\S{1,80}perl[\d.]*(?: -\w+)*? -\w*[Tt]\w*")
INTERPRETERS = frozenset((".", "source", "sh", "bash", "dash", "ash", "python3", "python", "perl", "run-parts", "exec"))
DOC = Doc(
    title="Hardening and privilege flags of compilers, linkers, services, containers, daemons and package tools",
    reads=("config/*", "text/*", "code/*"),
    yields=("flag",),
    limitations=("source gives the flags that stand in its statements' text only for shell, Python and Ruby",),
)


class Word(Struct, frozen=True):
    """A flag found as a word of a line."""

    pattern: re.Pattern[str]
    strength: str
    name: str
    how: str
    weak: bool


class Switch(Struct, frozen=True):
    """A setting whose value hardens or weakens."""

    path: re.Pattern[str]
    weak: re.Pattern[str] | None
    strong: re.Pattern[str] | None
    name: str
    named: bool
    default: bool
    how: str


def read(material: Material) -> Iterator[Reading]:
    """Yield flags with their strength."""
    if material.language == "perl":
        yield from _tainted(material)
    if material.language and material.language not in ("shell", "python", "ruby"):
        return
    if is_lock(material):
        return
    if material.language:
        yield from bounded(_statements(material))
    elif not aside(material):
        yield from bounded(_text(material))
        yield from bounded(_settings(material))
        yield from bounded(_served(material))


def _tainted(material: Material) -> Iterator[Reading]:
    """Yield the flag of a Perl script that lets nothing from outside into a command or the name of a file (perlsec)."""
    outside = material.function is None or not material.function.name
    if outside and (found := TAINT.match(material.data)):
        yield material.say("flag", "perl -T", 1, 0, found[0].decode("utf-8", "replace"), strength="strong")


def ready(*, settings: bool) -> None:
    """Make the patterns of flags, and of settings if there are any: a worker that is forked afterwards has them."""
    _words()
    if settings:
        _switches()


@cache
def _words() -> tuple[Word, ...]:
    return tuple(
        Word(
            pattern=re.compile(row["pattern"]),
            strength=row.get("strength", ""),
            name=row.get("name", ""),
            how=row.get("how", ""),
            weak="weak" in row,
        )
        for row in table("flags")["word"]
    )


@cache
def _switches() -> tuple[Switch, ...]:
    def pattern(text: str | None) -> re.Pattern[str] | None:
        return re.compile(text, re.IGNORECASE) if text else None

    return tuple(
        Switch(
            re.compile(row["path"]),
            pattern(row.get("weak")),
            pattern(row.get("strong")),
            row.get("name", ""),
            row.get("named", False),
            row.get("default", False),
            row.get("how", ""),
        )
        for row in table("flags")["setting"]
    )


def _statements(material: Material) -> Iterator[Reading]:
    for statement in material.told:
        if CHEAP.search(statement.text) and not OFFERED.search(statement.text):
            for _, name, strength, how in _found(statement.text):
                yield material.say(
                    "flag", name, statement.line, statement.end, statement.text, strength=strength, how=how
                )


def _text(material: Material) -> Iterator[Reading]:
    numbers = [number for number, _ in material.numbered]
    text = "\n".join(line for _, line in material.numbered)
    if not CHEAP.search(text):
        return
    starts = [0]
    starts += [found.end() for found in re.finditer("\n", text)]
    told: set[tuple[int, str]] = set()
    for at, name, strength, how in sorted(_found(text)):
        line = numbers[bisect_right(starts, at) - 1]
        if (line, name) in told:
            continue
        told.add((line, name))
        words = material.lines[line - 1]
        if words.lstrip()[:1] == "#" and "is not set" not in words:
            continue
        yield material.say("flag", name, line, 0, words, strength=strength, how=how)


def _found(text: str) -> Iterator[tuple[int, str, str, str]]:
    for word in _words():
        for found in word.pattern.finditer(text):
            name = shown(found.expand(word.name) if word.name else " ".join(found[0].replace('"', "").split()))
            if word.weak:
                strength = "weak" if found[1] else "strong"
            elif word.strength == "by-value":
                strength = "weak" if WEAK_VALUES.search(found[0]) else "strong"
            else:
                strength = word.strength
            yield found.start(), name, strength, word.how if strength == "weak" else ""
    for found in GIVEN.finditer(text):
        yield from ((found.start(), f"capability {name}", "weak", "") for name in _rooted(found[1]))
    for found in UNSET.finditer(text):
        yield found.start(), f"{found[1]}=n", "weak", ""


def _rooted(text: str) -> Iterator[str]:
    """Yield the capabilities of a list that amount to root, by their names without `CAP_`."""
    for word in re.findall(r"\w+", text.upper()):
        name = word.removeprefix("CAP_")
        if name in CAPABILITIES:
            yield name


def _settings(material: Material) -> Iterator[Reading]:
    for entry in told(material):
        if len(entry.value) < 200 or entry.key.lower() in ("ciphers", "ssl_ciphers", "sslciphersuite"):
            yield from _setting(material, entry)
            if GRANTING.search(entry.path) and not entry.value.lstrip().startswith("~"):
                words = f"{entry.path}={entry.value}"
                for name in _rooted(entry.value):
                    said = f"capability {name}"
                    yield material.say("flag", said, entry.line, entry.end, words, strength="weak")


def _served(material: Material) -> Iterator[Reading]:
    """Yield options that let in, on the command lines of what runs all the time or as a service."""
    for run in runs(material):
        if not SERVING.match(run.when):
            continue
        for command in simple_commands(run.text):
            line = min(run.line + command.line, max(run.end, run.line))
            for name in dict.fromkeys(filter(None, map(lets_in, command.words[1:]))):
                yield material.say("flag", shown(name), line, 0, command.text, strength="weak")
            if anyones := _anyones(command.words):
                yield material.say("flag", shown(anyones), line, 0, command.text, strength="weak", how="anyone")


def _anyones(words: Sequence[str]) -> str:
    """Return what a command runs from a folder that everyone may write to, "" for nothing."""
    first = words[1:2] if words and words[0].rsplit("/", 1)[-1] in INTERPRETERS else words[:1]
    return next((word for word in first if WRITABLE.match(word)), "")


def _unbound(material: Material, entry: Entry) -> Iterator[Reading]:
    """Yield a unit's command that runs outside of what the unit holds it to (`+`, `!`)."""
    marks = re.match(r"[-@:+!|]{0,6}", entry.value)
    if material.kind == "config/systemd" and entry.key.startswith("Exec") and marks and set(marks[0]) & {"+", "!"}:
        said = f"{entry.key} outside the sandbox"
        yield material.say("flag", said, entry.line, entry.end, f"{entry.path}={entry.value}", strength="weak")


def _setting(material: Material, entry: Entry) -> Iterator[Reading]:
    yield from _unbound(material, entry)
    said = list(_switched(material, entry))
    yield from said
    if not said and (strength := strength_of(entry.key, entry.value)):
        words = f"{entry.path}={entry.value}"
        name, value = shown(entry.path[-120:]), shown(entry.value.strip())
        yield material.say("flag", name, entry.line, entry.end, words, strength=strength, value_=value)


def _switched(material: Material, entry: Entry) -> Iterator[Reading]:
    for switch in _switching(entry.path):
        value = entry.value.strip()
        weak = bool(switch.weak and switch.weak.search(value))
        if weak and switch.how == "strangers" and not WITH_RIGHTS.search(material.data):
            continue  # what only asks to be merged runs without the owner's rights and secrets
        strong = not weak and bool(switch.strong and switch.strong.search(value))
        if weak or strong:
            found = switch.path.search(entry.path)
            name = switch.name or (found[1] if found and found.lastindex else entry.key)
            said = f"{name} {value}" if switch.named else name
            words = f"{entry.path}={entry.value}"
            usual = weak and switch.default and not DROP_IN.search(material.part.place.path)
            yield material.say(
                "flag",
                shown(said),
                entry.line,
                entry.end,
                words,
                strength="" if usual else "weak" if weak else "strong",
                value_=shown(value),
                is_="default" if usual else "",
                how=switch.how if weak and not usual else "",
            )


@lru_cache(maxsize=65536)
def _switching(path: str) -> tuple[Switch, ...]:
    return tuple(switch for switch in _switches() if switch.path.search(path))
