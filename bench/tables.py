"""Pieces of a Markdown page: tables, shares, other people's words."""

import re
from collections.abc import Iterable, Sequence

MARKS = re.compile(r"([\\|*_\[\]<>#~])")
LONGEST = 160


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; columns after the first stand to the right where they hold numbers."""
    rows = [list(row) for row in rows]
    assert all(len(row) == len(head) for row in rows)
    right = [bool(rows) and all(_is_number(row[place]) for row in rows) for place in range(len(head))]
    rule = ["---:" if numbers else "---" for numbers in right]
    return "\n".join(f"| {' | '.join(row)} |" for row in [list(head), rule, *rows]) + "\n"


def _is_number(cell: str) -> bool:
    return not cell or bool(re.fullmatch(r"[\d.,-]+( ?[%a-z]{1,3})?", cell))


def percent(share: float | None) -> str:
    """Return a share in per cent."""
    return "" if share is None else f"{share:.0%}".replace("%", " %")


def number(value: float) -> str:
    """Return a number as people read it: about three places."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}" if value < 1 else f"{value:.1f}"


def plain(text: str) -> str:
    """Return other people's words so that nothing in them is Markdown; cut where they are long."""
    text = " ".join(text.replace("`", "").split())
    text = text if len(text) <= LONGEST else text[: LONGEST - 2] + " …"
    return MARKS.sub(r"\\\1", text).replace("](", "]\\(")


def section(title: str, *parts: str) -> str:
    """Return a section of a page."""
    return "\n".join([f"## {title}", "", *(part.rstrip("\n") + "\n" for part in parts if part)])
