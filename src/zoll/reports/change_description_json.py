"""The change description for scripts."""

import json
from typing import Any

from zoll.catalogue import Doc
from zoll.model import Report
from zoll.reports.description import description
from zoll.reports.options import Options
from zoll.reports.safe import whole

DOC = Doc(
    title="Change description as JSON: what `change-description` says, for scripts, as zoll.change-description/1",
    reads=("report",),
    yields=("json",),
    limitations=("States no date, so that the same upgrade gives the same bytes.",),
)


def render(report: Report, options: Options) -> str:
    """Return the description as indented JSON with sorted keys; only ASCII leaves here."""
    del options
    return json.dumps(_well_formed(description(report)), indent=2, sort_keys=True, allow_nan=False) + "\n"


def _well_formed(value: Any) -> Any:
    """Return the same value without lone surrogates, which many JSON readers refuse."""
    if isinstance(value, dict):
        return {key: _well_formed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_well_formed(item) for item in value]
    return whole(value) if isinstance(value, str) else value
