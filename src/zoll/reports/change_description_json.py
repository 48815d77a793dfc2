"""The change description for scripts."""

from zoll.catalogue import Doc
from zoll.model import Report
from zoll.reports.description import description
from zoll.reports.options import Options
from zoll.reports.safe import as_json

DOC = Doc(
    title="Change description as JSON: what `change-description` says, for scripts, as zoll.change-description/1",
    reads=("report",),
    yields=("json",),
    limitations=("States no date, so that the same upgrade gives the same bytes.",),
)


def render(report: Report, options: Options) -> str:
    """Return the description as indented JSON with sorted keys; only ASCII leaves here."""
    del options
    return as_json(description(report))
