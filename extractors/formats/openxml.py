"""Word's .docx (and WPS's): paragraphs with the numbers that Word shows, tables in their place, text boxes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from extractors.formats import Loaded, Refused
from extractors.formats.numbering import Numbering, W, numbering

Element = Any  # lxml has no types
UNPACKED = 256 << 20  # bytes
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
LITERAL = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": ""}
PASSED_OVER = {W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "instrText", W + "delText", W + "object", W + "rt"}
OPEN_LABEL = re.compile(r"[0-9A-Za-z]$")


def read(data: bytes, name: str) -> Loaded:
    """The document's text, a line for each paragraph; a table's row is a line with tabs between its cells."""
    del name
    _guard(data)
    document = _document(data)
    body = _Body(document)
    return Loaded("\n".join(body.blocks(document.element.body)).strip("\n"))


def _guard(data: bytes) -> None:
    """Refuse a package that unpacks to far too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
    except Exception as error:  # the standard library raises many kinds on broken archives
        raise Refused("broken", type(error).__name__) from None
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("encrypted")
    if sum(info.file_size for info in infos) > UNPACKED:
        raise Refused("archive-bomb")


def _document(data: bytes) -> Any:
    import docx  # slow to import

    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets out whatever zipfile and lxml raise
        raise Refused("broken", type(error).__name__) from None


class _Body:
    """One reading of a document; counts its lists on the way."""

    def __init__(self, document: Any) -> None:
        styles = _part(document, "/styles")
        self._numbering: Numbering = numbering(_part(document, "/numbering"), styles)
        self._styles = {} if styles is None else {item.get(W + "styleId"): item for item in styles.iter(W + "style")}

    def blocks(self, parent: Element) -> Iterator[str]:
        """The lines of a body, a cell or a text box."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._rows(child)
            elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                yield from self.blocks(child)

    def _paragraph(self, item: Element) -> Iterator[str]:
        text = "".join(_runs(item))
        label = self._label(item) if text.strip() else ""
        yield label + (" " if OPEN_LABEL.search(label) else "") + text
        for box in _boxes(item):
            yield from self.blocks(box)

    def _rows(self, table: Element) -> Iterator[str]:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is table:
                cells = ["\n".join(self.blocks(cell)).strip("\n") for cell in _cells(row)]
                yield "\t".join(cells).rstrip("\t")

    def _label(self, item: Element) -> str:
        """What Word shows before the paragraph: by its own list, else by its style's."""
        num, depth = self._list(item.find(W + "pPr"), set())
        return self._numbering.label(num, int(depth) if depth.isdecimal() else 0) if num and num != "0" else ""

    def _list(self, properties: Element | None, seen: set[str]) -> tuple[str, str]:
        """The list and level that properties name, filled up from the style and those that it is based on."""
        if properties is None:
            return "", ""
        num = _value(properties, f"{W}numPr/{W}numId")
        depth = _value(properties, f"{W}numPr/{W}ilvl")
        style = _value(properties, W + "pStyle") or _value(properties.getparent(), W + "basedOn")
        if not num and style in self._styles and style not in seen:
            inherited, level = self._list(self._styles[style].find(W + "pPr"), seen | {style})
            num, depth = inherited, depth or level
        return num, depth


def _part(document: Any, kind: str) -> Element | None:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(kind):
            return getattr(relation.target_part, "element", None)
    return None


def _runs(item: Element) -> Iterator[str]:
    """The words of a paragraph as Word shows them: no deleted, hidden or field-code text, no text boxes."""
    for child in item:
        tag = child.tag
        if tag in (W + "t", MATH + "t"):
            yield child.text or ""
        elif tag in LITERAL:
            yield LITERAL[tag]
        elif tag in PASSED_OVER or tag in (MC + "AlternateContent", W + "pict", W + "drawing"):
            continue
        elif not (tag == W + "r" and _hidden(child)):
            yield from _runs(child)


def _hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(W + "val") not in ("0", "false")


def _boxes(item: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph, each once: a box is stored a second time for older programs."""
    for box in item.iter(W + "txbxContent"):
        above = list(box.iterancestors())
        inner = above[: above.index(item)]
        if not any(step.tag in (MC + "Fallback", W + "txbxContent") for step in inner):
            yield box


def _cells(row: Element) -> Iterator[Element]:
    """Cells of a row but those that only continue one from above."""
    for cell in row.iter(W + "tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if next(cell.iterancestors(W + "tr")) is row and (merge is None or merge.get(W + "val") == "restart"):
            yield cell


def _value(item: Element, path: str) -> str:
    found = item.find(path)
    return "" if found is None else str(found.get(W + "val", ""))
