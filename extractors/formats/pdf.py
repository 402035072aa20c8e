"""PDF with a text layer: wrapped lines joined to paragraphs, page numbers and running heads left out.

PDFium tells where each character stands; lines are put together from that, since programs draw the pieces of a line
in any order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from ctypes import c_double
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from extractors.formats import Loaded, Refused

PAGES = 2000
HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—"
GAP = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}0-9A-Za-z])|(?<=[0-9A-Za-z%]) +(?=[{HAN}])")
RADICALS = re.compile("[\u2e80-\u2fdf]")  # what some programs store in place of 一, 人 and other simple characters
NUMBER = re.compile(r"[第共]?(?:\d{1,3}|[ivxlcIVXLC]{1,5}|[一二三四五六七八九十百]{1,4})页?")
SENTENCE_END = re.compile(r"[。！？；：:!?;]['”’）)》]*$")
FRESH = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[章节条]|"
    r"附件|——)"
)
FIRST = re.compile(r"[“‘（《【(]*(?:[0-9A-Za-z.,%]+|.)[，。、；：！？”’）》】)%]*")  # what a line break may not divide


class Glyph(NamedTuple):
    """A character and where it stands: left, right and base line in points."""

    char: str
    left: float
    right: float
    base: float


class Line(NamedTuple):
    """A line as set: where it begins, ends and stands, in the width of a Chinese character, and its page."""

    text: str
    x: float
    reach: float
    y: float
    page: int


def read(data: bytes, name: str) -> Loaded:
    """The text, a line for each paragraph; raises ``Refused`` with ``"scan"`` where the pages are pictures."""
    del name
    glyphs = _glyphs(data)
    if sum(map(len, glyphs)) < 10 * len(glyphs):
        raise Refused("scan", str(len(glyphs)))
    em = _em(glyph for page in glyphs for glyph in page)
    pages = [list(_lines(page, number, em)) for number, page in enumerate(glyphs)]
    return Loaded("\n".join(_paragraphs(_without_furniture(pages))))


def _glyphs(data: bytes) -> list[list[Glyph]]:
    import pypdfium2 as pdfium  # slow to import

    try:
        document = pdfium.PdfDocument(data)
        return [_page(document[number]) for number in range(min(len(document), PAGES))]
    except pdfium.PdfiumError as error:
        raise Refused("encrypted" if "password" in str(error).lower() else "broken", "PDF") from None


def _page(page: Any) -> list[Glyph]:
    """The characters of a page that stand upright as most of them do (a watermark across does not)."""
    from pypdfium2 import raw

    text = page.get_textpage()
    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    turned: dict[int, list[Glyph]] = {}
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if raw.FPDFText_IsGenerated(text, at) or char < " ":
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetLooseCharBox(text, at, box)
        quarter = round(raw.FPDFText_GetCharAngle(text, at) / 1.5708 * 8)  # in eighths of a right angle
        turned.setdefault(quarter % 32, []).append(_turned(char, quarter % 32, x.value, y.value, box))
    return max(turned.values(), key=len, default=[])


def _turned(char: str, eighths: int, x: float, y: float, box: Any) -> Glyph:
    """The character as it stands once the page is turned so that its text runs from left to right."""
    if eighths == 8:
        return Glyph(char, -box.top, -box.bottom, x)
    if eighths == 16:
        return Glyph(char, -box.right, -box.left, -y)
    if eighths == 24:
        return Glyph(char, box.bottom, box.top, -x)
    return Glyph(char, box.left, box.right, y)


def _em(glyphs: Iterable[Glyph]) -> float:
    """The width of a Chinese character in points."""
    widths = [glyph.right - glyph.left for glyph in glyphs if glyph.char > "\u2e7f"]
    return max(median(widths), 1.0) if widths else 12.0


def _lines(glyphs: Iterable[Glyph], page: int, em: float) -> Iterator[Line]:
    """Lines from top to bottom: characters of one base line from left to right."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: -one.base):
        if row and row[0].base - glyph.base > 0.45 * em:
            yield from _line(row, page, em)
            row = []
        row.append(glyph)
    yield from _line(row, page, em)


def _line(row: list[Glyph], page: int, em: float) -> Iterator[Line]:
    row.sort(key=lambda one: one.left)
    words, last = "", None
    for glyph in row:
        if last and last.char == glyph.char and abs(glyph.left - last.left) < 0.15 * em:
            continue  # drawn twice to look bold
        if last:
            words += _blank(last, glyph, em)
        words += glyph.char
        last = glyph
    text = GAP.sub("", _plain(words)).strip()
    shown = [glyph for glyph in row if not glyph.char.isspace()]
    if text and shown:
        yield Line(text, shown[0].left / em, max(glyph.right for glyph in shown) / em, shown[0].base / em, page)


def _blank(last: Glyph, glyph: Glyph, em: float) -> str:
    """What stands for the room between two characters: a tab between columns, a blank between Western words."""
    room = (glyph.left - last.right) / em
    if room > 2.5:
        return "\t"
    return " " if room > 0.2 and last.char.isascii() and glyph.char.isascii() else ""


def _plain(words: str) -> str:
    """The words with pairs of surrogates put together, radicals turned into characters, all blanks alike."""
    joined = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\u00a0", " ")
    return RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), joined)


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
    return _page_number(line) or _skeleton(line) in running


def _page_number(line: str) -> bool:
    """Whether a line is nothing but the number of a page, alone or out of how many.

    >>> [_page_number(line) for line in ("— 3 —", "第2页 共10页", "3/10", "2023.1.12", "一、")]
    [True, True, True, False, False]
    """
    parts = [part for part in re.split(r"[\s\-–—―－·./()（）]+", line[:24]) if part]
    return len(line) < 24 and 0 < len(parts) < 3 and all(NUMBER.fullmatch(part) for part in parts)


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
