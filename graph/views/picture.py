"""From a NetworkX graph with positions to a pyvis network, ready for its page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from graph.views.layout import Positions
from graph.views.style import LARGEST, LINES, MARKS, QUIET, SCALE, SMALLEST, THICKEST, THINNEST, grade, share

STRAIGHT = {"enabled": False}
OPTIONS: dict[str, Any] = {
    "physics": {
        "enabled": False,
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {"gravitationalConstant": -60, "springLength": 90, "avoidOverlap": 0.4},
        "stabilization": False,
    },
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "tooltipDelay": 150, "multiselect": False},
    "edges": {"smooth": STRAIGHT, "selectionWidth": 0, "color": {"inherit": False}, "chosen": False},
    "nodes": {"chosen": False},
    "groups": {kind: {"color": mark.color} for kind, mark in MARKS.items()},
}


def identify(graph: nx.Graph) -> dict[Hashable, str]:
    """An id for each node that tells nothing of what it stands for, so that no report's words get into ids."""
    return {node: f"n{at}" for at, node in enumerate(graph)}


def picture(graph: nx.Graph, positions: Positions, ids: Mapping[Hashable, str], lang: str) -> Network:
    """The pyvis network of ``graph``: shapes by kind, sizes by facts, straight edges, no physics.

    Nodes and edges are appended as pyvis' own ``add_node`` and ``add_edge`` make them, without their search through
    all that is there already, which would take minutes for 20,000.
    """
    network = Network(height="100%", width="100%", cdn_resources="in_line")
    weights = {node: _weight(graph, node) for node in graph}
    most = max(weights.values(), default=1)
    for node, values in graph.nodes(data=True):
        part = {"part": ids[values["part"]]} if "part" in values else {}
        network.nodes.append(_node(node, values, positions[node], ids[node], weights[node], most, lang) | part)
    network.node_ids = list(ids.values())
    network.node_map = {node["id"]: node for node in network.nodes}
    thickest = max([SCALE, *(_count(values) for _, _, values in graph.edges(data=True))])
    network.edges += [_edge(ids[a], ids[b], values, thickest) for a, b, values in graph.edges(data=True)]
    network.options = OPTIONS
    return network


def _node(
    node: Hashable, values: Mapping[str, Any], position: tuple[int, int], id_: str, weight: int, most: int, lang: str
) -> dict[str, Any]:
    kind = values.get("kind", "node")
    names = values.get("names") or {"zh": str(node), "en": str(node)}
    extra = {name: values[name] for name in ("definitions", "side", "caption", "quiet") if values.get(name)}
    extra |= {"names": names} if names["zh"] != names["en"] else {}
    mark = MARKS[kind]
    size = QUIET if values.get("quiet") else grade(weight, most, SMALLEST, LARGEST)
    x, y = position
    options = Node(id_, mark.shape, names[lang], group=kind, x=x, y=y, size=size, **extra).options
    return dict(options)


def _edge(one: str, other: str, values: Mapping[str, Any], thickest: int) -> dict[str, Any]:
    line = LINES[_best(values.get("facts", ()))]
    extra: dict[str, Any] = {"dashes": list(line.dashes), "color": line.color} if line.dashes else {}
    width = share(_count(values), thickest, THINNEST, THICKEST)
    return dict(Edge(one, other, id=f"{one} {other}", kind=values.get("kind", "line"), width=width, **extra).options)


def _best(facts: Any) -> str:
    """The status a line is drawn in: done before deficient before planned."""
    found = {fact.status for fact in facts}
    return next((status for status in ("done", "deficient", "planned") if status in found), "done")


def _count(values: Mapping[str, Any]) -> int:
    return len(values.get("facts", ())) or int(values.get("weight", 1))


def _weight(graph: nx.Graph, node: Hashable) -> int:
    """What a node's size stands for: the facts behind it, or what it gives as its ``weight``."""
    own, given = graph.nodes[node].get("facts"), graph.nodes[node].get("weight")
    if given is not None:
        return int(given)
    return len(own) if own else sum(_count(values) for values in graph[node].values())
