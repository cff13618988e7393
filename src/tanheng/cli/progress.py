"""How far long work has come, said on a terminal's error stream; a pipe gets nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from tanheng.cli.words import words


@dataclass
class FileProgress:
    """A bar over files, with the rows read so far beside it."""

    bar: Progress
    task: TaskID
    rows: int = 0

    def begins(self, file: str, doing: str) -> None:
        """Says which file is worked on, and what is done with it."""
        self.bar.update(self.task, doing=Text(f"{doing} {file}").plain)

    def has_read(self, rows: int) -> None:
        """Adds the rows of a file."""
        self.rows += rows
        self.bar.update(self.task, rows=words(f"{self.rows:,} 行", f"{self.rows:,} rows"))

    def is_done(self) -> None:
        """Counts one file as finished."""
        self.bar.advance(self.task)


@contextmanager
def over_files(count: int) -> Iterator[FileProgress]:
    """A bar over as many files, gone when the work is done."""
    console = Console(file=sys.stderr, highlight=False, markup=False)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rows]}", markup=False),
        TextColumn("{task.fields[doing]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield FileProgress(bar, bar.add_task("", total=count, rows="", doing=""))


@contextmanager
def over_steps(text: str) -> Iterator[Callable[[int, int], None]]:
    """A bar over steps whose number is known once they have begun: call it with how many are done, and of how many."""
    console = Console(file=sys.stderr, highlight=False, markup=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
