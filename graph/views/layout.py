"""Where the nodes of a picture stand: worked out beforehand, the same for the same graph.

Positions are whole numbers. ``columns`` and ``rows`` set a picture that the page stretches over its window,
``force`` sets any graph by attraction and repulsion.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Positions = dict[Hashable, tuple[int, int]]
Array = NDArray[np.float64]

UNIT = 1000  # a picture in columns is this wide and high
PITCH = 24.0  # members of a block stand no further apart than this
HEAD, HEAD_ROWS = 34.0, 2.0  # the room in a block for its name, and about how many rows that is


def columns(graph: nx.Graph, order: Sequence[Sequence[Hashable]]) -> Positions:
    """Set each list of nodes as one column, each in its order from top to bottom, over a square of ``UNIT``.

    ``None`` in a list leaves half a row free.

    >>> columns(nx.path_graph(3), [[0], [1, 2]])
    {0: (0, 500), 1: (1000, 250), 2: (1000, 750)}
    """
    positions: Positions = {}
    step = UNIT / max(len(order) - 1, 1)
    for place, column in enumerate(order):
        present = [node for node in column if node is None or node in graph]
        positions |= _column(present, place * step)
    return positions


def _column(nodes: Sequence[Hashable], x: float) -> Positions:
    room = sum(0.5 if node is None else 1.0 for node in nodes)
    positions: Positions = {}
    y = 0.5
    for node in nodes:
        if node is not None:
            positions[node] = (round(x), round(UNIT * y / room))
        y += 0.5 if node is None else 1.0
    return positions


def blocks(groups: Mapping[Hashable, Sequence[Hashable]], width: float) -> Positions:
    """Set each group as a block of its own: its name on a line, its members in rows below; blocks fill columns.

    The blocks take ``width`` thousandths of the window from its left. Of all numbers of columns and of members in a row
    those are taken that leave the members most room.
    """
    sizes = [len(members) for members in groups.values()]
    tries = (_packed(sizes, width, across, in_row) for across in range(1, 11) for in_row in range(1, 41))
    best = max(tries, key=lambda grid: min(grid.pitch, grid.row))
    positions: Positions = {}
    for (head, members), (column, top) in zip(groups.items(), best.corners, strict=True):
        x = column * best.wide
        positions[head] = (round(x), round(top + best.head * 0.4))
        for at, member in enumerate(members):
            down, along = divmod(at, best.in_row)
            positions[member] = (round(x + along * best.pitch), round(top + best.head + down * best.row))
    return positions


class _Grid(NamedTuple):
    """Blocks in columns ``wide`` apart: where each begins (column, top), the room for its name, the rows below it."""

    corners: list[tuple[int, float]]
    wide: float
    head: float
    row: float
    pitch: float
    in_row: int


def _packed(sizes: Sequence[int], width: float, across: int, in_row: int) -> _Grid:
    """Blocks of these sizes in ``across`` columns with ``in_row`` members to a row, as high as the window allows."""
    rows = [-(-size // in_row) for size in sizes]
    share = sum(count + HEAD_ROWS for count in rows) / across
    columns_, passed = [], 0.0
    for count in rows:
        columns_.append(min(int(passed / share), across - 1))
        passed += count + HEAD_ROWS
    used = range(columns_[-1] + 1) if columns_ else range(1)
    heads = [columns_.count(at) for at in used]
    below = [sum(count for count, place in zip(rows, columns_, strict=True) if place == at) for at in used]
    head = min(HEAD, 0.5 * UNIT / max(*heads, 1))
    row = min(PITCH, *((UNIT - head * names) / max(count, 1) for names, count in zip(heads, below, strict=True)))
    corners, tops = [], [0.0] * len(heads)
    for count, place in zip(rows, columns_, strict=True):
        corners.append((place, tops[place]))
        tops[place] += head + count * row
    wide = width / len(heads)
    return _Grid(corners, wide, head, row, min(PITCH, wide * 0.92 / in_row), in_row)


def circle(nodes: Sequence[Hashable]) -> Positions:
    """Set nodes around a circle that fills a square of ``UNIT``, in their order from the top.

    >>> circle(["a", "b", "c", "d"])
    {'a': (500, 0), 'b': (1000, 500), 'c': (500, 1000), 'd': (0, 500)}
    """
    half = UNIT / 2
    turns = ((node, 2 * np.pi * at / len(nodes)) for at, node in enumerate(nodes))
    return {node: (round(half + half * np.sin(turn)), round(half - half * np.cos(turn))) for node, turn in turns}


def chain(graph: nx.Graph) -> list[Hashable]:
    """Order all nodes so that each follows the one, of those left, that it shares most facts with; busiest first."""

    def shared(one: Hashable, other: Hashable) -> int:
        edge = graph.get_edge_data(one, other)
        return len(edge.get("facts", ())) or 1 if edge else 0

    left = sorted(graph, key=lambda node: (-sum(shared(node, other) for other in graph[node]), str(node)))
    order: list[Hashable] = left[:1]
    left = left[1:]
    while left:
        order.append(max(left, key=lambda node: shared(order[-1], node)))
        left.remove(order[-1])
    return order


def by_neighbours(graph: nx.Graph, nodes: Iterable[Hashable], fixed: Sequence[Hashable]) -> list[Hashable]:
    """Order ``nodes`` by the mean place of their neighbours among ``fixed``, so that fewer lines cross.

    A line counts as often as facts stand behind it; nodes without such a neighbour come last.
    """
    place = {node: index for index, node in enumerate(fixed)}

    def mean(node: Hashable) -> float:
        pulls = [
            (place[other], len(edge.get("facts", ())) or 1) for other, edge in graph[node].items() if other in place
        ]
        weight = sum(pull for _, pull in pulls)
        return sum(at * pull for at, pull in pulls) / weight if weight else float(len(place))

    return sorted(nodes, key=mean)


# --- force -----------------------------------------------------------------------------------------------------------

ROUNDS = 60
SPREAD = 55.0  # the room that a node asks for, in units of the picture
MIDDLE = 1.0  # the pull towards the middle, which keeps parts without a path between them together
FAR = 24  # the far field is a grid of FAR × FAR cells
NEAR = 40  # at most this many nodes of a cell push each other one by one


def force(graph: nx.Graph, *, rounds: int = ROUNDS) -> Positions:
    """Set a graph by attraction along edges and repulsion between nodes (Fruchterman–Reingold on a grid).

    Nodes of a cell repel each other one by one, cells repel each other as wholes; the grid moves a little each round
    so that it leaves no trace. 5,000 nodes take about a second. Nodes without edges stand in rows below.
    """
    alone = [node for node in graph if not graph.degree(node)]
    places = _forced(graph.subgraph([node for node in graph if graph.degree(node)]), rounds)
    floor = max((y for _, y in places.values()), default=0) + 2 * SPREAD
    wide = max(round(len(graph) ** 0.5), 1)
    for at, node in enumerate(alone):
        down, along = divmod(at, wide)
        places[node] = (round((along - (min(wide, len(alone)) - 1) / 2) * SPREAD), round(floor + down * SPREAD))
    return places


def _forced(graph: nx.Graph, rounds: int) -> Positions:
    names = list(graph)
    if not names:
        return {}
    index = {name: at for at, name in enumerate(names)}
    edges = np.array([(index[a], index[b]) for a, b in graph.edges if a != b], dtype=np.int64).reshape(-1, 2)
    places = _start(len(names), _by_reach(graph, index))
    ideal = 1.0 / np.sqrt(len(names))
    random = np.random.default_rng(len(names))
    for heat in np.linspace(0.12, 0.004, rounds):
        push = _push(places, ideal, random.random(2)) + _pull(places, edges, ideal) - MIDDLE * places * ideal
        length = np.maximum(np.hypot(push[:, 0], push[:, 1]), 1e-9)
        places += push * (np.minimum(length, heat) / length)[:, None]
    scaled = np.rint(places / ideal * SPREAD).astype(int)
    return {name: (int(x), int(y)) for name, (x, y) in zip(names, scaled, strict=True)}


def _by_reach(graph: nx.Graph, index: Mapping[Hashable, int]) -> list[int]:
    """Nodes in the order in which a walk from the busiest node meets them, so that neighbours start near each other."""
    seen: dict[int, None] = {}
    for root in sorted(graph, key=lambda node: (-graph.degree(node), index[node])):
        if index[root] not in seen:
            seen[index[root]] = None
            seen |= dict.fromkeys(index[child] for _, child in nx.bfs_edges(graph, root))
    return list(seen)


def _start(count: int, order: Sequence[int]) -> Array:
    """Places on a sunflower's spiral: even, without a pattern that the forces could not undo."""
    turn, reach = np.arange(count) * 2.399963, np.sqrt(np.arange(count) / max(count, 1)) * 0.7
    places = np.empty((count, 2))
    places[np.array(order)] = np.stack([np.cos(turn) * reach, np.sin(turn) * reach], axis=1)
    return places


