"""PDF with a text layer: wrapped lines joined to paragraphs, page numbers and running heads left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from extractors.formats import Loaded, Refused

PAGES = 2000
HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—"
GAP = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}0-9A-Za-z])|(?<=[0-9A-Za-z%]) +(?=[{HAN}])")
PAGE_NUMBER = re.compile(
    r"^[\s\-–—―－·.第/(（]*(?:\d{1,4}|[IVXLC]{1,5}|[一二三四五六七八九十百]{1,4})(?:[\s\-–—―－·./)）页共第]*\d{0,4})*[\s\-–—―－·.页)）]*$"
)
SENTENCE_END = re.compile(r"[。！？；：:!?;]['”’）)》]*$")
FRESH = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[章节条]|"
    r"附件|——)"
)
FIRST = re.compile(r"[“‘（《【(]*(?:[0-9A-Za-z.,%]+|.)[，。、；：！？”’）》】)%]*")  # what a line break may not divide


class Line(NamedTuple):
    """A line as set: where it begins, ends and stands, in the size of its characters, and its page."""

    text: str
    x: float
    reach: float
    y: float
    page: int


def read(data: bytes, name: str) -> Loaded:
    """The text, a line for each paragraph; raises ``Refused`` with ``"scan"`` where the pages are pictures."""
    del name
    pages = _pages(data)
    if sum(len(line.text) for page in pages for line in page) < 10 * len(pages):
        raise Refused("scan", str(len(pages)))
    return Loaded("\n".join(_paragraphs(_without_furniture(pages))))


def _pages(data: bytes) -> list[list[Line]]:
    import pypdf  # slow to import

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted")
        return [list(_lines(page, number)) for number, page in zip(range(PAGES), reader.pages, strict=False)]
    except (Refused, MemoryError):
        raise
    except pypdf.errors.DependencyError:
        raise Refused("encrypted") from None
    except Exception as error:  # pypdf lets out whatever it trips over
        raise Refused("broken", type(error).__name__) from None


def _lines(page: Any, number: int) -> Iterator[Line]:
    """A page's lines without the blanks that typesetting puts between characters."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        em = abs(size * (tm[0] or tm[1]) * (cm[0] or cm[1])) or 1.0
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append((text, x / em, y / em))

    page.extract_text(visitor_text=visit)
    yield from _set(pieces, number)


def _set(pieces: Sequence[tuple[str, float, float]], page: int) -> Iterator[Line]:
    """Pieces of text with their places, put together to lines; a line ends where its last piece does."""
    held, start, reach = "", (0.0, 0.0), 0.0
    for text, x, y in [*pieces, ("\n", 0.0, 0.0)]:
        for at, part in enumerate(text.split("\n")):
            if at and (line := GAP.sub("", held.replace("\u00a0", " ")).strip()):
                yield Line(line, start[0], reach, start[1], page)
            if at:
                held = ""
            if part.strip():
                start = start if held.strip() else (x, y)
                reach = x + _width(part.rstrip())
            held += part


def _without_furniture(pages: Sequence[list[Line]]) -> list[Line]:
    """The lines of all pages in one, without page numbers and what stands at the same edge of most pages."""
    edges = Counter(found for page in pages for found in {_skeleton(line.text) for line in (*page[:2], *page[-2:])})
    running = {line for line, count in edges.items() if len(pages) > 2 and count * 2 > len(pages)}
    kept = []
    for page in pages:
        middle = range(2, len(page) - 2)
        kept += [line for at, line in enumerate(page) if at in middle or not _furniture(line.text, running)]
    return kept


def _furniture(line: str, running: Container[str]) -> bool:
    return bool(PAGE_NUMBER.match(line)) or _skeleton(line) in running


def _skeleton(line: str) -> str:
    return re.sub(r"\d+", "#", "".join(line.split()))


class _Setting(NamedTuple):
    """How a document is set: its left edge, where full lines end, the step from line to line, whether it indents."""

    left: float
    full: float
    step: float
    indents: bool


def _setting(lines: Sequence[Line]) -> _Setting:
    reaches = sorted(line.reach for line in lines)
    long = [line for line in lines if line.reach > reaches[len(reaches) * 9 // 10] * 0.8]
    left = min((line.x for line in long), default=0.0)
    steps = [abs(one.y - other.y) for one, other in pairwise(lines) if one.page == other.page]
    indented = sum(1.5 < line.x - left < 2.5 for line in lines)
    return _Setting(left, reaches[len(reaches) * 9 // 10], median(steps) if steps else 1.0, indented * 12 > len(lines))


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Lines joined where the one before was broken for want of room and the next does not begin something new."""
    setting = _setting(lines) if lines else _Setting(0, 0, 0, False)
    held = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if held and before and _continues(before, line, setting):
            held += (" " if _latin(held[-1]) and _latin(line.text[0]) else "") + line.text
            continue
        if held:
            yield held
        held = line.text
    if held:
        yield held


def _continues(before: Line, line: Line, setting: _Setting) -> bool:
    if setting.indents and line.x - setting.left > 0.8:
        return False
    if before.page == line.page and abs(before.y - line.y) > 1.6 * setting.step:
        return False
    if FRESH.match(line.text) and (not setting.indents or SENTENCE_END.search(before.text)):
        return False
    token = FIRST.match(line.text)
    return before.reach + _width(token[0] if token else line.text[:1]) + 1.0 >= setting.full


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _width(line: str) -> float:
    """A line's width in Chinese characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in line)
