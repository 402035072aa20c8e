"""Cut running text into sentences and clauses, with the status of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.cues import Cues
from extractors.sections import Outline
from extractors.shapes import Status

_BREAK = re.compile(r"[。！？；，：!?;\n\r]|(?<!\d),|,(?!\d)|(?<!\d):(?!\d)")
_ENDS = "。！？!?\n\r"
_TRIM = " \u3000\t\xa0“”\"'‘’—●◆■-·　"
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]+(?:是|要)(?:要)?|第[一二三四五六七八九十][，、]|首先|其次|再次|最后|[（(]?[一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑩]|——|—)"
)


#: Marks that may stand between the numbering and the words.
_MARKS = frozenset("—●◆■-，、.．")
_LONGEST_HEAD = 24


class Piece(NamedTuple):
    """A clause with what its place tells. ``head``: the short heading sentence of an item (一是加强组织领导。)."""

    start: int
    end: int
    sentence: int
    item: int
    section: int
    status: Status
    head: bool
    opens: bool  # the first clause of its sentence


class Splitter:
    """Cuts the blocks of an outline; keeps no state between reports."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def pieces(self, text: str, outline: Outline, year: int | None) -> list[Piece]:
        """The clauses of a report in order."""
        found: list[Piece] = []
        sentence = item = 0
        section, turned, lapsed = -1, False, False
        for block in outline.blocks:
            mixed = any(self._cues.mixed(h) for h in outline.sections[block.section].path)
            if block.section != section:
                section, turned, lapsed = block.section, False, False
            base = outline.sections[block.section].status
            turned = turned and mixed
            item += 1
            for place, spans in enumerate(_sentences(text, block.start, block.end)):
                sentence += 1
                words = text[spans[0][0] : spans[-1][1]]
                opening = _ITEM.match(text, spans[0][0], block.end)
                if opening:
                    item += 1
                    turned = turned and mixed
                turned = turned or self._turns(words, base, year) or bool(opening and opening[0].endswith("要"))
                admits = self._cues.admission.search(words) if base == "done" and not lapsed else None
                admitted = spans[0][0] + admits.end() if admits else len(text)
                lacking = bool(self._cues.clause_deficient.search(words))
                head = (opening or place == 0) and spans[-1][1] < block.end - 1 and len(words.strip()) <= _LONGEST_HEAD
                for number, (start, end) in enumerate(spans):
                    if number == 0 and opening:
                        start = min(opening.end(), end)
                    start, end = _trimmed(text, start, end)
                    if start < end:
                        lapsed = lapsed or admitted <= end
                        under = "deficient" if lapsed and base == "done" else base
                        status = self._status(text[start:end], words, under, turned, lacking)
                        found.append(Piece(start, end, sentence, item, block.section, status, bool(head), number == 0))
        return found

    def _turns(self, words: str, base: Status, year: int | None) -> bool:
        """Whether a sentence turns to what is planned."""
        if base == "planned":
            return False
        match = self._cues.turn_planned.search(words)
        if match and match.start() <= 14:
            return True
        return year is not None and words.lstrip(_TRIM).startswith(f"{year + 1}年")

    def _status(self, clause: str, sentence: str, base: Status, turned: bool, lacking: bool) -> Status:
        """The status by the section, unless the clause's own words say otherwise.

        ``lacking``: the sentence holds words of what is lacking.
        """
        cues = self._cues
        if turned:
            return "planned"
        lacking = lacking and bool(cues.clause_deficient.search(clause)) and not cues.remedy.search(clause)
        if base == "planned":
            return "deficient" if lacking and cues.concession.search(sentence) else "planned"
        if base == "deficient":
            return "done" if clause.startswith("虽") and not lacking else "deficient"
        if lacking:
            return "deficient"
        return "planned" if cues.clause_planned.search(clause) else "done"


def _sentences(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The clause spans of each sentence of a block."""
    spans: list[tuple[int, int]] = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        spans.append((at, match.start()))
        at = match.end()
        if match[0] in _ENDS:
            yield spans
            spans = []
    if at < end:
        spans.append((at, end))
    if spans:
        yield spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks around, and marks at the front."""
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
