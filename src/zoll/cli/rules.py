"""List the rules that findings are judged by."""

from itertools import groupby

import click
import msgspec

from zoll.cli.screen import output
from zoll.judge.rulebook import Rule, load


@click.command()
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]), help="Form of the list."
)
def command(form: str) -> None:
    """List the rules, family by family, each with the bits it adds.

    \b
    zoll rules
    zoll rules --format json
    zoll explain trigger/constant-guards-power
    """
    output.put(as_json(load()) if form == "json" else as_text(load()), None)


def as_text(rules: tuple[Rule, ...]) -> str:
    """Return one line per rule under its family."""
    lines: list[str] = []
    for family, members in groupby(rules, key=lambda rule: rule.family):
        lines += ["", family]
        lines += [f"  {rule.bits:+5.1f}  {rule.id.partition('/')[2]:30}  {rule.title}" for rule in members]
    return "\n".join(lines[1:])


def as_json(rules: tuple[Rule, ...]) -> str:
    """Return the rules as a list of objects, as the rulebook holds them, with their family."""
    rows = [{"id": rule.id, "family": rule.family, **msgspec.to_builtins(rule)} for rule in rules]
    return msgspec.json.format(msgspec.json.encode(rows)).decode()
