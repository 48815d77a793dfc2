"""Progress on stderr: a bar on a terminal, plain lines with `--verbose` elsewhere, nothing with `--quiet`."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from zoll.reports.safe import show


class Screen:
    """Shows the pipeline's stages; `step` and `note` are cheap enough for every part."""

    def __init__(self, quiet: bool = False, verbose: bool = False, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False)
        self.verbose = verbose and not quiet
        self.lines = self.verbose and not self.console.is_terminal
        self.name, self.done, self.total = "", 0, 0
        self.task: TaskID | None = None
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        shown = self.console.is_terminal and not quiet
        self.bar = Progress(*columns, console=self.console, transient=True, disable=not shown)

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        self.bar.stop()

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of `total` steps; 0 when nobody knows how many."""
        self._finish()
        self.name, self.done, self.total = name, 0, total
        if self.task is not None:
            self.bar.remove_task(self.task)
        self.task = self.bar.add_task(escape(show(name)), total=total or None)

    def step(self, n: int = 1) -> None:
        """Count `n` more steps of this stage."""
        self.done += n
        if self.task is not None:
            self.bar.advance(self.task, n)

    def note(self, text: str) -> None:
        """Say something that a `--verbose` reader wants to know."""
        if self.verbose:
            self.bar.console.print(f"zoll: {escape(show(text))}", soft_wrap=True)

    def _finish(self) -> None:
        if self.lines and self.name:
            self.bar.console.print(
                f"zoll: {escape(show(self.name))}: {self.done} of {self.total or self.done}", soft_wrap=True
            )
        self.name = ""


def colored(choice: str) -> bool:
    """Say whether to colour stdout: `auto` means on a terminal that does not refuse it (NO_COLOR)."""
    return choice == "always" or (
        choice == "auto" and Console(file=sys.stdout).color_system is not None and sys.stdout.isatty()
    )


def width() -> int:
    """Return the columns of the terminal, 100 where there is none."""
    return Console(file=sys.stdout).width if sys.stdout.isatty() else 100
