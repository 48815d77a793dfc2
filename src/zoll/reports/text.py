"""The terminal report: a summary that is read in ten seconds, then the strongest findings with their code."""

from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from zoll.catalogue import Doc
from zoll.model import Account, Declaration, Finding, Gap, Place, Reading, Report, Signal, Tally
from zoll.reports import calls, claims, classes, components, declaring, functions, instructions, phantoms
from zoll.reports.amounts import count, expectation, share, size
from zoll.reports.crop import fit, focus, fold
from zoll.reports.excerpt import Row, excerpt
from zoll.reports.options import Options
from zoll.reports.safe import show, show_code
from zoll.reports.summary import LEVELS, READ, contents, heart, levels, lines_to_read, same, span

DOC = Doc(
    title="Terminal: the summary and the strongest findings with their code, plain or coloured",
    reads=("report",),
    yields=("text",),
    limitations=(
        "Shows the first `--top` findings and clips code around the evidence; `--format json` holds everything.",
    ),
)

_LEVEL = {"hold": "bold red", "review": "bold yellow", "note": "dim"}
_BADGE = {"hold": "bold white on red", "review": "bold black on yellow", "note": "dim"}
_CODE = {"-": "red", "+": "green", " ": "", "~": "dim"}
_SLICES = (
    ("unchanged", "█", "bright_black"),
    ("moved", "▓", "blue"),
    ("noise", "▚", "bright_black"),
    ("compared", "▒", "cyan"),
    ("gaps", "░", "magenta"),
)
_GAPS = {
    "encrypted": "encrypted",
    "truncated": "ends too early",
    "malformed": "broken",
    "depth": "too deep",
    "parts": "too many parts",
    "bytes": "too big",
    "ratio": "grows too much when opened",
    "time": "took too long",
    "unsupported": "no opener or reader",
    "missing": "not there",
    "crash": "zoll failed on it",
    "memory": "took too much memory",
}
_NOISE = {
    "empty": "empty",
    "line-ends": "line ends",
    "white-space": "white space",
    "comments": "comments",
    "order": "order",
    "spelling": "spelling",
    "moved-functions": "moved functions",
    "machine-code": "machine code",
    "version": "versions",
    "time": "time stamps",
    "build": "build ids",
}
_NARROWEST = 40
_SIGNALS = 6  # signals of a finding that are worth a line each
_FAINT = 0.5  # bits below which a signal is not


def render(report: Report, options: Options) -> str:
    """Return the report as text, with terminal colours if asked for; lines carry no blanks at their end."""
    out = StringIO()
    draw(console(out, options), report, options)
    text = out.getvalue()
    return text if options.color else "".join(line.rstrip() + "\n" for line in text.splitlines())


def console(out: StringIO, options: Options, *, record: bool = False) -> Console:
    """Return a console that depends on nothing but the options: no environment, no terminal, no markup."""
    return Console(
        file=out,
        width=max(options.width, _NARROWEST),
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        record=record,
        _environ={},
    )


def draw(to: Console, report: Report, options: Options) -> None:
    """Print the whole report to a console."""
    shown = report.findings[: options.top]
    drawn: set[Place] = set()  # functions whose calls are drawn: once each
    for piece in chain(_head(report, to.width), *(_finding(finding, to.width, options, drawn) for finding in shown)):
        to.print(piece)
    for piece in chain(components.draw(report, options), _gaps(report.gaps, options), _foot(report, len(shown))):
        to.print(piece)


def _head(report: Report, width: int) -> Iterator[RenderableType]:
    yield Text.assemble(
        ("zoll", "bold"), "  ", (show(report.old.name), "bold"), (" → ", "dim"), (show(report.new.name), "bold")
    )
    if report.old.parts or report.new.parts:
        yield Text.assemble("      ", (f"{_tally(contents(report.old))} → {_tally(contents(report.new))}", "dim"))
    yield ""
    yield from _account(report, width)
    yield ""
    yield _indented(_verdict(report), 2)
    yield _indented(_reading(report), 2)
    yield ""
    yield from _sections(report, width)


def _sections(report: Report, width: int) -> Iterator[RenderableType]:
    """Yield what is said of the upgrade as a whole, a few lines each; nothing of what there is not."""
    for section in (
        functions.draw(report),
        classes.draw(report),
        declaring.draw(report, width - 4),
        claims.draw(report, width - 4),
        phantoms.draw(report, width - 4),
    ):
        lines = list(section)
        yield from (_indented(line, 2) for line in lines)
        if lines:
            yield ""


def _tally(tally: Tally) -> str:
    return f"{count(tally.parts, 'file')}, {size(tally.bytes)}"


def _verdict(report: Report) -> Text:
    if not report.findings:
        return Text(_nothing(report))
    counts = levels(report)
    words = {"hold": "to hold", "review": "to review", "note": "note" if counts["note"] == 1 else "notes"}
    parts = [Text(f"{counts[level]:,} {words[level]}", _LEVEL[level] if counts[level] else "dim") for level in LEVELS]
    return Text("   ").join(parts)


