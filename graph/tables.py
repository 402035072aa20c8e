"""A build as tables that are joined by ids: one for each class, one for each kind of link between them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from graph.messages import ToldError
from graph.rdf import ID, Row
from graph.selection import Source
from graph.sheets import harmless
from ontology import terms

Cell = str | int | float | None


class Column(NamedTuple):
    """A column: its name, the property that fills it, and for texts in several languages which of them."""

    name: str
    property: str
    language: str = ""


class Table(NamedTuple):
    """A table: the class it holds, and its columns after ``id``."""

    kind: str
    columns: tuple[Column, ...]


class Link(NamedTuple):
    """A table of links: its two columns and the property between them, which may be read backwards."""

    columns: tuple[str, str]
    property: str


def _columns(**columns: str) -> tuple[Column, ...]:
    return tuple(Column(name, *prefixed.split("@")) for name, prefixed in columns.items())


FACT = {"report": "zl:inReport", "passage": "zl:evidence", "rule": "zl:rule"}
TABLES: Mapping[str, Table] = {
    "reports": Table(
        "zl:Report",
        _columns(file="zl:sourceFile", township="zl:township", year="zl:yearNumber", title="dcterms:title"),
    ),
    "townships": Table("zl:Township", _columns(name="rdfs:label", division_type="zl:divisionType")),
    "divisions": Table("zl:Division", _columns(name="rdfs:label")),
    "activities": Table("zl:Activity", _columns(type="zl:activityType", status="zl:status", **FACT)),
    "measures": Table(
        "zl:Measure",
        _columns(
            indicator="zl:indicator", value="zl:value", unit="zl:unit", bound="zl:qualifier", status="zl:status", **FACT
        ),
    ),
    "participations": Table(
        "zl:Participation",
        _columns(actor="zl:actor", activity="zl:activity", role="zl:role", passage="zl:evidence", rule="zl:rule"),
    ),
    "actors": Table("zl:Actor", _columns(type="zl:actorType", name="rdfs:label", township="zl:ofTownship")),
    "people": Table("zl:Person", _columns(name="foaf:name", office="zl:office", township="zl:ofTownship")),
    "instruments": Table("zl:Instrument", _columns(title="dcterms:title")),
    "findings": Table(
        "zl:Finding",
        _columns(kind="zl:findingKind", comment="rdfs:comment", report="zl:inReport", passage="zl:evidence"),
    ),
    "passages": Table(
        "zl:Passage",
        _columns(report="zl:inReport", quote="zl:quote", start="zl:start", end="zl:end", section="zl:section"),
    ),
    "concepts": Table(
        "skos:Concept",
        _columns(
            scheme="skos:inScheme",
            name_zh="skos:prefLabel@zh",
            name_en="skos:prefLabel@en",
            definition_zh="skos:definition@zh",
            definition_en="skos:definition@en",
            broader="skos:broader",
        ),
    ),
}
LINKS: Mapping[str, Link] = {
    "township_divisions": Link(("township", "division"), "zl:partOf"),
    "township_activities": Link(("township", "activity"), "zl:held"),
    "activity_measures": Link(("activity", "measure"), "zl:hasMeasure"),
    "activity_occasions": Link(("activity", "occasion"), "zl:occasion"),
    "activity_targets": Link(("activity", "actor"), "zl:targets"),
    "actor_activities": Link(("actor", "activity"), "zl:participatesIn"),
    "instruments_issued": Link(("instrument", "report"), "zl:issuedIn"),
    "instruments_cited": Link(("instrument", "report"), "zl:citedIn"),
}
KINDS = {terms.expand(table.kind): name for name, table in TABLES.items()}
TYPE = terms.expand("rdf:type")
WAYS = {terms.expand(link.property): name for name, link in LINKS.items()}


def columns(name: str) -> tuple[str, ...]:
    """Name the columns of a table.

    >>> columns("townships"), columns("activity_targets")
    (('id', 'name', 'division_type'), ('activity', 'actor'))
    """
    return ("id", *(column.name for column in TABLES[name].columns)) if name in TABLES else LINKS[name].columns


def records(source: Source) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Give every row of every table, as the build is read: the table's name, and the row."""
    for _, rows in source.graphs():
        for subject, group in groupby(rows, key=lambda row: row[0]):
            yield from _of_subject(subject, list(group))


def _of_subject(subject: NamedNode, rows: list[Row]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    known = cell(subject)
    for _, predicate, value in rows:
        if way := WAYS.get(predicate.value):
            yield way, (known, cell(value))
        if predicate.value == TYPE and (name := KINDS.get(value.value)):
            yield name, (known, *_cells(TABLES[name], rows))


def _cells(table: Table, rows: Iterable[Row]) -> Iterator[Cell]:
    found: dict[tuple[str, str], Cell] = {}
    for _, predicate, value in rows:
        language = value.language or "" if isinstance(value, Literal) else ""
        found.setdefault((predicate.value, language), cell(value))
        found.setdefault((predicate.value, ""), cell(value))
    for column in table.columns:
        yield found.get((terms.expand(column.property), column.language))


def cell(value: Any) -> Cell:
    """Give a value as a table holds it: an IRI without what ours have in common, a number as a number.

    >>> cell(NamedNode(terms.concept("activity", "mediation"))), cell(NamedNode(ID + "report-1"))
    ('activity/mediation', 'report-1')
    """
    if isinstance(value, NamedNode):
        return value.value.removeprefix(ID).removeprefix(terms.BASE)
    kind = value.datatype.value
    if kind == terms.expand("xsd:integer"):
        return int(value.value)
    return float(value.value) if kind == terms.expand("xsd:decimal") else str(value.value)


def write_csv(source: Source, folder: Path) -> None:
    """Write every table that has a row as CSV that Excel opens as it is, as the build is read."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for name, row in records(source):
            if name not in writers:
                path = folder / f"{name}.csv"
                writers[name] = csv.writer(stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")))
                writers[name].writerow(columns(name))
            writers[name].writerow(_plain(one) for one in row)


def _plain(one: Cell) -> Cell:
    """Write a whole number without a point, and no text that Excel takes for a formula."""
    if isinstance(one, str):
        return harmless(one)
    return int(one) if isinstance(one, float) and one.is_integer() else one


def write_parquet(source: Source, folder: Path) -> None:
    """Write every table that has a row as Parquet, batch by batch as the build is read."""
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise ToldError("export.needs", name="pyarrow") from None

    folder.mkdir(parents=True, exist_ok=True)
    schemas = {name: arrow.schema([(one, _arrow(one)) for one in columns(name)]) for name in (*TABLES, *LINKS)}
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for name, rows in _batches(records(source)):
            schema = schemas[name]
            if name not in writers:
                writers[name] = stack.enter_context(ParquetWriter(folder / f"{name}.parquet", schema))
            filled = [
                arrow.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writers[name].write_table(arrow.Table.from_arrays(filled, schema=schema))


def _arrow(column: str) -> Any:
    import pyarrow as arrow

    numbers = {"year": arrow.int32(), "start": arrow.int32(), "end": arrow.int32(), "value": arrow.float64()}
    return numbers.get(column, arrow.string())


def _batches(found: Iterable[tuple[str, tuple[Cell, ...]]], size: int = 20_000) -> Iterator[tuple[str, list[Any]]]:
    waiting: dict[str, list[Any]] = {}
    for name, row in found:
        rows = waiting.setdefault(name, [])
        rows.append(row)
        if len(rows) == size:
            yield name, waiting.pop(name)
    yield from waiting.items()
