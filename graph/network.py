"""NetworkX graphs of a build: who holds what, who takes part in it, which figures stand by it.

Each function arranges what ``graph.reading.read`` found as a graph whose nodes carry ``kind`` and ``names`` (zh and en)
and whose edges carry ``kind`` and ``facts``, the facts behind them in the order of the reports. Nodes are named after
what they stand for: a township's IRI, or a concept as ``"activity/mediation"``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise

import networkx as nx

from graph.reading import Concept, Fact, Reading, read

__all__ = ["Reading", "actors", "compare", "overview", "overview_by_division", "read", "township", "years"]


def overview(reading: Reading) -> nx.Graph:
    """Townships, the activity types that they hold, the actor types that take part."""
    graph = nx.Graph()
    for fact in reading.activities.values():
        _link(graph, reading, "holds", reading.township_of(fact), fact.type, fact)
    for one in reading.participations:
        _link(graph, reading, "takes-part", one.fact.type, one.actor, one.fact)
    return graph


def overview_by_division(reading: Reading) -> nx.Graph:
    """Divisions, the broadest activity types that their townships hold, the actor types that take part.

    The townships stand in it without edges, each with its facts and (as ``part``) the division that it lies in: for
    builds in which an edge for each township and type would be too many to see.
    """
    graph = nx.Graph()
    for fact in reading.activities.values():
        iri, top = reading.township_of(fact), reading.top(fact.type)
        division = f"division/{reading.division(iri)}"
        _link(graph, reading, "holds", division, top, fact)
        _own(graph, reading, iri, fact)
        graph.nodes[iri]["part"] = division
    for one in reading.participations:
        _link(graph, reading, "takes-part", reading.top(one.fact.type), one.actor, one.fact)
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
    """Add a node once: a township by its IRI, a division or a year by its name, a concept by its key and year."""
    if name not in graph:
        kind, _, rest = name.partition("/")
        if row := reading.townships.get(name):
            graph.add_node(name, kind="township", names=_alike(row.name))
        elif kind == "division":
            graph.add_node(name, kind=kind, names=_alike(rest))
        elif name.isdigit():
            graph.add_node(name, kind="year", names=_alike(name), year=int(name))
        else:
            graph.add_node(name, kind=kind, **_described(reading, *name.partition(" ")[::2]))


def _alike(name: str) -> dict[str, str]:
    return {"zh": name, "en": name}


def _described(reading: Reading, key: str, year: str) -> dict[str, object]:
    """What a concept's node carries; ``top`` is the broadest concept above it."""
    concept = reading.concepts.get(key, Concept({}, {}, ""))
    names = _alike(key.partition("/")[2]) | dict(concept.names)
    common = {"definitions": concept.definitions, "top": reading.top(key)}
    if not year:
        return {"names": names, **common}
    return {"names": {"zh": f"{names['zh']}（{year}年）", "en": f"{names['en']} ({year})"}, "year": int(year), **common}
