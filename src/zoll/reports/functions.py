"""What became of the functions of executables, in a line or two."""

from collections.abc import Iterator

from rich.text import Text

from zoll.model import Functions, Report
from zoll.reports.amounts import count


def draw(report: Report) -> Iterator[Text]:
    """Yield nothing where no executable differs."""
    if not report.functions:
        return
    files = len({one.at for one in report.functions})
    yield Text.assemble(
        ("Functions  ", "bold"),
        f"{_sum(report, 'old'):,} → {_sum(report, 'new'):,} in {count(files, 'executable')} that differ"
        if files > 1
        else f"{_sum(report, 'old'):,} → {_sum(report, 'new'):,} in one executable that differs",
    )
    sorts = (
        ("same", "the same"),
        ("recompiled", "other bytes that do the same"),
        ("changed", "changed"),
        ("added", "came"),
        ("removed", "went"),
        ("unread", "too many or too long to follow"),
    )
    told = [f"{number:,} {words}" for sort, words in sorts if (number := _sum(report, sort))]
    yield Text("  " + ", ".join(told))
    if known := _sum(report, "recognised"):
        yield Text(f"  {known:,} without a name are known from common C libraries")


def _sum(report: Report, sort: str) -> int:
    return sum(_number(one, sort) for one in report.functions)


def _number(one: Functions, sort: str) -> int:
    return int(getattr(one, sort))
