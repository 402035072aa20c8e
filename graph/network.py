"""NetworkX graphs of a build: who holds what, who takes part in it, which figures stand by it.

``read`` takes a build's facts out of its store; each of the functions below it arranges them as a graph whose nodes
carry ``kind`` and ``names`` (zh and en) and whose edges carry ``kind`` and ``facts``, the facts behind them in the
order of the reports. Nodes are named after what they stand for: a township's IRI, or a concept as
``"activity/mediation"``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from sys import intern
from typing import NamedTuple, TypeVar

import networkx as nx
import pyoxigraph as ox

from graph.network_rows import Row, rows
from ontology.terms import BASE


class Fact(NamedTuple):
    """One thing that a report says, with the place where it says it.

    ``type`` is the activity type it belongs to (``""``: none), ``note`` what a reader wants to know beside the words:
    nothing, a role and a name, or a figure as (bound, value, unit).
    """

    status: str
    report: str
    type: str
    start: int
    end: int
    section: str
    note: tuple[str, ...] = ()


class ReportRow(NamedTuple):
    """A report: its file's name as given, the IRI of its township, the year reported on."""

    file: str
    township: str
    year: int | None


class TownshipRow(NamedTuple):
    """A township: its name, its division type, the divisions that it lies in."""

    name: str
    division: str
    parts: tuple[str, ...]


class Concept(NamedTuple):
    """A concept of the vocabulary: names and definitions by language, and the keys of two others (``""``: none).

    ``broader`` is the concept above it, ``counts`` the activity type that an indicator counts.
    """

    names: Mapping[str, str]
    definitions: Mapping[str, str]
    broader: str
    counts: str = ""


class Participation(NamedTuple):
    """An actor in an activity: the key of the actor's type, its name, the activity's IRI."""

    actor: str
    name: str
    activity: str
    fact: Fact


class Measure(NamedTuple):
    """A figure: the key of its indicator and the figure with its passage."""

    indicator: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """What a build says, read out of its store once."""

    reports: Mapping[str, ReportRow]
    townships: Mapping[str, TownshipRow]
    concepts: Mapping[str, Concept]
    activities: Mapping[str, Fact]
    participations: tuple[Participation, ...]
    measures: tuple[Measure, ...]

    def top(self, key: str) -> str:
        """The broadest concept above a concept; itself where there is none."""
        seen = {key}
        while (concept := self.concepts.get(key)) and concept.broader and concept.broader not in seen:
            key = concept.broader
            seen.add(key)
        return key

    def township_of(self, fact: Fact) -> str:
        """The IRI of the township whose report states a fact."""
        return self.reports[fact.report].township

    def named(self, name: str) -> list[str]:
        """The IRIs of the townships called ``name`` (with a division before it or not), else of those it is part of."""
        calls = (
            lambda row: row.name == name,
            lambda row: any(part + row.name == name for part in row.parts),
            lambda row: name in row.name,
        )
        found = ([iri for iri, row in self.townships.items() if is_called(row)] for is_called in calls if name)
        return next(filter(None, found), [])

    def full_name(self, iri: str) -> str:
        """A township's name after the divisions that it lies in."""
        row = self.townships[iri]
        return "".join([*row.parts, row.name])


def key(iri: str) -> str:
    """A concept's IRI without what all of them share.

    >>> key("https://w3id.org/zhili/activity/mediation")
    'activity/mediation'
    """
    return intern(iri.removeprefix(BASE))


# --- reading ---------------------------------------------------------------------------------------------------------


def read(store: ox.Store) -> Reading:
    """Everything that the views show, out of a build's store."""
    reports = _reports(store)
    activities = dict(_activities(store, reports))
    return Reading(
        reports,
        _townships(store),
        _concepts(store),
        activities,
        tuple(_participations(store, activities, reports)),
        tuple(_measures(store, activities, reports)),
    )


def _reports(store: ox.Store) -> dict[str, ReportRow]:
    found = {
        row["report"]: ReportRow(row["file"], intern(row["township"]), int(row["year"][:4]) if row["year"] else None)
        for row in rows(store, "reports")
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].file, item[0])))


def _townships(store: ox.Store) -> dict[str, TownshipRow]:
    parts: dict[str, set[str]] = defaultdict(set)
    found: dict[str, Row] = {}
    for row in rows(store, "townships"):
        found[row["township"]] = row
        parts[row["township"]] |= {row["part"]} - {""}
    lines = (
        (iri, TownshipRow(row["name"] or "?", row["division"], tuple(sorted(parts[iri])))) for iri, row in found.items()
    )
    return dict(sorted(lines, key=lambda line: (line[1].parts, line[1].name, line[0])))


