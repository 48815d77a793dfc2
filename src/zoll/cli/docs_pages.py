"""Write the pages of the documentation that are made from the program."""

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from zoll.catalogue import Doc
from zoll.cli import formats, zoll
from zoll.cli.explain import words
from zoll.cli.screen import listing
from zoll.errors import BadInput
from zoll.judge.rulebook import Rule, load

MADE = "<!-- Made by `zoll docs-pages`; do not edit. -->"
BLOCK = re.compile(r"(<!-- zoll --help -->\n```text\n).*?(```\n<!-- end -->)", re.DOTALL)
WIDTH = 100


@click.command(hidden=True)
@click.argument("docs", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("readme", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def command(docs: Path, readme: Path) -> None:
    """Write the made pages into DOCS and the program's help into README.

    \b
    zoll docs-pages docs README.md
    """
    for name, text in pages().items():
        (docs / name).write_text(text, encoding="utf-8")
    readme.write_text(with_help(readme.read_text(encoding="utf-8")), encoding="utf-8")


def pages() -> dict[str, str]:
    """Return the made pages by file name."""
    return {"commands.md": commands_page(), "formats.md": formats_page(), "rules.md": rules_page()}


def with_help(readme: str) -> str:
    """Return a README whose marked block holds the program's own help."""
    if not BLOCK.search(readme):
        raise BadInput("README: no block between <!-- zoll --help --> and <!-- end -->; put one in")
    return BLOCK.sub(lambda found: found[1] + help_of("") + found[2], readme)


def help_of(name: str) -> str:
    """Return the help of a command (`""` for the program itself) at a fixed width."""
    width: dict[str, Any] = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(zoll, info_name="zoll", **{**zoll.context_settings, **width})
    chosen = zoll.get_command(context, name) if name else zoll
    if chosen is None:
        raise BadInput(f"{name}: no such command; zoll --help lists them")
    if name:
        context = click.Context(chosen, info_name=name, parent=context, **width)
    return f"{chosen.get_help(context)}\n"


def commands_page() -> str:
    """Return the page of all commands."""
    names = [name.replace("_", "-") for name, hidden in listing.commands().items() if not hidden]
    blocks = [f"## `zoll {name}`\n\n```text\n{help_of(name)}```\n" for name in names]
    return "\n".join((f"{MADE}\n\n# Commands\n\n```text\n{help_of('')}```\n", *blocks))


def formats_page() -> str:
    """Return the page of everything that can be fetched, opened, read and reported."""
    found = formats.catalogue()
    lines = [MADE, "", "# What zoll fetches, opens, reads and reports", ""]
    lines += ["`zoll formats` prints the same. Every entry is one file of its room, found by listing the folder.", ""]
    for room, title in formats.ROOMS:
        lines += [f"## {title}", ""]
        lines += [line for name, doc in found[room].items() for line in _entry(name, doc)]
    return "\n".join(lines)


def _entry(name: str, doc: Doc) -> list[str]:
    reads, yields = (", ".join(f"`{word}`" for word in side) for side in (doc.reads, doc.yields))
    return [f"### {name}", "", f"{doc.title}.", "", f"- takes {reads}", f"- gives {yields}", *_limits(doc), ""]


def _limits(doc: Doc) -> list[str]:
    return [f"- limitation: {limitation}" for limitation in doc.limitations]


def rules_page() -> str:
    """Return the page of all rules."""
    lines = [MADE, "", "# Rules", ""]
    lines += [
        "A rule's id is its file under `src/zoll/rules/`; `zoll explain ID` prints one. Bits are what it adds.",
        "Beside them stands what was counted in other upgrades (`counted/words`, `counted/oddness`, `counted/size`,",
        "`counted/leading`, `counted/rest`, `counted/again`); `zoll explain` tells of these too, and",
        "[why bits are judged and counted](decisions/0005-counted-bits.md).",
        "",
    ]
    for family, members in groupby(load(), key=lambda rule: rule.family):
        lines += [f"## {family}", ""]
        lines += [line for rule in members for line in _rule(rule)]
    return "\n".join(lines)


def _rule(rule: Rule) -> list[str]:
    head = [f"### {rule.id}", "", f"**{rule.bits:+.1f} bits**: {rule.title}.", "", f"{rule.why} {rule.look}", ""]
    asked = [
        f"- {side} `{words(pattern)}`"
        for side in ("gained", "lost", "standing", "without")
        for pattern in getattr(rule, side)
    ]
    return [*head, *asked, ""]
