"""Anything to declare? What was gained, kind by kind, and how much of it the release speaks of."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from zoll.model import Declaring, Report
from zoll.reports.amounts import count
from zoll.reports.crop import fit
from zoll.reports.safe import show

NAMES = {
    "option": ("option", "options"),
    "environment": ("environment value", "environment values"),
    "endpoint": ("address", "addresses"),
    "string": ("path or header", "paths and headers"),
    "comparison": ("compared text", "compared texts"),
    "account": ("account", "accounts"),
    "dependency": ("dependency", "dependencies"),
    "command": ("command", "commands"),
    "hook": ("hook", "hooks"),
    "registry": ("registry", "registries"),
    "image": ("image", "images"),
}
HOW = {"fresh": "in the notes", "standing": "elsewhere", "vague": "vaguely", "undeclared": "undeclared"}


def draw(report: Report, width: int) -> Iterator[Text]:
    """Yield one line for each kind of thing that is new to the release; nothing where nothing is."""
    if not report.declared:
        return
    fresh = sum(note.fresh for note in report.notes)
    said = f"{count(fresh, 'new note')}" if report.notes else "no notes came with it"
    yield Text.assemble(("Declared against found", "bold"), (f"  {said}", "dim"))
    for kind, names in NAMES.items():
        things = [one for one in report.declared if one.fact.kind == kind]
        if things:
            yield _line(names[len(things) > 1], things, width)


def _line(name: str, things: Sequence[Declaring], width: int) -> Text:
    parts = [f"{number} {words}" for how, words in HOW.items() if (number := sum(one.how == how for one in things))]
    line = Text(f"  {len(things):,} {name}: {', '.join(parts)}")
    missing = [show(one.fact.value) for one in things if one.how == "undeclared"]
    room = width - len(line) - 4
    if missing and room > 12:
        line.append("  " + fit(", ".join(missing), room), "yellow")
    return line
