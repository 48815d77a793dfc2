"""Rules of security tools, line by line: what is watched, refused, let through, left out or sent to somebody else."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.shell_words import simple_commands
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import is_lock
from zoll.readers.heredocs import written
from zoll.readers.material import Material
from zoll.readers.precedence import overruled
from zoll.readers.runs import runs
from zoll.readers.tables import table
from zoll.readers.words import shown

HEAD = 16_384  # bytes in which a file shows what it is
MOST_BEHIND = 8
TOOLS = (b"tables", b"TABLES", b"IPT", b"nft", b"ufw", b"auditctl", b"setenforce", b"setsebool")
FIXED = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}::|@@?\(?[\w-]{1,60}\.[a-z]|//[\w-]")
DOC = Doc(
    title="Rules of audit, firewalls, log-in stacks, integrity checkers, web servers and other security tools",
    reads=("config/*", "text/*", "document/text", "code/shell"),
    yields=("flag", "permission", "suppressed", "copied", "comparison"),
    limitations=(
        "each line is a rule of its own; of what stands before what, only log-in stacks and packet filters are told",
        "which tools and rules are known: readers/tables/rulings.toml",
    ),
)


class Rule(Struct, frozen=True):
    """A form of line and what it says: `weak`, `strong`, `audit` or `log` kept out, `grant`, `sent` on, `compared`."""

    line: re.Pattern[str]
    says: str
    name: str
    value: str
    each: str
    inside: re.Pattern[str] | None
    until: re.Pattern[str] | None
    how: str


class Family(Struct, frozen=True):
    """The rules of one tool: its files by their path or by what they hold, its command, the start of its remarks.

    `place` is where it stands among the tools.
    """

    name: str
    file: re.Pattern[str]
    look: re.Pattern[bytes] | None
    command: re.Pattern[str] | None
    remark: str
    place: int

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the tool, made when the first file of it is met: most releases have files of few tools."""
        return _rules(self.place)


def read(material: Material) -> Iterator[Reading]:
    """Yield what each rule says, in the words of flags, permissions and silenced records."""
    if material.language:
        if material.language == "shell":
            yield from bounded(_commanded(material))
            yield from bounded(_written(material))
    elif not aside(material) and not is_lock(material):
        yield from bounded(_ruled(material))


@cache
def _families() -> tuple[Family, ...]:
    return tuple(
        Family(
            row["name"],
            re.compile(row["file"]),
            re.compile(row["look"].encode(), re.MULTILINE) if "look" in row else None,
            re.compile(row["command"]) if "command" in row else None,
            row.get("remark", "#"),
            place,
        )
        for place, row in enumerate(table("rulings")["family"])
    )


@lru_cache(maxsize=8)  # both sides of a file bear one name
def _filed(path: str) -> tuple[bool, ...]:
    """Say of each family whether a file of this name is one of its own."""
    return tuple(family.file.search(path) is not None for family in _families())


@cache
def _rules(place: int) -> tuple[Rule, ...]:
    return tuple(map(_rule, table("rulings")["family"][place]["rule"]))


def _rule(row: dict[str, str]) -> Rule:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(row[key]) if key in row else None

    name, value, each, how = (row.get(key, "") for key in ("name", "value", "each", "how"))
    return Rule(re.compile(row["line"]), row["says"], name, value, each, pattern("inside"), pattern("until"), how)


def _ruled(material: Material) -> Iterator[Reading]:
    path = material.part.place.path.replace("!/", "/")
    prose = material.kind.startswith("document/")
    for family, filed in zip(_families(), _filed(path), strict=True):
        if filed or (not prose and family.look and family.look.search(material.data, 0, HEAD)):
            yield from _once(reading for rule in family.rules for reading in _lines(material, family, rule))
            if family.name == "PAM":
                yield from _behind(material, enumerate(material.lines, 1))
            elif family.name == "firewall":
                yield from _never_reached(material, enumerate(material.lines, 1))
    yield from _run(material)


def _written(material: Material) -> Iterator[Reading]:
    """Yield what the files say that a shell script writes."""
    for file in written(material):
        body = "\n".join(line for _, line in file.lines).encode()
        for family, filed in zip(_families(), _filed(file.path), strict=True):
            if filed or (not file.path and family.look and family.look.search(body)):
                for rule in family.rules:
                    if rule.inside is None:
                        yield from _of_lines(material, family, rule, file.lines)
                if family.name == "PAM":
                    yield from _behind(material, file.lines)


def _once(readings: Iterable[Reading]) -> Iterable[Reading]:
    """Leave out what two forms of a family say of the same line."""
    return {(reading.fact, reading.at): reading for reading in readings}.values()


def _lines(material: Material, family: Family, rule: Rule) -> Iterator[Reading]:
    within = _within(material, rule) if rule.inside else None
    lines = ((number, line) for number, line in material.numbered if within is None or number in within)
    yield from _of_lines(material, family, rule, lines)


