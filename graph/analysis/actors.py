"""Who works with whom: actor types that take part in the same activities, and how central each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

import networkx as nx
import numpy as np

from graph.analysis.communities import SEED, divide
from graph.analysis.ground import Ground, Part
from graph.analysis.result import Result, result

LEAST = 2  # reports
SHARE = 0.02  # of all reports must show two actors together for them to be listed (and two reports at least)


class Together(NamedTuple):
    """Two actor types that take part in the same activities: how many, in how many townships' reports."""

    one: str
    other: str
    activities: int
    townships: int
    report: str
    fact: str


class Central(NamedTuple):
    """How central an actor type is.

    ``activities`` it takes part in, in ``townships``; ``partners`` it does so with; ``strength`` the shared activities;
    ``between`` its betweenness, the share of shortest ways between others that lead over it (a way is short where
    many activities are shared).
    """

    actor: str
    activities: int
    townships: int
    partners: int
    strength: int
    between: float


class Circle(NamedTuple):
    """Actor types that take part in the same kinds of activity beyond chance."""

    number: int
    actors: tuple[str, ...]
    clearness: float


def together(ground: Ground, *, township: str = "") -> Result[Together]:
    """Tell which actor types take part in the same activities, of all townships or of one (its IRI)."""
    graph = network(ground, township=township) if township else ground.once("actors", network)
    reports = [iri for iri, row in ground.about.reports.items() if township in ("", row.township)]
    needed = 1 if township else max(2, SHARE * len(reports))
    rows = [
        Together(one, other, len(values["activities"]), len(values["townships"]), *values["first"])
        for one, other, values in graph.edges(data=True)
        if len(values["reports"]) >= needed
    ]
    rows.sort(key=lambda row: (-row.townships, -row.activities, row.one, row.other))
    return result("actors", Together, rows, len(reports), least=1 if township else LEAST, needed=needed)


def network(ground: Ground, *, township: str = "") -> nx.Graph:
    """Give the actor types as a graph; an edge's ``weight`` is the number of activities that two share.

    Who an activity is aimed at takes no part in it. Only what was done counts.
    """
    graph = nx.Graph()
    done = {act.iri for act in ground.activities if act.status == "done"}
    townships = {iri: row.township for iri, row in ground.about.reports.items()}
    for activity, parts in _by_activity(ground.parts, done):
        report = parts[0].report
        if township not in ("", townships[report]):
            continue
        for one, other in combinations(sorted({part.type for part in parts}), 2):
            if not graph.has_edge(one, other):
                graph.add_edge(one, other, activities=set(), townships=set(), reports=set(), first=(report, activity))
            edge = graph[one][other]
            edge["activities"].add(activity)
            edge["townships"].add(townships[report])
            edge["reports"].add(report)
            edge["weight"] = len(edge["activities"])
    return graph


def centrality(ground: Ground) -> Result[Central]:
    """Tell how central each actor type is among those that work together."""
    graph = ground.once("actors", network)
    for _, _, values in graph.edges(data=True):
        values["way"] = 1 / values["weight"]
    between = nx.betweenness_centrality(graph, weight="way")
    activities, townships = defaultdict(set), defaultdict(set)
    for part in ground.parts:
        activities[part.type].add(part.activity)
        townships[part.type].add(ground.about.reports[part.report].township)
    rows = [
        Central(
            actor,
            len(activities[actor]),
            len(townships[actor]),
            graph.degree(actor),
            int(graph.degree(actor, weight="weight")),
            round(between[actor], 4),
        )
        for actor in graph
    ]
    rows.sort(key=lambda row: (-row.between, -row.strength, row.actor))
    return result("centrality", Central, rows, len(ground.about.reports), least=LEAST)


def circles(ground: Ground, *, seed: int = SEED) -> Result[Circle]:
    """Tell which actor types form communities by the kinds of activity that they take part in."""
    types = {act.iri: act.type for act in ground.activities if act.status == "done"}
    pairs = {(part.type, types[part.activity]) for part in ground.parts if part.activity in types}
    actors, kinds = (sorted({pair[at] for pair in pairs}) for at in (0, 1))
    held = np.array([[(actor, kind) in pairs for kind in kinds] for actor in actors], dtype=bool)
    found = divide(held, seed=seed) if actors else []
    rows = [
        Circle(number, tuple(actors[at] for at in members), round(clearness, 1))
        for number, (members, clearness) in enumerate(found, 1)
        if len(found) > 1
    ]
    return result("circles", Circle, rows, len(ground.about.reports), least=LEAST, seed=seed)


def _by_activity(parts: Iterable[Part], done: set[str]) -> Iterable[tuple[str, list[Part]]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.activity in done:
            found[part.activity].append(part)
    return found.items()