def _pull(places: Array, edges: NDArray[np.int64], ideal: float) -> Array:
    along = places[edges[:, 0]] - places[edges[:, 1]]
    along *= (np.hypot(along[:, 0], along[:, 1]) / ideal)[:, None]
    pull = np.zeros_like(places)
    for axis in (0, 1):
        pull[:, axis] -= np.bincount(edges[:, 0], along[:, axis], len(places))
        pull[:, axis] += np.bincount(edges[:, 1], along[:, axis], len(places))
    return pull


def _push(places: Array, ideal: float, jitter: Array) -> Array:
    low = places.min(axis=0)
    size = float((places.max(axis=0) - low).max()) / FAR + 1e-9
    cells = ((places - low) / size + jitter).astype(np.int64)
    cell = cells[:, 0] * (FAR + 2) + cells[:, 1]
    return _far(places, cell, ideal) + _near(places, cell, ideal)


def _far(places: Array, cell: NDArray[np.int64], ideal: float) -> Array:
    """What the cells do to each other as wholes."""
    used, inverse, count = np.unique(cell, return_inverse=True, return_counts=True)
    middle = np.stack([np.bincount(inverse, places[:, axis], len(used)) / count for axis in (0, 1)], axis=1)
    between = middle[:, None, :] - middle[None, :, :]
    square = (between**2).sum(axis=2) + ideal**2
    strength = count[None, :] * ideal**2 / square
    np.fill_diagonal(strength, 0.0)
    return np.asarray((between * strength[:, :, None]).sum(axis=1)[inverse])


def _near(places: Array, cell: NDArray[np.int64], ideal: float) -> Array:
    """What the nodes of one cell do to each other: each meets the ``NEAR`` that follow it in the cell's order."""
    order = np.argsort(cell, kind="stable")
    sorted_cell, sorted_places = cell[order], places[order]
    push = np.zeros_like(places)
    for step in range(1, min(NEAR, len(order) - 1) + 1):
        same = sorted_cell[step:] == sorted_cell[:-step]
        if not same.any():
            break
        between = (sorted_places[step:] - sorted_places[:-step]) * same[:, None]
        between *= (ideal**2 / ((between**2).sum(axis=1) + (0.05 * ideal) ** 2))[:, None]
        push[step:] += between
        push[:-step] -= between
    result = np.empty_like(push)
    result[order] = push
    return result