def _of_lines(material: Material, family: Family, rule: Rule, lines: Iterable[tuple[int, str]]) -> Iterator[Reading]:
    for number, line in lines:
        bare = line.strip()
        if 3 <= len(bare) <= 2000 and not bare.startswith(family.remark):
            yield from _said(material, family, rule, bare, number)


def _within(material: Material, rule: Rule) -> frozenset[int]:
    """Return the numbers of the lines between those that open and close what a rule counts in."""
    found, inside = set(), False
    for number, line in enumerate(material.lines, 1):
        if rule.inside and rule.inside.search(line):
            inside = True
        elif rule.until and rule.until.search(line):
            inside = False
        elif inside:
            found.add(number)
    return frozenset(found)


def _said(material: Material, family: Family, rule: Rule, line: str, number: int) -> Iterator[Reading]:
    found = rule.line.search(line)
    if not found:
        return
    name = shown(" ".join(found.expand(rule.name).split()) if rule.name else " ".join(line.rstrip(" ,;{").split()))
    value = shown(" ".join(found.expand(rule.value).split())) if rule.value else ""
    if rule.says in ("audit", "log"):
        yield material.say("suppressed", rule.says, number, 0, line, call=name, rule=family.name)
    elif rule.says == "grant":
        yield material.say("permission", f"{family.name} {name}", number, 0, line)
    elif rule.says == "compared":
        yield material.say(
            "comparison", value, number, 0, line, op="==", type="string", subject=name, about=rule.how or "header"
        )
    elif rule.says == "sent":
        yield material.say("copied", "sent", number, 0, line, call=name, to=_chosen(line), rule=family.name)
    else:
        for part in found.expand(rule.each) if rule.each else ("",):
            said = f"{name} ({part})" if part else name
            yield material.say(
                "flag", said, number, 0, line, strength=rule.says, value_=value, rule=family.name, how=rule.how
            )


def _chosen(line: str) -> str:
    return "fixed" if FIXED.search(line) else ""


def _hands_rules(material: Material) -> bool:
    """Say whether a part names a tool that takes rules as its arguments: most do not."""
    return any(word in material.data for word in TOOLS)


def _commanded(material: Material) -> Iterator[Reading]:
    """Yield the rules that a shell script hands to a tool as its arguments."""
    if not _hands_rules(material):
        return
    families = [family for family in _families() if family.command]
    yield from _never_reached(material, ((one.line, one.text) for one in material.statements if one.kind == "call"))
    for statement in material.told:
        for family in families:
            if family.command and (found := family.command.match(statement.text)):
                rest = statement.text[found.end() :].strip()
                for rule in family.rules:
                    yield from _said(material, family, rule, rest, statement.line)


def _never_reached(material: Material, lines: Iterable[tuple[int, str]]) -> Iterator[Reading]:
    """Yield what a packet filter refuses only where nothing before it has let it pass, and something has."""
    for places, rule, before in overruled(lines):
        said = shown(f"{rule} only after {before}")
        for number in places:  # either of them may be the one that moved
            yield material.say("flag", said, number, 0, rule, strength="weak", rule="firewall")


def _run(material: Material) -> Iterator[Reading]:
    """Yield the rules that a unit, recipe or container hands to a tool."""
    if not _hands_rules(material):
        return
    families = [family for family in _families() if family.command]
    for run in runs(material):
        for command in simple_commands(run.text):
            text = command.text
            for family in families:
                if family.command and (found := family.command.match(text)):
                    line = min(run.line + command.line, max(run.end, run.line))
                    for rule in family.rules:
                        yield from _said(material, family, rule, text[found.end() :].strip(), line)


_STACK = re.compile(
    r"-?(auth|account)[ \t]+(?:(required|requisite)|(sufficient)|\[([^\]]{1,200})\])[ \t]+(?:\S*/)?(pam_\w+)\.so(.*)"
)
_ENDS = re.compile(r"success=(?:done|[1-9])")


def _behind(material: Material, lines: Iterable[tuple[int, str]]) -> Iterator[Reading]:
    """Yield which demand of a log-in stack (pam.conf(5)) is asked only after which module could let pass."""
    passing: dict[str, list[str]] = {}
    for number, line in lines:
        found = _STACK.match(line.strip())
        if not found:
            continue
        group, demanded, sufficient, control, module, _ = found.groups()
        if sufficient or (control and _ENDS.search(control)):
            passing.setdefault(group, []).append(module)
        elif demanded and module not in ("pam_deny", "pam_permit"):
            for before in dict.fromkeys(passing.get(group, [])[:MOST_BEHIND]):
                said = f"{group} {module} only after {before}"
                yield material.say("flag", said, number, 0, line, strength="weak", rule="PAM")
