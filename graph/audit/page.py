"""An audit as one HTML page: each report's text with the passages marked, what was found beside it.

The page asks no network and runs no script; a report's words are text in it, never markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

import jinja2

from graph.audit.finding import KINDS, Finding, Span
from graph.audit.session import Audited, Session
from graph.audit.tables import across_lines
from graph.messages import say

MOST = 300  # reports on one page


class Stretch(NamedTuple):
    """A stretch of a report's text: the finding whose passage it is (None: none) and whether the finding begins here."""

    words: str
    finding: Finding | None
    begins: bool


def page(session: Session, lang: str) -> str:
    """Write the page of an audit in one language."""
    shown = [report for report in session.reports if report.findings]
    style = files("graph.audit").joinpath("page.css").read_text(encoding="utf-8")
    template = _environment().from_string(files("graph.audit").joinpath("page.html").read_text(encoding="utf-8"))
    return template.render(
        lang=lang,
        style=style,
        policy=f"default-src 'none'; style-src '{_hash(style)}'",
        say=lambda key, **fields: say(f"audit.{key}", lang, **fields),
        reports=[(report, list(stretches(report))) for report in shown[:MOST]],
        cut=len(shown) > MOST,
        most=MOST,
        counts=[(kind, sum(one.kind == kind for r in session.reports for one in r.findings)) for kind in KINDS],
        total=len(session.reports),
        with_findings=len(shown),
        found=sum(len(report.findings) for report in shown),
        across=across_lines(session, lang),
    )


def stretches(report: Audited) -> Iterator[Stretch]:
    """Cut a report's text at its findings' passages; where passages overlap the earlier finding goes on.

    The stretches together are the text.
    """
    at = 0
    for span, finding, begins in _marks(report.findings):
        start, end = max(span[0], at), span[1]
        if start >= end:
            continue
        if start > at:
            yield Stretch(report.text[at:start], None, False)
        yield Stretch(report.text[start:end], finding, begins)
        at = end
    if at < len(report.text):
        yield Stretch(report.text[at:], None, False)


def _marks(findings: Sequence[Finding]) -> list[tuple[Span, Finding, bool]]:
    marks = [(span, one, number == 0) for one in findings for number, span in enumerate(one.spans)]
    return sorted(marks, key=lambda mark: (mark[0], not mark[2]))


def _environment() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
