"""The workbook that an official reads: townships × indicators, a sheet for each year.

Each cell is a number that shows its bound and unit, with the sentence it comes from as a comment. What a township does
not report is a dash, not a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Store

from graph.messages import say
from graph.query import PREFIXES
from graph.sheets import fill, packed, printable
from ontology import cube, terms

FIGURES = """
SELECT ?measure ?town ?year ?indicator ?value ?unit ?bound ?status ?quote ?section ?file WHERE {
  ?measure a zl:Measure ; zl:indicator ?indicator ; zl:value ?value ; zl:unit ?unit ; zl:qualifier ?bound ;
    zl:status ?status ; zl:inReport ?report ; zl:evidence ?passage .
  ?passage zl:quote ?quote ; zl:start ?start .
  ?report zl:sourceFile ?file ; zl:township ?town .
  OPTIONAL { ?report zl:yearNumber ?year }
  OPTIONAL { ?passage zl:section ?section }
} ORDER BY ?file ?start ?measure
"""
TOWNSHIPS = """
SELECT ?town ?name ?place WHERE {
  ?town a zl:Township ; rdfs:label ?name .
  OPTIONAL { ?town zl:partOf/rdfs:label ?place }
} ORDER BY ?town ?place
"""
REPORTS = "SELECT DISTINCT ?town ?year { ?report zl:township ?town ; zl:yearNumber ?year }"
INDICATORS = """
SELECT ?indicator ?name ?activity WHERE {
  ?indicator skos:inScheme <https://w3id.org/zhili/indicator> ; skos:prefLabel ?name .
  OPTIONAL { ?indicator zl:indicatorOf ?activity }
  FILTER (LANG(?name) = "%s")
} ORDER BY ?activity ?indicator
"""


class Figure(NamedTuple):
    """A figure as a report gives it; concepts by their notations."""

    measure: str
    town: str
    year: str
    indicator: str
    value: str
    unit: str
    bound: str
    status: str
    quote: str
    section: str
    file: str

    @property
    def number(self) -> int | float:
        value = float(self.value)
        return int(value) if value.is_integer() else value


class Town(NamedTuple):
    """A township: its name and the places that it lies in."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Data:
    """All that the workbook shows."""

    figures: tuple[Figure, ...]
    chosen: frozenset[str]  # the measures that stand in a cell of the cube
    towns: Mapping[str, Town]
    reports: frozenset[tuple[str, str]]  # township and year
    indicators: Mapping[str, str]  # in the order of the columns


def workbook(store: Store, lang: str) -> bytes:
    """Write the workbook of a build in one language."""
    from openpyxl import Workbook

    data = read(store, lang)
    book = Workbook()
    book.remove(book.active)
    for year in sorted({year for _, year in data.reports}):
        _draw(book.create_sheet(), data, year, lang)
    _list(book.create_sheet(), data, lang)
    _explain(book.create_sheet(), lang)
    return packed(book)


def read(store: Store, lang: str) -> Data:
    """Take out of a store what the workbook shows."""
    derived = terms.expand("prov:wasDerivedFrom")
    chosen = frozenset(str(_text(t.object)) for t in cube.observations(store) if t.predicate.value == derived)
    towns: dict[str, Town] = {}
    for town, name, place in _rows(store, TOWNSHIPS):
        towns[town] = Town(name, f"{towns[town].place} {place}" if town in towns else place)
    reports = frozenset((town, year) for town, year in _rows(store, REPORTS))
    indicators = {indicator: name for indicator, name, _ in _rows(store, INDICATORS % lang)}
    return Data(tuple(Figure(*row) for row in _rows(store, FIGURES)), chosen, towns, reports, indicators)


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """Answer a query with plain texts, concepts by their notations, "" for nothing."""
    result: Any = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    for row in result:
        yield tuple(_text(term) for term in row)


def _text(term: Any) -> str:
    if term is None:
        return ""
    concept = isinstance(term, NamedNode) and not term.value.startswith(PREFIXES["id"])
    return str(term.value.rpartition("/")[2]) if concept else str(term.value)


def _draw(page: Any, data: Data, year: str, lang: str) -> None:
    """Draw one year: a row for each township that reports, a column for each indicator that any of them gives."""
    figures = {(f.town, f.indicator): f for f in data.figures if f.year == year and f.measure in data.chosen}
    towns = sorted((data.towns[town], town) for town, when in data.reports if when == year)
    given = {indicator for _, indicator in figures}
    shown = [indicator for indicator in data.indicators if indicator in given]
    heads = [say("workbook.township", lang), say("workbook.place", lang), *(data.indicators[one] for one in shown)]
    fill(page, year, heads, [[town.name, town.place] for town, _ in towns])
    for row, (_, town) in enumerate(towns, 2):
        for column, indicator in enumerate(shown, 3):
            _cell(page.cell(row, column), figures.get((town, indicator)), lang)
    page.freeze_panes = "C2"


def _cell(cell: Any, figure: Figure | None, lang: str) -> None:
    """Fill a cell: a number in the format that shows bound and unit, or a grey dash for what is not reported."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font

    cell.alignment = Alignment(horizontal="right")
    if figure is None:
        cell.value, cell.font = "—", Font(color="999999")
        return
    cell.value, cell.number_format = figure.number, number_format(figure, lang)
    cell.font = Font(italic=figure.status == "planned")
    comment = Comment(printable(_note(figure, lang)), "zhili")
    comment.width, comment.height = 320, 140
    cell.comment = comment


def number_format(figure: Figure, lang: str) -> str:
    """Give the number format that shows a figure with its bound and unit, and leaves it a number.

    >>> row = ["", "", "", "", "20", "次", "over", "done", "", "", ""]
    >>> number_format(Figure(*row), "zh"), number_format(Figure(*row), "en")
    ('0"余次"', '"over "0"次"')
    """
    digits = "0" if isinstance(figure.number, int) else "0." + "0" * len(figure.value.partition(".")[2])
    before, after = (say(f"workbook.{side}-{figure.bound}", lang) for side in ("before", "after"))
    unit = figure.unit.replace('"', "")
    tail = after + unit if figure.unit != "%" else unit + after
    return "".join((f'"{before}"' if before else "", digits, f'"{tail}"' if tail else ""))


def _note(figure: Figure, lang: str) -> str:
    lines = [f"“{figure.quote}”", f"{figure.file}  {figure.section}"]
    return "\n".join([*lines, say("workbook.planned", lang)] if figure.status == "planned" else lines)


def _list(page: Any, data: Data, lang: str) -> None:
    """List every figure of every report, those of no indicator too."""
    heads = ["township", "year", "indicator", "value", "unit", "bound", "status", "quote", "section", "file"]
    rows: Iterable[list[Any]] = (
        [
            data.towns[f.town].name,
            int(f.year) if f.year else None,
            data.indicators.get(f.indicator, f.indicator),
            f.number,
            f.unit,
            say(f"workbook.bound-{f.bound}", lang),
            say(f"workbook.status-{f.status}", lang),
            f.quote,
            f.section,
            f.file,
        ]
        for f in data.figures
    )
    fill(page, say("workbook.all", lang), [say(f"workbook.{head}", lang) for head in heads], list(rows))
    page.auto_filter.ref = page.dimensions


def _explain(page: Any, lang: str) -> None:
    lines = say("workbook.legend", lang).strip().split("\n")
    fill(page, say("workbook.about", lang), [lines[0]], [[line] for line in lines[1:]])
