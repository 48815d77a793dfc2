"""Print the JSON Schema of the JSON report."""

from importlib.resources import files

import click

from zoll.cli.screen import output


@click.command()
def command() -> None:
    """Print the JSON Schema of `zoll inspect --format json`, for scripts that check before they read.

    \b
    zoll schema > zoll.report-1.schema.json
    """
    output.put((files("zoll.reports") / "report.schema.json").read_text(encoding="utf-8"), None)
