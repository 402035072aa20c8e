"""A briefing as a Word document: the same sections, tables and pictures, links that lead to its appendix."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from graph.answers import width
from graph.briefing import charts
from graph.briefing.blocks import Bit, Briefing, Chart, Charts, Points, Section, Source, Table, Text
from graph.briefing.webpage import marked
from graph.sheets import printable, repacked

LATIN, CHINESE = "Calibri", "微软雅黑"
SHADES = {"h1": "E3EEF8", "h2": "BCD7EE", "h3": "86B6DE", "h4": "2F75B5", "h5": "0B3D70"}
LIGHT = ("h4", "h5")  # shades on which the text is white
BLUE, ORANGE, SOFT, WHITE = "005A9C", "B4480A", "5F6B7A", "FFFFFF"
COLOURS = {"sure": ORANGE, "unfound": ORANGE, "far": ORANGE, "note": SOFT, "rests": SOFT, "none": SOFT, "unsure": SOFT}
UPRIGHT, ACROSS = (Cm(21.0), Cm(29.7)), (Cm(29.7), Cm(21.0))
MARGIN = Cm(1.8)
HEADING, ACROSS_AT_ONCE = 2, 10  # columns of a table of figures: those that are repeated, those that fit beside
WIDEST = 48  # columns of characters beyond which a cell goes on in the next line
MANY = 8  # columns from which a table goes on a page across


def word(briefing: Briefing) -> bytes:
    """Write a briefing as a Word document."""
    return _Writer(briefing).write()


class _Writer:
    """Writes one document; bookmarks are numbered in the order in which they are met."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.document = Document()
        self.bookmarks: dict[str, int] = {}
        self.across = False

    def write(self) -> bytes:
        self.style()
        self.document.core_properties.title = self.briefing.title
        self.document.core_properties.author = "zhili"
        self.document.add_heading(self.briefing.title, 0)
        self.document.add_paragraph(self.briefing.lead)
        for section in self.briefing.sections:
            self.section(section)
        self.turn(across=False)
        self.document.add_heading(self.briefing.words["appendix"], 1)
        self.document.add_paragraph(self.briefing.words["appendix-note"])
        for source in self.briefing.sources:
            self.source(source)
        raw = io.BytesIO()
        self.document.save(raw)
        return repacked(raw)

    def style(self) -> None:
        for name, size in (("Normal", 10.5), ("Title", 20), ("Heading 1", 15), ("Heading 2", 12), ("Heading 3", 10)):
            style = self.document.styles[name]
            style.font.name, style.font.size = LATIN, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(key), None)
            fonts.set(qn("w:eastAsia"), CHINESE)
        self.page(self.document.sections[0], UPRIGHT)

    def page(self, section: Any, size: tuple[Any, Any]) -> None:
        section.page_width, section.page_height = size
        section.orientation = WD_ORIENT.LANDSCAPE if size is ACROSS else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN

    def turn(self, *, across: bool) -> None:
        """Go on on a page across, or upright."""
        if across != self.across:
            self.page(self.document.add_section(WD_SECTION.NEW_PAGE), ACROSS if across else UPRIGHT)
            self.across = across

    def section(self, section: Section) -> None:
        widest = max((len(block.heads) for block in section.blocks if isinstance(block, Table)), default=0)
        self.turn(across=widest > MANY)
        self.mark(self.document.add_heading(section.title, 1), section.anchor)
        table: Mapping[type, Callable[[Any], None]] = {
            Text: self.text, Points: self.points, Table: self.table, Chart: self.chart, Charts: self.charts,
        }  # fmt: skip
        for block in section.blocks:
            table[type(block)](block)

    def text(self, block: Text) -> None:
        paragraph = self.document.add_paragraph()
        for bit in block.bits:
            key = bit.tone.startswith("key")
            self.bit(paragraph, bit._replace(text=f" {bit.text} ") if key else bit, shade=bit.tone.rpartition(" ")[2])

    def points(self, block: Points) -> None:
        for item in block.items:
            paragraph = self.document.add_paragraph(style="List Bullet")
            for bit in item:
                self.bit(paragraph, bit)

    def chart(self, block: Chart) -> None:
        self.document.add_picture(io.BytesIO(charts.png(block.spec)), width=Cm(16 if block.wide else 7.5))

    def charts(self, block: Charts) -> None:
        """Put charts side by side in a table without lines."""
        across = 3
        if not block.charts:
            return
        table = self.document.add_table(rows=-(-len(block.charts) // across), cols=across)
        for at, chart in enumerate(block.charts):
            paragraph = table.cell(at // across, at % across).paragraphs[0]
            _run(paragraph, chart.title, bold=True, size=8)
            picture = io.BytesIO(charts.png(chart.spec))
            paragraph.add_run().add_picture(picture, width=Cm(8.2 if self.across else 5.4))
        self.document.add_paragraph()

    def table(self, block: Table) -> None:
        for part in parts(block):
            self.one_table(part)

    def one_table(self, block: Table) -> None:
        size = 7.5 if len(block.heads) > MANY else 9
        table = self.document.add_table(rows=0, cols=len(block.heads), style="Table Grid")
        head = table.add_row()
        _repeat(head)
        for cell, bit in zip(head.cells, block.heads, strict=True):
            self.bit(cell.paragraphs[0], bit._replace(link=""), bold=True, size=size)
            if "turn" in bit.tone.split():
                _upright(cell)
        if any("turn" in bit.tone.split() for bit in block.heads):
            head.height = Cm(0.45 * max(len(bit.text) for bit in block.heads if "turn" in bit.tone) + 0.5)
        for row in block.rows:
            cells = table.add_row().cells
            for cell, bit in zip(cells, row, strict=False):
                if (block.kind == "heat" and cell is not cells[0]) or "number" in bit.tone.split():
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                self.bit(cell.paragraphs[0], bit, size=size, bold=bit.tone == "group")
                _shade(cell, bit.tone)
        whole = (ACROSS if self.across else UPRIGHT)[0] - 2 * MARGIN
        _widths(table, _shares(block, whole) if block.kind != "heat" else _alike(len(block.heads), whole))
        self.document.add_paragraph()

    def source(self, source: Source) -> None:
        heading = self.document.add_heading(f"{source.title}  {source.file}", 2)
        self.mark(heading, source.anchor)
        for group in source.groups:
            self.mark(self.document.add_heading(printable(group.heading), 3), group.anchor)
            for said in group.sentences:
                paragraph = self.document.add_paragraph()
                for words, mark in marked(said):
                    _run(paragraph, words, bold=mark)

    def bit(self, paragraph: Any, bit: Bit, *, bold: bool = False, size: float = 0, shade: str = "") -> None:
        """Write a bit: a link where it leads somewhere, in the colour of its tone."""
        tones = bit.tone.split()
        colour = next((COLOURS[tone] for tone in tones if tone in COLOURS), BLUE if bit.link else "")
        colour = WHITE if set(tones) & set(LIGHT) else colour
        run = _run(paragraph, bit.text, bold=bold or "sure" in tones, size=size, colour=colour)
        if shade in SHADES:
            run._element.get_or_add_rPr().append(_shading(SHADES[shade]))
        if bit.link:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), self.name(bit.link))
            paragraph._p.append(link)
            link.append(run._element)

    def name(self, anchor: str) -> str:
        """The bookmark of an anchor: Word wants short names of letters and digits."""
        return f"b{self.bookmarks.setdefault(anchor, len(self.bookmarks) + 1)}"

    def mark(self, paragraph: Any, anchor: str) -> None:
        name = self.name(anchor)
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            element = OxmlElement(tag)
            element.set(qn("w:id"), name[1:])
            if tag == "w:bookmarkStart":
                element.set(qn("w:name"), name)
            paragraph._p.append(element)


def parts(block: Table) -> list[Table]:
    """Cut a table of figures that is too wide for a page into tables that fit, each with the first columns."""
    if block.kind != "wide" or len(block.heads) <= HEADING + ACROSS_AT_ONCE:
        return [block]
    rows = (block.heads, *block.rows)
    found = []
    for start in range(HEADING, len(block.heads), ACROSS_AT_ONCE):
        heads, *body = ((*row[:HEADING], *row[start : start + ACROSS_AT_ONCE]) for row in rows)
        found.append(replace(block, heads=heads, rows=tuple(body)))
    return found


def _run(paragraph: Any, words: str, *, bold: bool = False, size: float = 0, colour: str = "") -> Any:
    run = paragraph.add_run(printable(words))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
        paragraph.paragraph_format.space_after = Pt(0)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _shade(cell: Any, tone: str) -> None:
    if tone in SHADES:
        cell._tc.get_or_add_tcPr().append(_shading(SHADES[tone]))


def _shading(colour: str) -> Any:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), colour)
    return element


def _alike(columns: int, whole: int) -> list[int]:
    """Give the first column the room of its words, the others the rest in equal parts."""
    first = int(Cm(3.2))
    return [first, *[(whole - first) // max(columns - 1, 1)] * (columns - 1)]


def _shares(block: Table, whole: int) -> list[int]:
    """Give each column room by its longest words, up to a sentence."""
    lines = [block.heads, *(row for row in block.rows if len(row) == len(block.heads))]
    needs = [min(max(width(bit.text) for bit in column), WIDEST) + 3 for column in zip(*lines, strict=True)]
    return [whole * need // sum(needs) for need in needs]


def _widths(table: Any, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, size in zip(table.columns, widths, strict=True):
        column.width = size
    for row in table.rows:
        for cell, size in zip(row.cells, widths, strict=True):
            cell.width = size


def _upright(cell: Any) -> None:
    """Write a cell from top to bottom."""
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "tbRlV")
    cell._tc.get_or_add_tcPr().append(direction)


def _repeat(row: Any) -> None:
    """Show a row again at the head of each page."""
    element = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)
