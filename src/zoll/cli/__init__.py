"""Door 1: the command line. A file of this folder is a command; it is imported only when it is asked for."""

import os
import signal
import sys
import traceback
from importlib import import_module
from types import FrameType, TracebackType

import click

from zoll import __version__
from zoll.cli.screen import listing
from zoll.errors import ZollError

COULD_NOT = 2
INTERRUPTED = 130


class Commands(click.Group):
    """The commands of this folder, by listing it: `zoll --help` imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the command files that are not hidden."""
        del ctx
        return [name.replace("_", "-") for name, hidden in listing.commands().items() if not hidden]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command's file."""
        del ctx
        name = cmd_name.replace("-", "_")
        if name not in listing.commands():
            return None
        command: click.Command = import_module(f"zoll.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List each command with its file's first words."""
        rows = [(name, listing.first_words(f"zoll.cli.{name.replace('-', '_')}")) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="zoll")
def zoll() -> None:
    """Inspect software upgrades as customs would: say what an upgrade really brings in.

    zoll opens the old and the new release, sets aside what did not change, works out what the change does,
    and ranks what is backdoor-like and undeclared. Nothing of an upgrade is ever executed or installed.

    \b
    zoll inspect firmware-1.4.2/ firmware-1.4.3/
    zoll inspect old.tar.gz new.tar.gz --format json --out report.json
    zoll inspect pkg:pypi/paramiko@3.4.0 pkg:pypi/paramiko@3.4.1
    """


def main() -> None:
    """Run the command line; exit 0, 1 or 2 as the command says, 130 after Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has the latter ignored
            signal.signal(number, _ended)
    sys.excepthook = _crashed
    status = run(sys.argv[1:])
    sys.exit(status)


def run(words: list[str]) -> int:
    """Run one command and return its exit status; what the caller can mend is one line on stderr."""
    try:
        status = zoll.main(words, prog_name="zoll", standalone_mode=False)
    except ZollError as error:
        return _said(str(error))
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return COULD_NOT
    except KeyboardInterrupt:
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _said(words: str) -> int:
    click.echo(f"zoll: {words}", err=True)
    return COULD_NOT


def _ended(number: int, _frame: FrameType | None) -> None:
    """End as after Ctrl-C, so that workers and temporary folders go."""
    raise SystemExit(128 + number)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Exit 2, not Python's 1, which would say that something was found; all `with` blocks have ended by now."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(INTERRUPTED if kind is KeyboardInterrupt else COULD_NOT)
