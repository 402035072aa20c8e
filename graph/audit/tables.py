"""An audit as tables: for the terminal, as a workbook, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from graph.audit.session import Session
from graph.audit.yearly import told
from graph.messages import say
from graph.sheets import Cell, fill, packed

FINDINGS = ("report", "township", "year", "kind", "why", "do", "words", "section", "start", "end", "id")
SHARED = ("report", "other", "share", "length", "words", "start", "end")
FIGURES = ("report", "other", "figure", "words", "before")


def findings(session: Session, lang: str) -> list[list[Cell]]:
    """Every finding as a row of ``FINDINGS``."""
    return [
        [
            report.name, report.township, report.year, say(f"audit.kind.{one.kind}", lang), one.why(lang),
            one.suggestion(lang), report.words(one.span), report.section(one.start), one.start, one.end, one.id,
        ]
        for report in session.reports
        for one in report.findings
    ]  # fmt: skip


def shared(session: Session) -> list[list[Cell]]:
    """Every passage that reports of different townships share as a row of ``SHARED``."""
    found = [(one, passage) for one in session.shared for passage in one.passages]
    return [_passage(session, one.report, one.other, one.share, passage) for one, passage in found]


def again(session: Session) -> list[list[Cell]]:
    """Every passage that stands in the township's report of the year before as a row of ``SHARED``."""
    found = [(one, passage) for one in session.again for passage in one.passages]
    return [_passage(session, one.report, one.before, one.share, passage) for one, passage in found]


def figures(session: Session) -> list[list[Cell]]:
    """Every figure that is exactly that of the year before as a row of ``FIGURES``."""
    rows: list[list[Cell]] = []
    for one in session.again:
        now, then = session.reports[one.report], session.reports[one.before]
        rows += [[now.name, then.name, told(a), now.words(a.span), then.words(b.span)] for a, b in one.figures]
    return rows


def _passage(session: Session, report: int, other: int, share: float, passage: Any) -> list[Cell]:
    mine = session.reports[report]
    words = mine.words(passage.span)
    return [mine.name, session.reports[other].name, round(share, 3), passage.length, words, *passage.span]


def workbook(session: Session, lang: str) -> bytes:
    """Write the audit as a workbook: a sheet of findings and, where reports were compared, of what they share."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    sheets: tuple[tuple[str, Sequence[str], list[list[Cell]]], ...] = (
        ("findings", FINDINGS, findings(session, lang)),
        ("shared", SHARED, shared(session)),
        ("again", SHARED, again(session)),
        ("figures", FIGURES, figures(session)),
    )
    for name, columns, rows in sheets:
        if rows or name == "findings":
            sheet = book.create_sheet()
            fill(sheet, say(f"audit.sheet.{name}", lang), [say(f"audit.column.{one}", lang) for one in columns], rows)
            sheet.auto_filter.ref = sheet.dimensions
    return packed(book)


def as_json(session: Session) -> bytes:
    """Write the audit as JSON: kinds by their codes, comments in both languages."""
    data = {
        "reports": [
            {
                "file": report.name,
                "township": report.township,
                "year": report.year,
                "findings": [_finding(report.words(one.span), one) for one in report.findings],
            }
            for report in session.reports
        ],
        "shared": [dict(zip(SHARED, row, strict=True)) for row in shared(session)],
        "as_last_year": [dict(zip(SHARED, row, strict=True)) for row in again(session)],
        "figures_as_last_year": [dict(zip(FIGURES, row, strict=True)) for row in figures(session)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _finding(words: str, one: Any) -> dict[str, object]:
    comments = {lang: {"why": one.why(lang), "do": one.suggestion(lang)} for lang in ("zh", "en")}
    return {"id": one.id, "kind": one.kind, "words": words, "passages": one.spans, **comments}


def across_lines(session: Session, lang: str) -> list[tuple[str, list[str]]]:
    """What the reports share with others and with the year before, in sentences under two titles."""
    names = [report.name for report in session.reports]
    others = []
    for one in session.shared:
        longest = max(one.passages, key=lambda passage: passage.length)
        words = session.reports[one.report].words(longest.span)[:16]
        fields = {"report": names[one.report], "other": names[one.other], "share": round(100 * one.share)}
        others.append(say("audit.shared", lang, **fields, length=longest.length, words=words))
    before = []
    for last in session.again:
        if last.passages:
            before.append(say("audit.again-text", lang, report=names[last.report], share=round(100 * last.share)))
        if last.figures:
            listed = "、".join(told(figure) for figure, _ in last.figures[:8])
            fields = {"report": names[last.report], "n": len(last.figures), "figures": listed}
            before.append(say("audit.again-figures", lang, **fields))
    return [(say("audit.sheet.shared", lang), others), (say("audit.sheet.again", lang), before)]