def _concepts(store: ox.Store) -> dict[str, Concept]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    definitions: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, tuple[str, str]] = {}
    for row in sorted(rows(store, "concepts"), key=lambda row: tuple(row.values())):
        name, language = key(row["concept"]), row["language"][:2]
        names[name].setdefault(language, row["name"])
        definitions[name].setdefault(language, row["definition"])
        others.setdefault(name, (key(row["broader"]), key(row["counts"])))
    return {name: Concept(names[name], definitions[name], *others[name]) for name in sorted(names)}


def _activities(store: ox.Store, reports: Mapping[str, ReportRow]) -> Iterator[tuple[str, Fact]]:
    lines = (
        (row["activity"], _fact(row, key(row["type"]))) for row in rows(store, "activities") if row["report"] in reports
    )
    return _first(sorted(lines, key=lambda line: (*_place(reports, line[1]), line[0])))


def _participations(
    store: ox.Store, activities: Mapping[str, Fact], reports: Mapping[str, ReportRow]
) -> Iterator[Participation]:
    lines = []
    for row in rows(store, "participations"):
        if activity := activities.get(row["activity"]):
            place = {"status": activity.status, "report": activity.report}
            fact = _fact({**row, **place}, activity.type)._replace(note=(intern(row["role"]), intern(row["name"])))
            one = Participation(key(row["type"]), intern(row["name"]), row["activity"], fact)
            lines.append((row["participation"], one))
    lines.sort(key=lambda line: (*_place(reports, line[1].fact), *line[1][:3], line[0]))
    return (one for _, one in _first(lines))


def _measures(store: ox.Store, activities: Mapping[str, Fact], reports: Mapping[str, ReportRow]) -> Iterator[Measure]:
    lines = []
    for row in rows(store, "measures"):
        activity = activities.get(row["activity"])
        note = (key(row["qualifier"]).rpartition("/")[2], _number(row["value"]), intern(row["unit"]))
        fact = _fact(row, activity.type if activity else "")._replace(note=note)
        lines.append((row["measure"], Measure(key(row["indicator"]), fact)))
    lines.sort(key=lambda line: (*_place(reports, line[1].fact), line[1].indicator, line[0]))
    return (measure for _, measure in _first(lines))


def _fact(row: Mapping[str, str], type_: str) -> Fact:
    status, report = intern(key(row["status"]).rpartition("/")[2]), intern(row["report"])
    return Fact(status, report, type_, int(row["start"]), int(row["end"]), intern(row["section"]))