def _nothing(report: Report) -> str:
    if same(report):
        return "Both releases are the same, byte for byte: nothing to judge."
    if not report.account.changes:
        return "Nothing in the parts that could be read has changed."
    return "No finding: no rule speaks of what has changed. That is no proof that the upgrade is clean."


def _account(report: Report, width: int) -> Iterator[RenderableType]:
    account = report.account
    yield _indented(_bar(report, min(width, 100) - 4), 2)
    rows = [(Text.assemble((glyph, style), f" {word:<9}"), getattr(account, word)) for word, glyph, style in _SLICES]
    digits = max(len(f"{tally.parts:,}") for _, tally in [*rows, (None, account.removed)])
    for label, tally in rows:
        words = f"  {_files(tally, digits)}  {share(tally.bytes, account.whole.bytes):>8}"
        words += _more(account, label.plain.split()[-1], width - 2 - len(label) - len(words))
        yield _indented(label.append(words) if tally.parts else Text(label.plain + words, "dim"), 2)
    if account.removed.parts:
        yield _indented(Text(f"  removed    {_files(account.removed, digits)}    of old"), 2)
    if account.opened.parts:
        packed, inside = size(account.opened.bytes), size(account.unpacked.bytes)
        words = f"  opened     {count(account.opened.parts, 'container')}: {packed} packed, {inside} inside"
        yield _indented(Text(words, "dim"), 2)


def _more(account: Account, word: str, room: int) -> str:
    """Return what noise consists of and how many findings are about what was compared, as far as there is room."""
    said = ""
    if word == "noise":
        said = ", ".join(f"{_NOISE.get(kind, show(kind))} {tally.parts:,}" for kind, tally in account.noises)
    elif word == "compared" and account.findings:
        said = count(account.findings, "finding")
    return "    " + fit(said, room - 4) if said and room > 12 else ""


def _files(tally: Tally, digits: int) -> str:
    """Return a number of files and bytes in columns."""
    return f"{tally.parts:>{digits},} {'file' if tally.parts == 1 else 'files':<5}  {size(tally.bytes):>8}"


def _indented(piece: RenderableType, columns: int) -> Padding:
    return Padding(piece, (0, 0, 0, columns), expand=False)


