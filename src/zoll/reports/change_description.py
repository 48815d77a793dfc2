"""A change description that a reviewer can paste into a form: what was upgraded, what kind of change it is, and why."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from zoll.catalogue import Doc
from zoll.model import Report
from zoll.reports.amounts import count, size
from zoll.reports.classes import KINDS
from zoll.reports.description import description
from zoll.reports.escaping import code, words
from zoll.reports.options import Options

DOC = Doc(
    title="Change description: Markdown to paste into a form, with the change class and its evidence",
    reads=("report",),
    yields=("markdown",),
    limitations=(
        "Tables end after fifty rows and say how many more there are; `change-description-json` holds all.",
        "States no date: the same upgrade gives the same bytes.",
    ),
)
MOST = 50
_KINDS = {
    "account": ("Account", "Accounts"),
    "listener": ("Listener", "Listeners"),
    "hook": ("Runs by itself", "What runs by itself"),
    "power": ("Power", "Powers new to the release"),
    "option": ("Option", "Options"),
    "environment": ("Environment value", "Environment values"),
    "endpoint": ("Endpoint", "Endpoints"),
    "command": ("Command", "Commands"),
    "setting": ("Setting", "Settings"),
    "dependency": ("Dependency", "Dependencies"),
    "message": ("Case", "Message types and other cases"),
    "file": ("File", "Files of code"),
    "function": ("Function", "Functions for others"),
    "parameter": ("Function", "Parameters"),
}
_DECLARED = {
    "fresh": "in the notes",
    "standing": "elsewhere in the release",
    "vague": "only vaguely",
    "undeclared": "**nowhere**",
}
_MEANS = {
    "none": "Nothing differs.",
    "rebuild": "The same source was built anew; nothing says that it does anything otherwise.",
    "maintenance": "What stood before is done otherwise; nothing is newly offered, understood or reached.",
    "function": "Something is newly offered, understood or reached, or no longer is.",
    "posture": "The upgrade newly trusts or admits something, or checks less than before.",
}
_Object = dict[str, Any]


def render(report: Report, options: Options) -> str:
    """Return the description as Markdown; strings of the upgrade show as written and never become markup."""
    del options
    told = description(report)
    parts = [_head(told), _class(told), _components(told), _embedded(told), _changes(told)]
    parts += [_security(told), _claims(told), _gaps(told), _account(told)]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _head(told: _Object) -> Iterator[str]:
    yield "# Change description"
    yield ""
    rows = [(name.capitalize(), told[name]) for name in ("from", "to")]
    yield from _table(
        ("", "Release", "Version", "SHA-256", "Contents"),
        [
            (
                name,
                code(side["name"]),
                words(side["version"] or "not stated"),
                code(side["sha256"] or "not known"),
                f"{count(side['parts'], 'file')}, {size(side['bytes'])}",
            )
            for name, side in rows
        ],
    )
    yield ""
    yield f"Made by {words(told['made_by'])} from the two releases alone."
    yield "No date is stated, so that the same upgrade gives the same description."


def _class(told: _Object) -> Iterator[str]:
    one = told["class"]
    if one is None:
        return
    yield "## Class of the change"
    yield ""
    yield f"**{KINDS[one['kind']].capitalize()}.** {_MEANS[one['kind']]}"
    yield ""
    yield f"Version number: {_number(one)}"
    if one["evidence"]:
        yield ""
        yield from (f"- {words(each['words'])}{_at(each)}" for each in one["evidence"])


def _number(one: _Object) -> str:
    """Return what the number suggests and whether that holds."""
    if not one["suggested"]:
        return "neither release states one that the other states in the same way."
    step = f"{words(one['old_version'])} → {words(one['new_version'])}"
    if one["suggested"] in {"none", "downgrade"}:
        step += " stays as it is" if one["suggested"] == "none" else " goes back"
    else:
        step += f" suggests {one['suggested']}"
    return f"{step}. {_HOLDS[one['holds']]}"


_HOLDS = {True: "That holds.", False: "**That does not hold.**", None: ""}


def _at(each: _Object) -> str:
    if not each["path"]:
        return ""
    return " (" + code(each["path"] + (f":{each['line']}" if each["line"] else "")) + ")"


def _components(told: _Object) -> Iterator[str]:
    rows = [
        (
            code(one["component"]),
            words(f"{one['old_version']} → {one['new_version']}") if one["new_version"] else "",
            KINDS[one["kind"]],
            (one["suggested"] or "") + ("" if one["holds"] is not False else " (does not hold)"),
            words(one["evidence"][0]["words"]) if one["evidence"] else "",
        )
        for one in told["components"]
    ]
    yield from _section("## Components that changed", ("Component", "Version", "Class", "Number suggests", "Why"), rows)


def _embedded(told: _Object) -> Iterator[str]:
    rows = [
        (
            words(one["name"]),
            one["how"],
            words(one["old_version"] or ""),
            words(one["new_version"] or ""),
            code(one["path"]) if one["path"] else "",
        )
        for one in told["embedded"]
    ]
    yield from _section("## Third-party components", ("Name", "What became of it", "From", "To", "Where"), rows)


def _changes(told: _Object) -> Iterator[str]:
    """Yield a table for each kind of thing that came, then for each kind that went."""
    sections = [
        *_kinds("Gained", told["gained"], declared=True),
        *_kinds("Lost", told["lost"], declared=False),
    ]
    for number, lines in enumerate(sections):
        yield from ([""] if number else [])
        yield from lines


def _kinds(title: str, features: Sequence[_Object], *, declared: bool) -> Iterator[list[str]]:
    if not features:
        return
    yield [f"## {title}"]
    for thing, members in groupby(features, key=lambda one: str(one["thing"])):
        head, plural = _KINDS[thing]
        known = declared and thing in {"option", "environment", "endpoint", "account", "dependency", "command", "hook"}
        rows = [_row(one, declared=known) for one in members]
        more = any(row[1] for row in rows)
        columns = [head, *(["What"] if more else []), "Where", *(["Declared"] if known else [])]
        cells = [row if more else (row[0], *row[2:]) for row in rows]
        yield list(_section(f"### {plural}", columns, cells))


def _row(one: _Object, *, declared: bool) -> tuple[str, ...]:
    place = one["path"] + (f":{one['line']}" if one["line"] else "") if one["path"] else ""
    cells = (code(one["name"]), words(one["more"] or ""), code(place) if place else "")
    return (*cells, _DECLARED.get(one["declared"] or "", "not looked up")) if declared else cells


def _security(told: _Object) -> Iterator[str]:
    yield "## Security-relevant changes"
    yield ""
    if not told["security"]:
        yield "None that ask to be read. That is no proof that there are none."
        return
    rows = [
        (
            one["level"],
            f"{one['bits']:.1f}",
            words(one["title"]),
            code(one["path"] + (f":{one['line']}" if one["line"] else "")),
            words(one["words"]["words"]) if one["words"] else "",
        )
        for one in told["security"]
    ]
    yield from _table(("Level", "Bits", "What", "Where", "The release's own words"), rows)


def _claims(told: _Object) -> Iterator[str]:
    rows = [
        (
            one["kind"],
            words(" ".join(filter(None, (one["subject"], one["version"])))),
            "**not found**" if one["outcome"] == "missing" else one["outcome"],
            words(one["words"]),
        )
        for one in told["claims"]
    ]
    yield from _section("## What the notes claim", ("Claim", "Of", "In the change", "Words"), rows)


def _gaps(told: _Object) -> Iterator[str]:
    yield "## What could not be seen"
    yield ""
    if not told["gaps"]:
        yield "Nothing: every part of both releases was opened and read."
        return
    rows = [
        (one["side"] or "", code(one["path"]), words(one["reason"]), words(one["detail"] or ""), size(one["size"]))
        for one in told["gaps"]
    ]
    yield from _table(("Side", "Where", "Why", "Detail", "Size"), rows)


def _account(told: _Object) -> Iterator[str]:
    account = told["account"]
    names = ("unchanged", "moved", "noise", "compared", "gaps", "whole", "removed")
    titles = {
        "noise": "explained",
        "gaps": "not seen",
        "whole": "**all of the new release**",
        "removed": "of the old one, gone",
    }
    rows = [
        (titles.get(name, name), f"{account[name]['parts']:,}", f"{account[name]['bytes']:,}")
        for name in names
        if account[name]["parts"] or name == "whole"
    ]
    yield from _section("## Account", ("Part", "Files", "Bytes"), rows)
    yield ""
    yield f"{count(account['changes'], 'change')} over {count(account['lines'], 'line')} were compared."


def _section(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a title and a table; nothing without rows."""
    if rows:
        yield title
        yield ""
        yield from _table(columns, rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from map(_line, rows[:MOST])
    if len(rows) > MOST:
        yield ""
        yield f"and {len(rows) - MOST:,} more"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
