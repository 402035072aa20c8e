"""``numbering``: headings of one level that skip a number, use one twice, or change their brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.quantities import numeral
from extractors.sections import ITEM, MARKERS, Line
from graph.audit.finding import Finding, Span, finding
from graph.audit.paper import Paper

_CN = "一二三四五六七八九十"
_NUMBER = re.compile(rf"[{_CN}]+|\d{{1,2}}|[①-⑩]")
_ITEMS = (
    re.compile(rf"(?:^|(?<=[。；：，\s]))([{_CN}]{{1,3}})是(?!否|不是)"),
    re.compile(rf"(?:^|(?<=[。；：\s]))([{_CN}]{{1,3}})要(?=[\u4e00-\u9fff])"),
    re.compile(rf"(?:^|(?<=[。；：\s]))第([{_CN}]{{1,3}})[，、]"),
    re.compile(rf"(?:^|(?<=[。；：]))[（(]([{_CN}]{{1,3}})[）)]"),
)
_BRACKETED = re.compile(rf"([（(])\s*([{_CN}]{{1,3}}|\d{{1,2}})\s*([）)])")
_MARKED = re.compile(rf"[\d{_CN}]([.．、])")
_LONGEST = 40


class Heading(NamedTuple):
    """A numbered heading: its level, its number, how the number is put, and its span."""

    rank: int
    number: int
    style: str
    span: Span


def numbering_slips(paper: Paper) -> Iterator[Finding]:
    """Find the headings out of order or of mixed style, and the items (一是, 二是) that skip one."""
    headings = _headings(paper)
    strangers = list(_strangers(headings))
    yield from strangers
    for siblings in _levels(headings):
        yield from _order(siblings)
        yield from _style(siblings)
        if not strangers:
            yield from _beginning(siblings)
    yield from _items(paper)


def _headings(paper: Paper) -> list[Heading]:
    found = []
    for line in paper.lines:
        if 0 <= line.rank < ITEM and (heading := _heading(paper.plain, line)):
            found.append(heading)
    return found


def _heading(text: str, line: Line) -> Heading | None:
    marker = text[line.start : line.body]
    written = _NUMBER.search(marker)
    if not written or not (number := _value(written[0])):
        return None
    stop = re.compile(r"[。；：\n]").search(text, line.body, line.end)
    end = min(stop.start() if stop else line.end, line.body + _LONGEST)
    return Heading(_rank(marker, line.rank), number, _put(marker), (line.start, max(end, line.body)))


def _value(written: str) -> int | None:
    if written in "①②③④⑤⑥⑦⑧⑨⑩":
        return "①②③④⑤⑥⑦⑧⑨⑩".index(written) + 1
    value = float(written) if written.isdigit() else numeral(written)
    return None if value is None else int(value)


def _rank(marker: str, rank: int) -> int:
    """The level of a marker; circled numbers are a level of their own."""
    return len(MARKERS) if re.search("[①-⑩]", marker) else rank


def _put(marker: str) -> str:
    """How a number is put: its brackets, or the mark behind a figure; "" where it has neither."""
    if match := _BRACKETED.search(marker):
        return match[1] + match[3]
    match = _MARKED.search(marker)
    return match[1] if match else ""


def _levels(headings: Sequence[Heading]) -> Iterator[list[Heading]]:
    """The headings that stand side by side under one heading, each row in the order of the text."""
    open_rows: dict[int, list[Heading]] = {}
    for heading in headings:
        for rank in [rank for rank in open_rows if rank > heading.rank]:
            yield open_rows.pop(rank)
        row = open_rows.get(heading.rank)
        if row and heading.number == 1 and row[-1].number > 1:
            yield open_rows.pop(heading.rank)
            row = None
        open_rows.setdefault(heading.rank, row or []).append(heading)
    yield from open_rows.values()


def _order(row: Sequence[Heading]) -> Iterator[Finding]:
    """Where a heading does not follow the one before it. Rows of one, and rows that do not begin, say nothing."""
    if len(row) < 2 or row[0].number > 2:
        return
    for before, after in pairwise(row):
        if after.number == before.number + 1:
            continue
        rule = "twice" if after.number == before.number else "skipped" if after.number > before.number else "back"
        if after.number - before.number > 3 or (rule == "back" and after.number == 1):
            return
        expected = _like(before.number + 1)
        yield finding(
            "numbering",
            rule,
            after.span,
            before.span,
            expected=expected,
            before=_like(before.number),
            number=_like(after.number),
        )


def _beginning(row: Sequence[Heading]) -> Iterator[Finding]:
    """Where a row of chapters begins with the second."""
    if len(row) > 1 and row[0].number == 2 and row[0].rank <= 2:
        yield finding("numbering", "start", row[0].span, number=_like(2), expected=_like(1))


def _like(number: int) -> str:
    tens = "" if number < 10 else "十" if number < 20 else _CN[number // 10 - 1] + "十"
    return tens + ("" if number % 10 == 0 else _CN[number % 10 - 1])


def _style(row: Sequence[Heading]) -> Iterator[Finding]:
    """Where the brackets change from one heading to the next; said once for a row."""
    if len(row) < 3:
        return
    for before, after in pairwise(row):
        if before.style and after.style and before.style != after.style:
            yield finding("numbering", "style", after.span, before.span, before=before.style, after=after.style)
            return


def _strangers(headings: Sequence[Heading]) -> Iterator[Finding]:
    """Where （1） is followed by （二）: the first of a row is put in the manner of another level."""
    for before, after in pairwise(headings):
        put = before.style and after.style and before.rank != after.rank
        if put and before.number == 1 and after.number == 2:
            yield finding("numbering", "style", before.span, after.span, before="（一）", after="（1）")


def _items(paper: Paper) -> Iterator[Finding]:
    """Where 一是 … 三是 of one paragraph skips a number or uses one twice."""
    for block in paper.outline.blocks:
        for items in _ITEMS:
            found = [
                Heading(0, value, "", (match.start(), min(match.end() + 12, block.end)))
                for match in items.finditer(paper.plain, block.start, block.end)
                if (value := _value(match[1]))
            ]
            for row in _levels(found):
                if row[0].number == 1 and len(row) > 2:
                    yield from _order(row)
