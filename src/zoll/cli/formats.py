"""List what can be fetched, opened, read and reported, with the limitations."""

from collections.abc import Iterator

import click
import msgspec

from zoll.catalogue import Doc, plugins
from zoll.cli.screen import listing, output

ROOMS = (
    ("fetch", "Fetched"),
    ("openers", "Opened"),
    ("parse.languages", "Source opened into functions"),
    ("readers", "Read"),
    ("components", "Components found in"),
    ("reports", "Reported"),
)


@click.command()
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]), help="Form of the list."
)
def command(form: str) -> None:
    """List what zoll fetches, opens, reads and reports; each entry with what it cannot do.

    \b
    zoll formats
    zoll formats --format json
    """
    output.put(as_json() if form == "json" else as_text(), None)


def catalogue() -> dict[str, dict[str, Doc]]:
    """Return every plug-in's DOC by room and name."""
    found = {
        room: {listing.shown_as(name): module.DOC for name, module in plugins(f"zoll.{room}").items()}
        for room, _ in ROOMS
    }
    return {**found, "parse.languages": {name: _language(name) for name in listing.languages()}}


def _language(name: str) -> Doc:
    """Return what there is to say of a language's table, which knows nothing of DOC."""
    return Doc(listing.first_words(f"zoll.parse.languages.{name}"), (f"code/{name}",), ("functions", "statements"))


def as_json() -> str:
    """Return the catalogue as an object of rooms."""
    return msgspec.json.format(msgspec.json.encode(catalogue())).decode()


def as_text() -> str:
    """Return the catalogue for people."""
    found = catalogue()
    lines = [line for room, title in ROOMS for line in ("", title, *_entries(found[room]))]
    return "\n".join(lines[1:])


def _entries(docs: dict[str, Doc]) -> Iterator[str]:
    for name, doc in docs.items():
        yield f"  {name:14} {doc.title}"
        yield f"  {'':14}   {', '.join(doc.reads)}  ->  {', '.join(doc.yields)}"
        yield from (f"  {'':14}   - {limitation}" for limitation in doc.limitations)
