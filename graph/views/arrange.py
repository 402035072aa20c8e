"""How each view is arranged: which nodes stand in which column, in which order."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import networkx as nx

from graph.reading import Reading
from graph.views.layout import UNIT, Positions, blocks, by_neighbours, chain, circle, columns

BLOCKS_WIDE, TYPES_AT = 500, 680  # in an overview by division, in thousandths of the window


def by_vocabulary(graph: nx.Graph, kind: str) -> list[Hashable]:
    """The nodes of a kind, those under one broad concept together, the broad concepts by their weight."""
    nodes = _of(graph, kind)
    tops = {node: str(graph.nodes[node].get("top", node)) for node in nodes}
    weights: dict[str, int] = {}
    for node in nodes:
        weights[tops[node]] = weights.get(tops[node], 0) + weight(graph, node)
    return sorted(nodes, key=lambda node: (-weights[tops[node]], tops[node], -weight(graph, node), str(node)))


def in_groups(graph: nx.Graph, nodes: Sequence[Hashable]) -> list[Hashable]:
    """The same nodes with a gap (``None``) where another broad concept begins."""
    spaced: list[Hashable] = []
    for before, node in zip([None, *nodes], nodes, strict=False):
        if before is not None and graph.nodes[before]["top"] != graph.nodes[node]["top"]:
            spaced.append(None)
        spaced.append(node)
    return spaced


def weight(graph: nx.Graph, node: Hashable) -> int:
    """How many facts stand behind a node: its own, or those of its edges."""
    own = graph.nodes[node].get("facts")
    return len(own) if own else sum(len(edge.get("facts", ())) for edge in graph[node].values())


def overview(graph: nx.Graph, reading: Reading) -> Positions:
    """Townships, activity types, actors: three columns, the townships by the division that they lie in."""
    places = {iri: at for at, iri in enumerate(reading.townships)}
    townships = sorted(_of(graph, "township"), key=lambda node: places[str(node)])
    return _around(graph, townships, by_vocabulary(graph, "activity"))


def overview_by_division(graph: nx.Graph, reading: Reading) -> Positions:
    """Divisions as blocks of their townships at the left, then activity types and actors."""
    groups: dict[Hashable, list[Hashable]] = {}
    for iri in reading.townships:
        if iri in graph:
            groups.setdefault(graph.nodes[iri]["part"], []).append(iri)
    positions = blocks(groups, BLOCKS_WIDE)
    activities = by_vocabulary(graph, "activity")
    actors = by_neighbours(graph, _of(graph, "actor"), activities)
    for node, (x, y) in columns(graph, [activities, actors]).items():
        positions[node] = (round(TYPES_AT + (UNIT - TYPES_AT) * x / UNIT), y)
    for node in positions:
        if graph.nodes[node]["kind"] in ("township", "division"):
            graph.nodes[node].update(side="right", quiet=graph.nodes[node]["kind"] == "township")
    return positions


def township(graph: nx.Graph) -> Positions:
    """Figures, activity types, actors: three columns."""
    activities = by_vocabulary(graph, "activity")
    return _around(graph, by_neighbours(graph, _of(graph, "indicator"), activities), activities)


def _around(graph: nx.Graph, left: Sequence[Hashable], activities: Sequence[Hashable]) -> Positions:
    actors = by_neighbours(graph, _of(graph, "actor"), activities)
    return columns(graph, [left, in_groups(graph, activities), actors])


def actors(graph: nx.Graph) -> Positions:
    """Around a circle, those that work together most beside each other, names outside."""
    positions = circle(chain(graph))
    for node, (x, y) in positions.items():
        side = "left" if x < 0.45 * UNIT else "right" if x > 0.55 * UNIT else "above" if y < UNIT / 2 else "below"
        graph.nodes[node]["side"] = side
    return positions


def compare(graph: nx.Graph, one: str, other: str) -> Positions:
    """Each township at its side, what both hold in the middle, what one holds between the middle and that one."""
    activities = by_vocabulary(graph, "activity")
    of_one, of_other = set(graph[one]), set(graph[other])
    middle = [node for node in activities if node in of_one and node in of_other]
    order: list[Sequence[Hashable]] = [[one], [node for node in activities if node not in of_other]]
    order += [middle, [node for node in activities if node not in of_one], [other]]
    return columns(graph, order)


def years(graph: nx.Graph) -> Positions:
    """A row for each activity type, a column for each year, their heads at the left and above."""
    types = in_groups(graph, [node for node in by_vocabulary(graph, "activity") if " " not in str(node)])
    spans = sorted(_of(graph, "year"), key=str)
    positions: Positions = {}
    for row, (_, y) in columns(graph, [[None, None, None, *types]]).items():
        positions[row] = (0, y)
        for at, year in enumerate(spans, 1):
            x = round(UNIT * at / len(spans))
            positions[year] = (x, 0)
            graph.nodes[year]["side"] = "above"
            if f"{row} {year}" in graph:
                positions[f"{row} {year}"] = (x, y)
    return positions


def _of(graph: nx.Graph, kind: str) -> list[Hashable]:
    return [node for node, values in graph.nodes(data=True) if values["kind"] == kind]
