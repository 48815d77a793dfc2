"""The calls around a changed function of an executable as a small drawing: callers, the function, what it calls."""

from collections.abc import Iterator, Sequence

from rich.cells import set_cell_size
from rich.text import Text

from zoll.model import CallsAround, Finding
from zoll.reports.crop import fit
from zoll.reports.safe import show

WIDEST = 26  # cells of a name
_MARK = {"gained": "+", "lost": "-", "": " "}
_STYLE = {"gained": "green", "lost": "red", "": ""}
_ENTERED = {
    "constructor": "a constructor",
    "preinit": "what runs before all",
    "ifunc": "a resolver",
    "network": "what listens to the network",
    "main": "the program's begin",
    "start": "the program's begin",
    "export": "outside",
}
# Lines by what they join: above 8, below 4, left 2, right 1.
_BOX = {3: "─", 5: "┌", 6: "┐", 7: "┬", 9: "└", 10: "┘", 11: "┴", 12: "│", 13: "├", 14: "┤", 15: "┼"}
_ASCII = {3: "-", 12: "|"}


def worth(around: CallsAround) -> bool:
    """Say whether the calls tell something: one was gained or lost, or an entry leads to the function."""
    marked = any(how for _, how in (*around.callers, *around.callees))
    return marked or (len(around.way) > 1 and around.entry != "export") or around.entry in ("constructor", "ifunc")


def listed(around: CallsAround) -> dict[str, object]:
    """Return the calls for scripts."""
    return {
        "callers": [{"name": name, "how": how or None} for name, how in around.callers],
        "callees": [{"name": name, "how": how or None} for name, how in around.callees],
        "more_callers": around.more[0],
        "more_callees": around.more[1],
        "entry": around.entry or None,
        "way": list(around.way),
    }


def draw(finding: Finding, width: int, *, plain: bool = False) -> Iterator[Text]:
    """Yield the rows of the drawing, none where there is nothing to tell; `plain` draws in ASCII."""
    around, place = finding.change.around, finding.change.pair.place
    if not worth(around):
        return
    room = max(8, min(WIDEST, (width - 4 - 16) // 3))
    left, right = _column(around.callers, around.more[0]), _column(around.callees, around.more[1])
    if left or right:
        yield from _rows(left, show(place.symbol), right, room, plain=plain)
    if around.way and (len(around.way) > 1 or around.entry != "export"):
        yield _way(around, width, plain=plain)


def _column(calls: Sequence[tuple[str, str]], more: int) -> list[tuple[str, str]]:
    """Return what stands in a column: text and style."""
    rows = [(f"{_MARK[how]} {show(name)}", _STYLE[how]) for name, how in calls]
    return [*rows, (f"  and {more:,} more", "dim")] if more else rows


def _rows(
    left: Sequence[tuple[str, str]], name: str, right: Sequence[tuple[str, str]], room: int, *, plain: bool
) -> Iterator[Text]:
    height = max(len(left), len(right), 1)
    middle = (height - 1) // 2
    first, second = (middle - (len(side) - 1) // 2 for side in (left, right))
    wide = max([len(text) for text, _ in left] or [0])
    wide, arrow = min(wide, room), "->" if plain else "─▶"
    for row in range(height):
        text, style = left[row - first] if first <= row < first + len(left) else ("", "")
        begins = bool(text)
        line = Text("    ", no_wrap=True).append(set_cell_size(fit(text, wide), wide), style)
        joint = _joint(row, middle, first, len(left), own=begins, outward=False, plain=plain)
        line.append(f" {joint}" if left else "", "dim")
        line.append(arrow if row == middle and left else "  " if left else "", "dim")
        line.append(" " if left else "").append(
            fit(name, room) if row == middle else " " * len(fit(name, room)), "bold cyan"
        )
        text, style = right[row - second] if second <= row < second + len(right) else ("", "")
        if right:
            joint = _joint(row, middle, second, len(right), own=bool(text), outward=True, plain=plain)
            line.append(f" {joint}", "dim").append((arrow if text else "  ") + " ", "dim")
            line.append(fit(text, room), style)
        line.rstrip()
        yield line


def _joint(row: int, middle: int, first: int, count: int, *, own: bool, outward: bool, plain: bool) -> str:
    """Return the two signs where the calls of one side meet before or behind the function."""
    low, high = min(first, middle), max(first + count - 1, middle)
    above, below = low < row <= high, low <= row < high
    inner, outer = row == middle, own
    before, behind = (inner, outer) if outward else (outer, inner)
    kind = 8 * above + 4 * below + 2 * before + behind
    sign = _ASCII.get(kind, "+" if kind else " ") if plain else _BOX.get(kind, " ")
    lead = ("-" if plain else "─") if before else " "
    return lead + sign


def _way(around: CallsAround, width: int, *, plain: bool) -> Text:
    arrow = " -> " if plain else " → "
    words = f"reached from {_ENTERED.get(around.entry, show(around.entry))}: " + arrow.join(map(show, around.way))
    return Text("    " + fit(words, width - 4), "dim", no_wrap=True)
