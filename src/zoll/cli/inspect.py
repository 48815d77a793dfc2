"""Rank what an upgrade brings in that is backdoor-like and undeclared."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from msgspec import structs

from zoll.catalogue import plugins
from zoll.cli.screen import bounds, listing, output
from zoll.cli.screen.progress import Screen, colored, width
from zoll.fetch import fetch
from zoll.model import Report
from zoll.pipeline import Settings, inspect, seldom_collected
from zoll.reports.options import Options

LEVELS = ("note", "review", "hold")


@click.command(
    epilog="Exit status: 0 nothing at or above --fail-on, 1 something is, 2 could not do it, 130 after Ctrl-C.",
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--top", default=10, show_default=True, type=click.IntRange(min=0), help="Show this many findings in full."
)
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(listing.formats()),
    help="Form of the report.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the report to this file instead of stdout.")
@click.option(
    "--fail-on",
    default="hold",
    show_default=True,
    type=click.Choice([*LEVELS, "never"]),
    help="Exit 1 from this level on.",
)
@click.option("--notes", multiple=True, type=click.Path(), help="Release notes that belong to NEW; repeatable.")
@click.option("--source", multiple=True, help="What NEW claims to be built from, named as OLD and NEW are; repeatable.")
@click.option(
    "--sbom", "sboms", multiple=True, type=click.Path(), help="CycloneDX or SPDX bill of materials of NEW; repeatable."
)
@click.option("--advisory", "advisories", multiple=True, type=click.Path(), help="CSAF advisory on NEW; repeatable.")
@click.option("--counts", default="", type=click.Path(), help="Judge by counts that `zoll learn` made.")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help=f"Bound the work: {', '.join(bounds.names())}; repeatable.",
)
@click.option(
    "--keep", default="", type=click.Path(), help="Keep what was compared in this folder; the next time takes it there."
)
@click.option("--jobs", default=0, type=click.IntRange(min=0), help="Worker processes; 0 means one per core.")
@click.option("--strict", is_flag=True, help="Stop at a fault of zoll's own instead of reporting a gap.")
@click.option(
    "--color",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "always", "never"]),
    help="Colour the report.",
)
@click.option("--verbose", "-v", is_flag=True, help="More evidence in the report, and progress as lines.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def command(old: str, new: str, form: str, out: Path | None, fail_on: str, quiet: bool, **asked: Any) -> int:
    """Inspect the upgrade from OLD to NEW: two folders, files or package URLs, in any mixture.

    Package URLs are fetched through your own pip, npm or apt configuration and are never installed.

    \b
    zoll inspect controller-1.4.2/ controller-1.4.3/
    zoll inspect old.deb new.deb --top 3
    zoll inspect pkg:npm/axios@1.7.1 pkg:npm/axios@1.7.2 --fail-on review
    zoll inspect 'pkg:deb/debian/dropbear?distro=bookworm&arch=source' \\
                 'pkg:deb/debian/dropbear?distro=trixie&arch=source'
    zoll inspect old/ new/ --notes RELEASE.txt --limit seconds=60 --limit bytes=2G
    """
    renderer = plugins("zoll.reports")[listing.module_of(form)]
    if out:
        output.check(out)
    settings = _settings(asked)
    with Screen(quiet=quiet, verbose=asked["verbose"]) as screen, seldom_collected():
        report = _report(old, new, settings, screen)
        text = _rendered(renderer, report, out, asked)
    output.put(text, out)
    return status(report, fail_on)


def _report(old: str, new: str, settings: Settings, screen: Screen) -> Report:
    sides = []
    screen.stage("fetching", 2)
    for words in (old, new):
        sides.append(fetch(words, progress=screen.note))
        screen.step()
    source = tuple(str(fetch(as_source(words), progress=screen.note)) for words in settings.source)
    return inspect(sides[0], sides[1], structs.replace(settings, source=source), screen)


def as_source(words: str) -> str:
    """Return a package URL as one of source: a wheel would be held against itself.

    >>> as_source("pkg:pypi/click@8.1.7"), as_source("pkg:pypi/click@8.1.7?file=wheel"), as_source("checkout")
    ('pkg:pypi/click@8.1.7?file=sdist', 'pkg:pypi/click@8.1.7?file=wheel', 'checkout')
    """
    named = "?" in words or "#" in words or not words.startswith("pkg:pypi/")
    return words if named else f"{words}?file=sdist"


def _settings(asked: dict[str, Any]) -> Settings:
    opening, workers = bounds.parsed(asked["limits"])
    return Settings(
        jobs=asked["jobs"],
        strict=asked["strict"],
        notes=tuple(asked["notes"]),
        source=tuple(asked["source"]),
        sboms=tuple(asked["sboms"]),
        advisories=tuple(asked["advisories"]),
        counts=asked["counts"],
        keep=asked["keep"],
        limits=opening,
        workers=workers,
    )


def _rendered(renderer: ModuleType, report: Report, out: Path | None, asked: dict[str, Any]) -> str:
    color = asked["color"] == "always" or (out is None and colored(asked["color"]))
    plain = out is None and not (sys.stdout.encoding or "").lower().startswith("utf")
    options = Options(top=asked["top"], width=width(), color=color, verbose=asked["verbose"], plain=plain)
    text: str = renderer.render(report, options)
    return text


def status(report: Report, fail_on: str) -> int:
    """Return 1 if a finding stands at or above the level `fail_on`, else 0."""
    if fail_on == "never":
        return 0
    return int(any(LEVELS.index(finding.level) >= LEVELS.index(fail_on) for finding in report.findings))
