"""When a finding meets what was planted: the definitions of the benchmark's scorer.

A finding hits when its path is a path of the truth, or one ends with the other, and it comes within `SLACK` lines of
the truth or names its symbol. Of an executable its offset, a virtual address, lies in the truth's function. A truth
without lines, symbol and offset is met by its path alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SLACK = 5
Row = Mapping[str, Any]


def hits(finding: Row, truths: Iterable[Row], *, by_place: bool = True) -> bool:
    """Whether a finding points at one of the truths."""
    return any(_same(finding["path"], t["path"]) and (not by_place or _at_place(finding, t)) for t in truths)


def rank(findings: Sequence[Row], truths: Sequence[Row], *, by_place: bool = True) -> int | None:
    """Give the number of the first finding that hits, from 1."""
    return next((i for i, found in enumerate(findings, 1) if hits(found, truths, by_place=by_place)), None)


def _same(a: str | None, b: str | None) -> bool:
    """Whether two paths name one file, as far as both say."""
    a, b = ((x or "").replace("!/", "/").strip("./") for x in (a, b))
    return bool(a and b) and (a == b or a.endswith("/" + b) or b.endswith("/" + a))


def _at_place(finding: Row, truth: Row) -> bool:
    """Whether a finding of the right file also points at the right lines or symbol."""
    lines, symbol, offset = truth.get("lines"), truth.get("symbol"), truth.get("offset")
    if not lines and not symbol and offset is None:
        return True
    if lines and finding.get("line") is not None:
        last = finding.get("line_end") or finding["line"]
        if finding["line"] - SLACK <= lines[1] and last + SLACK >= lines[0]:
            return True
    named = finding.get("symbol") or ""
    wanted = (symbol or "").split("(")[0].strip()
    if wanted and wanted in (named, named.rsplit(".", 1)[-1], named.rsplit("::", 1)[-1]):
        return True
    return offset is not None and _inside(finding.get("offset"), offset, truth.get("size"))


def _inside(at: int | str | None, offset: int | str, size: int | None) -> bool:
    """Whether an address, a number or text such as 0x401000, lies in a function."""
    if at is None:
        return False
    first = _address(offset)
    return first <= _address(at) < first + max(size or 1, 1)


def _address(told: int | str) -> int:
    return int(told, 0) if isinstance(told, str) else told
