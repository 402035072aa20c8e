"""A briefing as one HTML file: no script, nothing from the network, the reports' words as text."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from itertools import count

import jinja2
from markupsafe import Markup

from graph.briefing import blocks, charts
from graph.briefing.blocks import Briefing, Said


def webpage(briefing: Briefing) -> str:
    """Write a briefing as a page."""
    numbers = count(1)

    def drawn(chart: blocks.Chart) -> Markup:
        # The drawing is made by Vega, which escapes the names in it; it is parsed as XML on the way.
        return Markup(charts.svg(chart.spec, f"c{next(numbers)}"))

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(drawn=drawn, kind=lambda block: type(block).__name__, marked=marked)
    style = _asset("briefing.css")
    return environment.from_string(_asset("briefing.html")).render(
        briefing=briefing,
        words=briefing.words,
        style=Markup(style),
        policy=_policy(style),
    )


def marked(said: Said) -> list[tuple[str, bool]]:
    """Cut a sentence into pieces, each with whether it is marked.

    >>> marked(Said("排查纠纷8件。", ((0, 6),)))
    [('排查纠纷8件', True), ('。', False)]
    """
    pieces, at = [], 0
    for start, end in said.marks:
        pieces += [(said.text[at:start], False), (said.text[start:end], True)]
        at = end
    pieces.append((said.text[at:], False))
    return [(words, mark) for words, mark in pieces if words]


def _asset(name: str) -> str:
    return (files("graph.briefing") / "assets" / name).read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """No script, no request, no style but the page's own."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
