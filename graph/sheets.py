"""Excel workbooks: a heading that stays in sight, columns as wide as they need, the same bytes for the same rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from graph.answers import width

Cell = str | int | float | bool | None
WIDEST = 60


def sheet(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str = "zhili") -> bytes:
    """Write one table as a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    fill(book.active, title, columns, rows)
    return packed(book)


def fill(page: Any, title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Fill a page: the headings in bold and frozen, text never taken for a formula."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page.title = title
    for at, row in enumerate([columns, *rows], 1):
        for column, content in enumerate(row, 1):
            cell = page.cell(at, column, printable(content) if isinstance(content, str) else content)
            if isinstance(content, str):
                cell.data_type = "s"
            if at == 1:
                cell.font = Font(bold=True)
    for column, name in enumerate(columns, 1):
        widest = max([width(str(name)), *(width(str(row[column - 1] or "")) for row in rows if len(row) >= column)])
        page.column_dimensions[get_column_letter(column)].width = min(widest + 2, WIDEST)
    page.freeze_panes = "A2"


def harmless(text: str) -> str:
    """Keep a text in a CSV from being taken for a formula by Excel: an apostrophe goes before it.

    >>> harmless("=1+1"), harmless("开展宣传20次"), harmless("-5")
    ("'=1+1", '开展宣传20次', "'-5")
    """
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def printable(text: str) -> str:
    """Leave out the control characters that a workbook cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


def packed(book: Any) -> bytes:
    """Give a workbook's bytes, without the clock that openpyxl and zip put in."""
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    raw = io.BytesIO()
    book.save(raw)
    return repacked(raw)


def repacked(raw: io.BytesIO) -> bytes:
    """Give an Office file's bytes without the times at which it and its parts were written."""
    out = io.BytesIO()
    with ZipFile(raw) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in sorted(old.infolist(), key=lambda one: one.filename):
            data = old.read(info)
            if info.filename == "docProps/core.xml":
                data = _still(data)
            new.writestr(ZipInfo(info.filename, (2000, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED)
    return out.getvalue()


def _still(data: bytes) -> bytes:
    """Put the time of saving, which openpyxl always writes, back to the time of making."""
    import re

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