def _number(value: str) -> str:
    """A decimal without a tail of zeros: ``"85.0"`` is ``"85"``."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def _place(reports: Mapping[str, ReportRow], fact: Fact) -> tuple[str | int, ...]:
    return (reports[fact.report].file, fact.start, fact.end, fact.type)


_T = TypeVar("_T")


def _first(lines: Iterable[tuple[str, _T]]) -> Iterator[tuple[str, _T]]:
    """Each name's first line: a fact with two passages is shown by its first.

    What several reports say alike may stand in several graphs, so that the store answers more than once.
    """
    seen = set()
    for name, line in lines:
        if name not in seen:
            seen.add(name)
            yield name, line


# --- graphs ----------------------------------------------------------------------------------------------------------


def overview(reading: Reading, *, broad: bool = False) -> nx.Graph:
    """Townships, the activity types that they hold, the actor types that take part.

    ``broad`` rolls activity types up to the broadest, for builds too large to show each.
    """
    graph = nx.Graph()
    for fact in reading.activities.values():
        type_ = reading.top(fact.type) if broad else fact.type
        _link(graph, reading, "holds", reading.township_of(fact), type_, fact)
    for one in reading.participations:
        type_ = reading.top(one.fact.type) if broad else one.fact.type
        _link(graph, reading, "takes-part", type_, one.actor, one.fact)
    return graph


def township(reading: Reading, iri: str) -> nx.Graph:
    """One township: its activity types, the figures that stand by them, the actors that take part."""
    graph = nx.Graph()
    for fact in _of(reading, iri):
        _own(graph, reading, fact.type, fact)
    for one in reading.participations:
        if reading.township_of(one.fact) == iri:
            _link(graph, reading, "takes-part", one.fact.type, one.actor, one.fact)
    for indicator, fact in reading.measures:
        if reading.township_of(fact) == iri and not indicator.endswith("/other"):
            _own(graph, reading, indicator, fact)
            if (type_ := fact.type or _counted(reading, indicator)) in graph:
                _link(graph, reading, "measured", type_, indicator, fact)
    return graph


def _counted(reading: Reading, indicator: str) -> str:
    concept = reading.concepts.get(indicator)
    return concept.counts if concept else ""


def actors(reading: Reading) -> nx.Graph:
    """Actor types, joined where they take part in the same activity; the facts are the shared activities."""
    together: dict[str, set[str]] = defaultdict(set)
    for one in reading.participations:
        together[one.activity].add(one.actor)
    graph = nx.Graph()
    for one in reading.participations:
        _own(graph, reading, one.actor, one.fact)
    for iri, fact in reading.activities.items():
        for left, right in combinations(sorted(together[iri]), 2):
            _link(graph, reading, "works-with", left, right, fact)
    return graph


def compare(reading: Reading, one: str, other: str) -> nx.Graph:
    """Two townships and the activity types that either holds."""
    graph = nx.Graph()
    for iri in (one, other):
        _node(graph, reading, iri)
        for fact in _of(reading, iri):
            _link(graph, reading, "holds", iri, fact.type, fact)
    return graph


def years(reading: Reading, iri: str | None = None) -> nx.Graph:
    """Activity types by year (of one township, or of all), each joined to itself in the next year that has reports.

    A node is named ``"activity/mediation 2023"``; its ``facts`` are that year's, an edge's those of both years. Beside
    these stand the types (``"activity/mediation"``) and the years (``"2023"``) as the heads of rows and columns.
    """
    graph = nx.Graph()
    spans = sorted({row.year for row in reading.reports.values() if row.year and iri in (None, row.township)})
    for fact in reading.activities.values() if iri is None else _of(reading, iri):
        if year := reading.reports[fact.report].year:
            _own(graph, reading, fact.type, fact)
            _own(graph, reading, str(year), fact)
            _own(graph, reading, f"{fact.type} {year}", fact)
    for early, late in pairwise(spans):
        for type_ in [node for node, kind in graph.nodes(data="kind") if kind == "activity" and " " not in node]:
            before, after = f"{type_} {early}", f"{type_} {late}"
            if before in graph and after in graph:
                facts = graph.nodes[before]["facts"] + graph.nodes[after]["facts"]
                graph.add_edge(before, after, kind="next-year", facts=facts)
    return graph


def _of(reading: Reading, iri: str) -> list[Fact]:
    return [fact for fact in reading.activities.values() if reading.township_of(fact) == iri]


def _link(graph: nx.Graph, reading: Reading, kind: str, left: str, right: str, fact: Fact) -> None:
    if not graph.has_edge(left, right):
        _node(graph, reading, left)
        _node(graph, reading, right)
        graph.add_edge(left, right, kind=kind, facts=[])
    graph[left][right]["facts"].append(fact)


def _own(graph: nx.Graph, reading: Reading, name: str, fact: Fact) -> None:
    """Put a fact behind a node itself, not behind one of its edges."""
    _node(graph, reading, name)
    graph.nodes[name].setdefault("facts", []).append(fact)


def _node(graph: nx.Graph, reading: Reading, name: str) -> None:
    """Add a node once: a township by its IRI, a year, a concept by its key, a concept in a year by both."""
    if name in graph:
        return
    if row := reading.townships.get(name):
        graph.add_node(name, kind="township", names={"zh": row.name, "en": row.name}, parts=row.parts)
        return
    stands_for, _, year = name.partition(" ")
    if stands_for.isdigit():
        graph.add_node(name, kind="year", names={"zh": f"{name}年", "en": name}, year=int(name))
        return
    concept = reading.concepts.get(stands_for, Concept({}, {}, ""))
    kind, _, notation = stands_for.partition("/")
    names = {"zh": notation, "en": notation} | dict(concept.names)
    extra: dict[str, object] = {"year": int(year)} if year else {}
    if year:
        names = {"zh": f"{names['zh']}（{year}年）", "en": f"{names['en']} ({year})"}
    graph.add_node(name, kind=kind, names=names, definitions=concept.definitions, top=reading.top(stands_for), **extra)
