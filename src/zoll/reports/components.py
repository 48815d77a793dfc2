"""The section on components: what came, went and changed, in a few lines."""

from collections.abc import Iterator, Sequence

from msgspec import structs
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from zoll.components.delta import copies, own_of
from zoll.model import Component, ComponentChange, Inventory, Report, Reworked
from zoll.reports.amounts import count
from zoll.reports.options import Options
from zoll.reports.safe import show

_STYLES = {"downgraded": "bold yellow", "modified": "yellow", "added": "green", "removed": "red", "updated": "cyan"}
_COPIES = {"": " (other build)", "partial": " (fewer files)", "full": " (more files)"}
_SHOWN = 4
_NAMED = 3


def draw(report: Report, options: Options) -> Iterator[RenderableType]:
    """Yield the section; nothing where only the release itself changed and no bill of materials is there."""
    own = own_of(report.components, report.new.name)
    own = None if own and own.how in {"modified", "downgraded"} else own  # the same number for other content is news
    report = structs.replace(report, components=tuple(change for change in report.components if change is not own))
    rows = list(_rows(report, options))
    if not rows:
        return
    inside = [change for change in report.components if not _named_only(change)]
    same = sum(change.how == "same" for change in inside)
    found = count(sum(change.new is not None for change in inside), "component")
    as_before = f", {same:,} as before" if same else ""
    yield Rule(style="bright_black")
    yield Text.assemble(("Components", "bold cyan"), f"  {found} inside the new release{as_before}")
    table = Table.grid(padding=(0, 2))
    for cells in rows:
        table.add_row(*cells)
    table.columns[0].justify = "right"
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    yield Padding(table, (0, 0, 0, 4), expand=False)
    yield ""


def _rows(report: Report, options: Options) -> Iterator[tuple[str, Text, Text]]:
    for how, style in _STYLES.items():
        changes = [change for change in report.components if change.how == how and not _named_only(change)]
        if changes:
            changes.sort(key=lambda change: change.new is not None and change.new.copy in _COPIES)  # real ones first
            yield (
                f"{len(changes):,}",
                Text(how, style),
                _listed([_words(change, options) for change in changes], options),
            )
    named = [change for change in report.components if change.how != "same" and _named_only(change)]
    if named:
        yield f"{len(named):,}", Text("in lock files"), _listed([_words(change, options) for change in named], options)
    unlike = [change.new for change in report.components if change.new and _unlike(change)]
    if unlike:
        yield (
            f"{len(unlike):,}",
            Text("unlike its list", "bold yellow"),
            _listed([_name(one) for one in unlike], options),
        )
    twice = {name: found for name, found in copies(report.components).items() if _worth(found, report)}
    if twice:
        yield f"{len(twice):,}", Text("twice or more"), _listed([_copies(found) for found in twice.values()], options)
    if report.inventory:
        yield from _inventory(report.inventory, options)


def _named_only(change: ComponentChange) -> bool:
    """Tell whether only a lock file names it: no code of it need be inside."""
    return all(side is None or side.by == "lock" for side in (change.old, change.new))


def _unlike(change: ComponentChange) -> bool:
    """Tell whether the component's own list of files is not what is there, and was before."""
    copy = change.new.copy if change.new else ""
    if not change.new or change.new.by == "functions" or change.new.held.code:
        return False
    return copy == "modified" and change.how != "modified" and (not change.old or change.old.copy != "modified")


def _worth(found: list[Component], report: Report) -> bool:
    """Tell whether a copy of it came or changed with this upgrade."""
    changed = {change.new for change in report.components if change.how not in {"same", "updated"}}
    return any(one in changed for one in found)


def _inventory(inventory: Inventory, options: Options) -> Iterator[tuple[str, Text, Text]]:
    for words, style, members in (
        ("not in the SBOM", "bold yellow", inventory.unlisted),
        ("only in the SBOM", "yellow", inventory.unfound),
    ):
        if members:
            yield f"{len(members):,}", Text(words, style), _listed([_name(one) for one in members], options)
    if not inventory.unlisted and not inventory.unfound:
        yield f"{inventory.listed:,}", Text("in the SBOM", "green"), Text("all found, and nothing else", "dim")


def _listed(words: Sequence[str], options: Options) -> Text:
    told = list(dict.fromkeys(words))
    shown = told if options.verbose else told[:_SHOWN]
    rest = f" and {len(told) - len(shown):,} more" if len(told) > len(shown) else ""
    return Text(("\n" if options.verbose else ", ").join(shown) + rest)


def _words(change: ComponentChange, options: Options) -> str:
    if change.old and change.new and change.old.version != change.new.version:
        more = _functions(change.functions) if options.verbose or change.how == "downgraded" else ""
        return f"{show(change.new.name)} {show(change.old.version)} → {show(change.new.version)}{more}"
    side = change.new or change.old
    assert side is not None
    if side.by == "functions" or side.held.code:
        return _by_functions(side) + _functions(change.functions)
    if change.how != "modified":
        return _name(side)
    return _name(side) + (_functions(change.functions) or _COPIES.get(side.copy, ""))


def _functions(touched: Reworked) -> str:
    """Return which functions of a component changed, the first of them by name."""
    counts = ((touched.changed, "changed"), (touched.added, "new"), (touched.removed, "gone"))
    told = ", ".join(f"{number:,} {word}" for number, word in counts if number)
    first = ", ".join(touched.names[:_NAMED])
    return show(f" (functions: {told}{f': {first}' if first else ''})") if told else ""


def _by_functions(one: Component) -> str:
    """Return where a copy stands that its functions told, and how much of the library it is."""
    held = one.held
    first = ", ".join(held.unlike[:_NAMED])
    altered = f"{count(held.altered, 'function')} altered{f': {first}' if first else ''}"
    more = f", {held.more:,} more" if held.more else ""
    how = {
        "full": "all of it",
        "partial": f"{held.share} % of it",
        "modified": f"{held.share} % of it, {altered}{more}",
    }
    return f"{_name(one)} in {show(one.at.path)} ({show(how.get(one.copy, ''))})"


def _name(one: Component) -> str:
    return show(f"{one.name} {one.version}".rstrip())


def _copies(found: list[Component]) -> str:
    versions = sorted({one.version for one in found})
    unlike = sorted({name for one in found if one.by != "functions" for name in one.held.unlike})
    differ = f", not alike: {', '.join(unlike[:_NAMED])}" if unlike else ""
    return f"{show(found[0].name)} {show(', '.join(versions))} ({len(found)} copies{show(differ)})"
