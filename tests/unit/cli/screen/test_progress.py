import io

import pytest
from rich.console import Console

from zoll.cli.screen.progress import Screen, colored


def shown(terminal, **how):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=80)
    with Screen(console=console, **how) as screen:
        screen.stage("reading [bold]\x1b[31m", 3)
        screen.step()
        screen.step(2)
        screen.note("looked at \x1b]0;x")
        screen.stage("judging", 0)
    return stream.getvalue()


def test_plain_lines_only_when_verbose_and_nothing_of_the_upgrade_reaches_the_terminal_raw():
    assert shown(False) == ""
    assert shown(False, quiet=True, verbose=True) == ""
    lines = shown(False, verbose=True).splitlines()
    assert lines == [r"zoll: looked at \e]0;x", r"zoll: reading [bold]\e[31m: 3 of 3", "zoll: judging: 0 of 0"]


def test_a_bar_on_a_terminal_unless_quiet():
    assert "reading" in shown(True)
    assert shown(True, quiet=True) == ""


def test_an_error_leaves_no_bar_behind():
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt), Screen(verbose=True, console=Console(file=stream)) as screen:
        _interrupted(screen)
    assert stream.getvalue() == ""


def _interrupted(screen):
    screen.stage("reading", 3)
    raise KeyboardInterrupt


def test_colour_is_a_choice():
    assert colored("always")
    assert not colored("never")
