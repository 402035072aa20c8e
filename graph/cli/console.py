"""What commands print with: progress and tables for people, on a terminal or off it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.answers import width
from graph.messages import say

#: The folder of a build, for every command that takes one.
BuildDir = Annotated[Path, typer.Option("--out", "--dir", "-o", "-d", metavar="DIR")]
DEFAULT = Path("exports")


@contextmanager
def progress(key: str) -> Iterator[Callable[[str], None]]:
    """Show that work goes on, where a terminal looks on; gives what to call with the name of each report done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say(key), total=None)
        yield lambda name: bar.update(task, advance=1, description=name.rpartition("/")[2][:40])


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Lay a table out in plain text, numbers to the right."""
    cells = [list(map(str, row)) for row in rows]
    widths = [max(map(width, column)) for column in zip(columns, *cells, strict=True)]
    numeric = [all(isinstance(one, int | float) for one in column) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths, numeric or [False] * len(columns)) for row in [list(columns), *cells]]
    return "\n".join([lines[0], "  ".join("─" * size for size in widths), *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, size, right in zip(cells, widths, numeric, strict=True):
        space = " " * (size - width(cell))
        padded.append(space + cell if right else cell + space)
    return "  ".join(padded).rstrip()


def note(sentence: str) -> None:
    """Say something beside the result."""
    print(sentence, file=sys.stderr)


def show(data: bytes, to: Path | None, *, for_eyes: bool = False) -> None:
    """Write a result to a file, or to standard output as it is; ``for_eyes`` in the encoding of the terminal."""
    if to is None and for_eyes:
        sys.stdout.write(data.decode())
    elif to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
        note(say("cli.written", path=to))