def _bar(report: Report, width: int) -> Text:
    """Draw the account of bytes as one line; whatever is there at all gets at least one cell."""
    whole = report.account.whole.bytes or 1
    cells = {word: -(-width * getattr(report.account, word).bytes // whole) for word, _, _ in _SLICES}
    largest = max(cells, key=lambda word: cells[word])
    cells[largest] -= max(0, sum(cells.values()) - width)
    return Text.assemble(*((glyph * cells[word], style) for word, glyph, style in _SLICES))


def _reading(report: Report) -> Text:
    account = report.account
    if not account.changes:
        return Text()
    changes = f"{count(account.changes, 'change')} over {count(account.lines, 'line')}"
    if not report.findings:
        return Text(changes + ".", "dim")
    lines = lines_to_read(report)
    if not lines:
        return Text(f"{changes}; no finding asks to be read.")
    whole = max(lines, account.lines)
    return Text.assemble(
        f"{changes}; to read: ",
        (f"{count(lines, 'line')} ({share(lines, whole)})", "bold"),
        " at review or above.",
    )


def _finding(finding: Finding, width: int, options: Options, drawn: set[Place]) -> Iterator[RenderableType]:
    yield Rule(style="bright_black")
    yield _place(finding)
    yield _indented(Text(show(finding.title), "bold" if finding.level in READ else ""), 4)
    yield _indented(Text(f"{finding.bits:.1f} bits; {expectation(finding.expected)}.", "dim"), 4)
    yield ""
    rows = list(_code(finding, width, 40 if options.verbose else 12))
    if rows:
        yield from rows
        yield ""
    code = list(instructions.draw(finding, width, most=80 if options.verbose else instructions.LIMIT))
    if code:
        yield from code
        yield ""
    if finding.change.pair.place not in drawn and (around := list(calls.draw(finding, width, plain=options.plain))):
        drawn.add(finding.change.pair.place)
        yield from around
        yield ""
    yield _indented(_because(finding, options), 4)
    yield ""


def _place(finding: Finding) -> Text:
    place = finding.change.pair.place
    _, _, side = span(finding)
    line = heart(finding)
    where = show(place.path) + (f":{line}" if line and not place.address else "")
    gone = " (old)" if line and side == "old" else ""
    badge = (f" {finding.level.upper()} ", _BADGE.get(finding.level, ""))
    at = f" at {place.address:#x}" if place.address else ""
    return Text.assemble(
        f"{finding.rank:>3} ",
        badge,
        " ",
        (where, "bold cyan"),
        (gone, "dim"),
        "  ",
        (show(place.symbol), "cyan"),
        (at, "dim"),
    )


def _code(finding: Finding, width: int, limit: int) -> Iterator[Text]:
    rows = excerpt(finding, limit)
    digits = max((len(str(max(row.old, row.new))) for row in rows), default=1)
    words = [word for signal in finding.signals for reading in signal.evidence for word in _words(reading)]
    for row in rows:
        yield _row(row, digits, width, words)


def _words(reading: Reading) -> tuple[str, ...]:
    return reading.words, reading.fact.trait("literal"), reading.fact.value


def _row(row: Row, digits: int, width: int, words: Iterable[str]) -> Text:
    if row.mark == "~":
        return Text(f"    {'':>{digits}} {'':>{digits}}   ⋮ {count(row.skipped, 'more row')}", "dim", no_wrap=True)
    numbers = f"    {row.old or '':>{digits}} {row.new or '':>{digits}} "
    line = fold(show_code(row.text))
    line = fit(line, width - len(numbers) - 2, focus(line, words) if row.mark != " " else 0)
    return Text.assemble((numbers, "dim"), (f"{row.mark} {line}", _CODE[row.mark]), no_wrap=True)


def _because(finding: Finding, options: Options) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True, min_width=5)
    table.add_column()
    signals = sorted(finding.signals, key=lambda signal: (-abs(signal.bits), signal.rule))
    told = signals if options.verbose else [one for one in signals[:_SIGNALS] if abs(one.bits) >= _FAINT] or signals[:1]
    for signal in told:
        table.add_row(f"{signal.bits:+.1f}", Text.assemble(show(signal.why), "  ", (show(signal.rule), "dim")))
        if options.verbose:
            for words in _evidence(signal):
                table.add_row("", words)
    faint = signals[len(told) :]
    if faint:
        rest = Text(f"{count(len(faint), 'fainter signal')}, see --verbose", "dim")
        table.add_row(Text(f"{sum(signal.bits for signal in faint):+.1f}", "dim"), rest)
    for declaration in {(said.at, said.words): said for said in finding.declared}.values():
        table.add_row(Text("said", "green"), _declared(declaration))
    return table


def _evidence(signal: Signal) -> Iterator[Text]:
    for reading in signal.evidence:
        fact, at = reading.fact, reading.at
        where = (f"{show(at.path)}:{at.start}  " if at.start else "", "dim")
        yield Text.assemble("· ", where, show(" ".join((fact.kind, fact.value, *fact.traits))), style="dim")


def _declared(declaration: Declaration) -> Text:
    at = declaration.at
    where = show(at.path) + (f":{at.start}" if at.start else "")
    return Text.assemble(f"“{show(declaration.words)}”", ("  " + where, "dim"))


def _gaps(gaps: tuple[Gap, ...], options: Options) -> Iterator[RenderableType]:
    if not gaps:
        return
    yield Rule(style="bright_black")
    yield Text.assemble(
        ("Gaps", "bold magenta"),
        f"  {count(len(gaps), 'place')} that zoll could not see into; judge them by other means",
    )
    table = Table.grid(padding=(0, 2))
    for reason in sorted({gap.reason for gap in gaps}):
        members = sorted(gap for gap in gaps if gap.reason == reason)
        octets = sum(gap.size for gap in members)
        table.add_row(
            f"{len(members):,}",
            _GAPS.get(reason, show(reason)),
            size(octets) if octets else "",
            _names(members, options),
        )
    table.columns[0].justify = table.columns[2].justify = "right"
    for column in table.columns[:3]:
        column.no_wrap = True
    yield _indented(table, 4)
    yield ""


def _names(gaps: list[Gap], options: Options) -> Text:
    shown = gaps if options.verbose else gaps[:3]
    names = [show(gap.at.path) + (f" ({show(gap.detail)})" if gap.detail and options.verbose else "") for gap in shown]
    rest = f" and {len(gaps) - len(shown):,} more" if len(gaps) > len(shown) else ""
    return Text(("\n" if options.verbose else ", ").join(names) + rest, "dim")


def _foot(report: Report, shown: int) -> Iterator[RenderableType]:
    if not report.findings:
        return
    yield Rule(style="bright_black")
    rest = len(report.findings) - shown
    rule = next((signal.rule for finding in report.findings for signal in finding.signals), "")
    table = Table.grid(padding=(0, 2))
    if rule:
        table.add_row(Text(f"zoll explain {show(rule)}", "bold"), "what a rule looks for, and why")
    if rest:
        table.add_row(
            Text(f"--top {len(report.findings)}", "bold"), f"{count(rest, 'more finding')}, none of them stronger"
        )
    table.add_row(Text("--format json", "bold"), "everything, for scripts")
    yield table
