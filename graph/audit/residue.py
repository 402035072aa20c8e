"""``residue``: what a converter left in the text, such as ``[bookmark: _GoBack]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.residue import MARK
from graph.audit.finding import Finding, finding
from graph.audit.paper import Paper

#: Marks of converters, entities and tags of HTML, fields of Word, and the sign for a character that was lost.
_LEFT = re.compile(
    rf"{MARK}|&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|#\d{{2,5}});|</?(?:p|br|span|div|font|td|tr|table|strong|b|o:p)\b[^>\n]{{0,120}}>"
    r"|\b(?:HYPERLINK|PAGEREF|TOC) [\"\\][^\n]{0,80}|MERGEFORMAT|错误[！!]\s?(?:未找到引用源|未定义书签)[。.]?|Error! (?:Reference source|Bookmark) not (?:found|defined)\.?|_x000[0-9A-F]_|\ufffd+|\bmso-[a-z-]+:[^;\n]{0,40};?",
    re.IGNORECASE,
)


def residues(paper: Paper) -> Iterator[Finding]:
    """Find what was left by a converter."""
    for match in _LEFT.finditer(paper.facts.document.text):
        yield finding("residue", "residue", match.span(), words=match[0].strip())
