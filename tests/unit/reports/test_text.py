"""The terminal report, as a person meets it."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from zoll.catalogue import plugins
from zoll.model import Account, Change, Fact, Finding, Gap, Hunk, Pair, Part, Place, Reading, Release, Report, Signal
from zoll.reports.options import Options
from zoll.reports.text import render

SAMPLES = Path(__file__).parents[2] / "samples" / "reports" / "text"
LOOKS = {
    "smallcell-80": ("smallcell", Options(width=80)),
    "smallcell-120": ("smallcell", Options(width=120)),
    "smallcell-120-verbose": ("smallcell", Options(width=120, verbose=True)),
    "smallcell-100-color": ("smallcell", Options(width=100, color=True)),
    "smallcell-80-top-1": ("smallcell", Options(top=1, width=80)),
    "equal": ("equal", Options(width=80)),
    "clean": ("clean", Options(width=80)),
    "hostile": ("hostile", Options(width=80)),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_report_looks_as_it_should(look, reports, golden):
    name, options = LOOKS[look]
    golden(SAMPLES / look / "golden.txt", render(reports[name], options).replace("\x1b", "\\e").splitlines())


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width, reports):
    for report in reports.values():
        text = render(report, Options(width=width, verbose=True))
        assert max(map(cell_len, text.splitlines())) <= width


def test_the_format_is_found_by_its_file():
    assert {"text", "json", "svg"} <= set(plugins("zoll.reports"))


def test_an_attack_on_the_reader_shows_as_escapes(reports):
    text = render(reports["hostile"], Options(verbose=True))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "[red]x[/red]" in text
    assert ":smile:" in text
    assert "blanks⟩" in text


def test_the_environment_of_the_caller_changes_nothing(reports, monkeypatch):
    options = Options(color=True)
    before = render(reports["smallcell"], options)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "30", "TERM": "dumb", "FORCE_COLOR": "0"}.items():
        monkeypatch.setenv(name, value)
    assert render(reports["smallcell"], options) == before


TEXTS = st.text(max_size=60)
PLACES = st.builds(Place, st.tuples(TEXTS) | st.tuples(TEXTS, TEXTS), TEXTS, st.integers(0, 9))


@st.composite
def made_up(draw):
    place = draw(PLACES)
    read = Reading(Fact(draw(TEXTS), draw(TEXTS), (draw(TEXTS),)), place, draw(TEXTS))
    part = Part(place, "code/c", "d", 1)
    hunk = Hunk((1, 1), (1, 1), draw(TEXTS), draw(TEXTS), (read,))
    signal = Signal(draw(TEXTS), draw(st.floats(-20, 20)), draw(TEXTS), (read,))
    level = draw(st.sampled_from(["hold", "review", "note"]))
    expected = draw(st.floats(0, 1e6))
    finding = Finding(
        "i", 1, 2.0, expected, level, draw(TEXTS), Change(Pair(part, part, "place"), (hunk,)), hunk, (signal,)
    )
    gap = Gap("open", place, draw(TEXTS), draw(TEXTS))
    return Report(Release(draw(TEXTS), "1"), Release(draw(TEXTS), "2"), Account(), (finding,), (gap,))


@settings(max_examples=60)
@given(report=made_up(), width=st.integers(40, 130))
def test_whatever_a_report_holds_no_control_character_leaves(report, width):
    text = render(report, Options(width=width, verbose=True))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert max(map(cell_len, text.splitlines())) <= width


def test_findings_can_be_left_out_entirely(reports):
    assert "verify_user" not in render(reports["smallcell"], Options(top=0))


def test_a_finding_without_signals_or_code_is_still_shown(reports):
    report = reports["smallcell"]
    bare = msgspec.structs.replace(report.findings[0], hunk=Hunk(), signals=())
    assert "verify_user" in render(msgspec.structs.replace(report, findings=(bare,)), Options())


def test_faint_signals_are_summed_up_unless_asked_for(reports):
    report = reports["smallcell"]
    signals = tuple(
        Signal(f"shape/{number}", bits, f"why {number}") for number, bits in enumerate([3.0, 0.2, 0.1, -0.1])
    )
    faint = msgspec.structs.replace(report, findings=(msgspec.structs.replace(report.findings[0], signals=signals),))
    assert "+0.2  3 fainter signals" in render(faint, Options())
    assert "why 3" not in render(faint, Options())
    assert "why 3" in render(faint, Options(verbose=True))
