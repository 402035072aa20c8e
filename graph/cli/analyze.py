"""``zhili analyze``: patterns across townships, as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.cli import DONE
from graph.cli.console import DEFAULT, BuildDir, note, show, table
from graph.messages import ToldError, language, say

if TYPE_CHECKING:
    from graph.analysis.result import Result
    from graph.analysis.shown import Names, Sheet

SHOWN = 20  # rows of a table on the screen
QUOTED = 32  # characters of a quotation there


def analyze(
    out: BuildDir = DEFAULT,
    what: Annotated[list[str] | None, typer.Option("--what", "-w", metavar="WHAT")] = None,
    township: Annotated[str | None, typer.Option("--township", "-t", metavar="NAME")] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR|FILE.xlsx")] = None,
    all_: Annotated[bool, typer.Option("--all", "-a")] = False,
) -> int:
    from graph.analysis.ground import ground_of
    from graph.analysis.questions import answers
    from graph.analysis.shown import Names
    from graph.cli.view import find
    from graph.store import open_build

    asked = _asked(what or [], township)
    with open_build(out) as build:
        ground = ground_of(build)
        if not ground.about.reports:
            raise ToldError("analysis.empty")
        found = answers(ground, asked, township=find(ground.about, township) if township else "")
        if to is None:
            show(
                _printed(found, Names(ground, language(), longest=QUOTED), everything=all_).encode(),
                None,
                for_eyes=True,
            )
        else:
            _write(found, Names(ground, language()), to, everything=all_)
    return DONE


def _asked(what: Sequence[str], township: str | None) -> tuple[str, ...]:
    from graph.analysis.questions import NAMES, OF_ONE

    for name in what:
        if name not in NAMES:
            raise ToldError("analysis.what", given=name, known=" ".join(NAMES))
        if name in OF_ONE and not township:
            raise ToldError("analysis.of-one", what=name)
    return tuple(what)


def _printed(found: Iterable[Result[Any]], names: Names, *, everything: bool) -> str:
    from graph.analysis.shown import by_type, shown

    sheets = (
        by_type(one, names) if one.name == "matrix" else shown(one, names, everything=everything) for one in found
    )
    return "\n".join(_block(sheet, SHOWN if not everything else len(sheet.rows)) for sheet in sheets)


def _block(sheet: Sheet, most: int) -> str:
    """One table for the screen, with what it rests on and what was left out."""
    lines = [f"【{sheet.title}】" if language() == "zh" else sheet.title.upper(), sheet.about]
    if sheet.rows:
        lines.append(table(sheet.heads, [["" if cell is None else cell for cell in row] for row in sheet.rows[:most]]))
    if len(sheet.rows) > most:
        lines.append(say("analysis.cut", n=len(sheet.rows) - most))
    if sheet.hidden:
        lines.append(say("analysis.hidden", n=sheet.hidden))
    return "\n".join(lines) + "\n"


def _write(found: Iterable[Result[Any]], names: Names, to: Path, *, everything: bool) -> None:
    """Write a workbook with a page for each question, or a folder with a CSV for each."""
    from graph.analysis.shown import shown, wide

    sheets = [wide(one, names) if one.name == "matrix" else shown(one, names, everything=everything) for one in found]
    if to.suffix.lower() == ".xlsx":
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(_workbook(sheets))
    else:
        to.mkdir(parents=True, exist_ok=True)
        for sheet in sheets:
            (to / f"{sheet.name}.csv").write_bytes(_csv(sheet))
    note(say("cli.written", path=to))


def _csv(sheet: Sheet) -> bytes:
    """A table as CSV that Excel opens as it is: with a BOM, no text taken for a formula."""
    from graph.sheets import harmless

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.heads)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    from openpyxl import Workbook

    from graph.sheets import fill, packed

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        fill(book.create_sheet(), sheet.title, sheet.heads, sheet.rows)
    fill(book.create_sheet(), say("analysis.method"), ["", ""], [[sheet.title, sheet.about] for sheet in sheets])
    return packed(book)
