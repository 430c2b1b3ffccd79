"""How commands speak: progress bars on the error stream, tables and JSON on the output."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

Advance = Callable[[str, int, int], None]
"""Called with what is going on, how much of it is done, and how much there is."""

PIPED_WIDTH = 140
"""Columns where the output is no terminal, so that tables in logs keep their lines whole."""

out = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def print_json(data: Any) -> None:
    """Print data as JSON, as other programs read it."""
    out.print(json.dumps(data, indent=2, ensure_ascii=False), markup=False)


def print_line(words: str = "", style: str | None = None) -> None:
    """Print words as they are; brackets in them mean nothing."""
    out.print(words, markup=False, style=style)


def print_table(titles: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under titles; numbers stand at the right."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, title in enumerate(titles):
        is_number = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        table.add_column(
            title, justify="right" if is_number else "left", overflow="fold", no_wrap=place == 0 or is_number
        )
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    out.print(table)


def _cell(value: object) -> Text:
    """Return a value as a table shows it; brackets in it mean nothing."""
    return Text(f"{value:,.{_places(value)}f}" if isinstance(value, float) else str(value))


def _places(value: float) -> int:
    """Return how many places behind the point tell something."""
    return 0 if abs(value) >= 1000 else 1 if abs(value) >= 1 else 3


def _silent(what: str, done: int, of: int) -> None:
    """Show nothing."""
    del what, done, of


@contextmanager
def progress_bars(*, quiet: bool = False) -> Iterator[Advance]:
    """Show a bar for each thing that goes on; nothing if quiet."""
    if quiet:
        yield _silent
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=False) as progress:
        bars: dict[str, Any] = {}

        def advance(what: str, done: int, of: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=of)
            progress.update(bars[what], completed=done, total=of)

        yield advance
