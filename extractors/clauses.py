"""Cut running text into sentences and clauses, with the status of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.cues import Cues
from extractors.sections import Outline
from extractors.shapes import Status

#: A mark; , and : are none between digits. It begins with a class of characters, which is what is searched fast.
_BREAK = re.compile(r"[。！？；，：!?;\n\r,:](?:(?<![,:])|(?<!\d,)(?<=,)|(?<=,)(?!\d)|(?<=:)(?<!\d:)(?!\d))")
_ENDS = "。！？!?\n\r"
_TRIM = " \u3000\t\xa0“”\"'‘’—●◆■-·　"
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]+(?:是|要)(?:要)?|第[一二三四五六七八九十][，、]|首先|其次|再次|最后|[（(]?[一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑩]|——|—)"
)


#: Marks that may stand between the numbering and the words.
_MARKS = frozenset("—●◆■-，、.．")
#: The blanks and marks that are no part of a clause where they stand at its front (blanks at its end, too).
_OUTSIDE = _MARKS.union(filter(str.isspace, map(chr, range(0x3001))))
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
        section, mixed, turned, lapsed = -1, False, False, False
        for block in outline.blocks:
            if block.section != section:
                section, turned, lapsed = block.section, False, False
                mixed = any(self._cues.mixed(h) for h in outline.sections[section].path)
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
                admitted = spans[0][0] + admits.end() if admits else len(text) + 1
                lacking = bool(self._cues.clause_deficient.search(words))
                head = (opening or place == 0) and spans[-1][1] < block.end - 1 and len(words.strip()) <= _LONGEST_HEAD
                for number, (start, end) in enumerate(spans):
                    if number == 0 and opening:
                        start = min(opening.end(), end)
                    if start < end and (text[start] in _OUTSIDE or text[end - 1] in _OUTSIDE):
                        start, end = _trimmed(text, start, end)
                    if start < end:
                        lapsed = lapsed or admitted <= end
                        under = "deficient" if lapsed and base == "done" else base
                        status = "planned" if turned else self._status(text, start, end, words, under, lacking)
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

    def _status(self, text: str, start: int, end: int, sentence: str, base: Status, lacking: bool) -> Status:
        """The status of a clause by the section, unless its own words say otherwise.

        ``lacking``: the sentence holds words of what is lacking.
        """
        cues = self._cues
        if lacking:
            lacking = bool(cues.clause_deficient.search(text, start, end)) and not cues.remedy.search(text, start, end)
        if base == "planned":
            return "deficient" if lacking and cues.concession.search(sentence) else "planned"
        if base == "deficient":
            return "done" if text[start] == "虽" and not lacking else "deficient"
        if lacking:
            return "deficient"
        return "planned" if cues.clause_planned.search(text, start, end) else "done"


def _sentences(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The clause spans of each sentence of a block."""
    spans: list[tuple[int, int]] = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        stop = match.start()
        spans.append((at, stop))
        at = stop + 1
        if text[stop] in _ENDS:
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
