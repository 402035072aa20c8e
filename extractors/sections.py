"""Cut a report into lines, headings and sections, and tell what is done, planned or lacking in each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extractors.shapes import Section, Status

_CN = "一二三四五六七八九十"
#: Numbering at the start of a line, outermost first; the rank is the place in this list.
MARKERS = (
    re.compile(rf"第[{_CN}\d]+(?:部分|章|篇)[、：\s]*"),
    re.compile(rf"[{_CN}]+\s*(?:、|[.．，](?!\d))\s*"),
    re.compile(rf"[（(]\s*[{_CN}]+\s*[）)][、.．]?\s*"),
    re.compile(r"\d{1,2}\s*[.．、](?!\d)\s*|\d{1,2}(?=[\u4e00-\u9fff])(?!\d*[年月日个名次件场期份条人项万余])\s*"),
    re.compile(r"[（(]\s*\d{1,2}\s*[）)][、.．]?\s*|[①②③④⑤⑥⑦⑧⑨⑩]\s*"),
    re.compile(rf"[{_CN}]+(?:是|要)(?:要)?|第[{_CN}][，、]|首先[，,]|其次[，,]|——|—|●|◆|■"),
)
ITEM = len(MARKERS) - 1  # the rank of 一是, which stands inside paragraphs too
PLAIN_HEADING = 1  # the rank of a heading without a number
_END = "。！？；!?;"
_LONGEST_HEADING = 48
_INLINE_HEADING = 36


class Line(NamedTuple):
    """A line of the text, trimmed: where it begins and ends, its marker's rank (-1: none) and where its words begin."""

    start: int
    end: int
    rank: int
    body: int


class Block(NamedTuple):
    """A stretch of running text in one section."""

    start: int
    end: int
    section: int


class Outline(NamedTuple):
    """What a report is made of: its sections, the blocks of running text, the headings' spans and the title's."""

    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    headings: tuple[tuple[int, int, int], ...]  # start, end, section
    title: tuple[int, int]


def lines(text: str) -> list[Line]:
    """The lines that hold words, with their numbering.

    >>> [(line.rank, line.body) for line in lines("一、概况\\n全镇12个村。")]
    [(1, 2), (-1, 5)]
    """
    found = []
    for match in re.finditer(r"[^\r\n\u2028\x0b\x0c]+", text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            found.append(_line(text, start, end))
    return found


def _line(text: str, start: int, end: int) -> Line:
    for rank, marker in enumerate(MARKERS):
        if match := marker.match(text, start, end):
            return Line(start, end, rank, match.end())
    return Line(start, end, -1, start)


def _first_stop(text: str, line: Line) -> int:
    """Where the line's first sentence ends, its stop included."""
    for at in range(line.body, line.end):
        if text[at] in "。！？：":
            return at + 1
    return line.end


def _heading_end(text: str, line: Line, following: Line | None) -> int:
    """Where the heading that opens this line ends; ``line.start`` where it opens with none."""
    stop = _first_stop(text, line)
    length = stop - line.body
    alone = stop >= line.end
    if line.rank == -1:
        plain = (
            alone
            and length <= 28
            and text[line.end - 1] not in "。！？；，、：:,;"
            and not re.search(r"\d", text[line.start : line.end])
        )
        return line.end if plain else line.start
    if line.rank == ITEM or length > _LONGEST_HEADING:
        return line.start
    if not alone:
        return (
            stop
            if length <= _INLINE_HEADING and text[stop - 1] != "：" and not _counts(text, line.body, stop)
            else line.start
        )
    if text[line.end - 1] not in _END:
        return line.end
    deeper = following is not None and (following.rank == -1 or following.rank > line.rank)
    return line.end if line.rank <= 1 or (deeper and not _counts(text, line.body, stop)) else line.start


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds a figure, as content does and headings rarely."""
    return bool(re.search(r"\d+(?:\.\d+)?\s*(?:余|多|万)?[次件场期份条人名个起项家户册%％]", text[start:end]))


def outline(text: str, status_of: Callable[[str, int], Status | None]) -> Outline:
    """Cut the text into sections.

    ``status_of(heading, rank)`` tells the status that a heading sets for what stands under it, or None where it sets none.
    """
    sections: list[Section] = []
    blocks: list[Block] = []
    headings: list[tuple[int, int, int]] = []
    stack: list[tuple[int, str, Status]] = []
    all_lines = lines(text)
    title, body = _title(text, all_lines)
    sections.append(Section((), 0, len(text), "done"))
    for number, line in enumerate(all_lines[body:], body):
        following = all_lines[number + 1] if number + 1 < len(all_lines) else None
        end = _heading_end(text, line, following)
        if end > line.start:
            _open(text, line, end, stack, sections, status_of)
            headings.append((line.start, end, len(sections) - 1))
        if end < line.end:
            blocks.append(Block(max(end, line.start), line.end, len(sections) - 1))
    return Outline(_closed(sections, len(text)), tuple(blocks), tuple(headings), title)


def _open(
    text: str,
    line: Line,
    end: int,
    stack: list[tuple[int, str, Status]],
    sections: list[Section],
    status_of: Callable[[str, int], Status | None],
) -> None:
    """Begin the section under a heading."""
    rank = line.rank if line.rank >= 0 else PLAIN_HEADING
    while stack and stack[-1][0] >= rank:
        stack.pop()
    words = text[line.start : end].strip().rstrip("。；：:;")
    inherited = stack[-1][2] if stack else "done"
    stack.append((rank, words, status_of(words, rank) or inherited))
    sections.append(Section(tuple(heading for _, heading, _ in stack), end, len(text), stack[-1][2]))


def _closed(sections: list[Section], length: int) -> tuple[Section, ...]:
    """Let every section end where the next begins."""
    ends = [s.start for s in sections[1:]] + [length]
    return tuple(s._replace(end=max(end, s.start)) for s, end in zip(sections, ends, strict=True))


def title(text: str) -> str:
    """The report's title in one line, "" where it has none.

    >>> title("白坪乡\\n2023年法治政府建设情况报告\\n一、概况\\n")
    '白坪乡2023年法治政府建设情况报告'
    """
    span, _ = _title(text, lines(text)[:8])
    return re.sub(r"\s+", "", text[slice(*span)])


_TITLE = re.compile(r"报告|总结|情况|汇报|要点|述职|自查")


def _title(text: str, all_lines: list[Line]) -> tuple[tuple[int, int], int]:
    """The title's span (empty where there is none) and the index of the first line after it."""
    for number, line in enumerate(all_lines[:6]):
        words = text[line.start : line.end]
        if line.rank in (1, 2, ITEM) or (len(words) > 60 and "。" in words):
            break
        if _TITLE.search(words) and len(words) <= 60 and words[-1] not in "。；，：":
            first = number
            while (
                first > 0
                and len(text[all_lines[first - 1].start : all_lines[first - 1].end]) <= 30
                and not re.search(r"[。；：\[\]]", text[all_lines[first - 1].start : all_lines[first - 1].end])
            ):
                first -= 1
            return (all_lines[first].start, line.end), number + 1
    return (0, 0), 0
