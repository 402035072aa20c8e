"""The tables beside a picture: figures and counts side by side, an empty cell where nothing is reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import networkx as nx

from graph.messages import LANGUAGES, say
from graph.reading import Reading

Names = Mapping[str, str]
Table = dict[str, Any]
SHOWN = 3  # of an indicator's figures in one cell


def of_township(reading: Reading, iri: str) -> list[Table]:
    """One township's figures by indicator, a column for each year."""
    spans = sorted({row.year or 0 for row in reading.reports.values() if row.township == iri})
    found = _figures(reading, {(iri, year): at for at, year in enumerate(spans)})
    return _table("table.own", "table.indicator", [str(year or "?") for year in spans], found, reading)


def figures_of(reading: Reading, iri: str) -> dict[str, Names]:
    """Indicator → its name with its first figure in the township's latest report that gives one."""
    latest: dict[str, tuple[int, tuple[str, ...]]] = {}
    for indicator, fact in reading.measures:
        year = reading.reports[fact.report].year or 0
        newer = indicator not in latest or latest[indicator][0] < year
        if newer and reading.township_of(fact) == iri and not indicator.endswith("/other"):
            latest[indicator] = (year, fact.note)
    return {
        key: {lang: f"{name} {_bound(note, lang)}" for lang, name in _names(reading, key).items() if lang in LANGUAGES}
        for key, (_, note) in latest.items()
    }


def of_two(reading: Reading, one: str, other: str) -> list[Table]:
    """Two townships' figures, each in its latest report, and how often these report each activity type."""
    pairs = [
        (iri, max(row.year or 0 for row in reading.reports.values() if row.township == iri)) for iri in (one, other)
    ]
    place = {pair: at for at, pair in enumerate(pairs)}
    head = [f"{reading.townships[iri].name} {year or ''}".strip() for iri, year in pairs]
    figures = _table("table.figures", "table.indicator", head, _figures(reading, place), reading)
    counts: Counter[tuple[str, int]] = Counter()
    for fact in reading.activities.values():
        report = reading.reports[fact.report]
        if (at := place.get((report.township, report.year or 0))) is not None:
            counts[fact.type, at] += 1
    return figures + _table("table.counts", "table.activity", head, _cells(counts, 2), reading)


def by_year(graph: nx.Graph, reading: Reading) -> list[Table]:
    """How often each activity type is reported in each year."""
    spans = sorted(node for node, kind in graph.nodes(data="kind") if kind == "year")
    counts: Counter[tuple[str, int]] = Counter()
    for node, values in graph.nodes(data=True):
        key, _, year = node.partition(" ")
        if year:
            counts[key, spans.index(year)] = len(values["facts"])
    return _table("table.counts", "table.activity", spans, _cells(counts, len(spans)), reading)


def _figures(reading: Reading, place: Mapping[tuple[str, int], int]) -> dict[str, list[Names]]:
    """Indicator → one cell for each place, with its figures in the order of the text.

    Those that most places report come first, then those that count the same activity type together.
    """
    columns = max(place.values(), default=-1) + 1
    said: dict[str, list[list[tuple[str, ...]]]] = defaultdict(lambda: [[] for _ in range(columns)])
    for indicator, fact in reading.measures:
        report = reading.reports[fact.report]
        at = place.get((report.township, report.year or 0))
        if at is not None and not indicator.endswith("/other") and fact.note not in said[indicator][at]:
            said[indicator][at].append(fact.note)
    filled = {key: [_figure(notes) for notes in cells] for key, cells in said.items() if any(cells)}

    def place_of(key: str) -> tuple[int, str, str]:
        concept = reading.concepts.get(key)
        return -sum(bool(cell["zh"]) for cell in filled[key]), concept.counts if concept else "", key

    return {key: filled[key] for key in sorted(filled, key=place_of)}


def _figure(notes: list[tuple[str, ...]]) -> Names:
    more = "…" if len(notes) > SHOWN else ""
    joints = {"zh": "；", "en": "; "}
    return {lang: joints[lang].join(_bound(note, lang) for note in notes[:SHOWN]) + more for lang in LANGUAGES}


def _bound(note: tuple[str, ...], lang: str) -> str:
    bound, value, unit = note
    return say(f"views.page.bound.{bound}", lang, value=f"{float(value):,.10g}", unit=unit)


def _cells(counts: Mapping[tuple[str, int], int], columns: int) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = defaultdict(lambda: [""] * columns)
    for (key, at), count in counts.items():
        rows[key][at] = count
    return dict(sorted(rows.items(), key=lambda item: (-sum(cell or 0 for cell in item[1]), item[0])))


def _table(title: str, first: str, head: list[str], rows: Mapping[str, list[Any]], reading: Reading) -> list[Table]:
    if not rows:
        return []
    body = [[_names(reading, key), *cells] for key, cells in rows.items()]
    return [{"title": title, "head": [{"word": first}, *head], "rows": body}]


def _names(reading: Reading, key: str) -> Names:
    notation = key.partition("/")[2]
    concept = reading.concepts.get(key)
    return {"zh": notation, "en": notation} | dict(concept.names if concept else {})
