"""Layouts are the same every time, apart and inside their window."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import networkx as nx
import pytest

from graph.views.layout import UNIT, blocks, by_neighbours, chain, circle, columns, force

GRAPHS = {
    "one node": nx.empty_graph(1),
    "no edges": nx.empty_graph(9),
    "a path": nx.path_graph(30),
    "two parts": nx.disjoint_union(nx.complete_graph(6), nx.star_graph(7)),
    "a loop": nx.Graph([(0, 0), (0, 1)]),
    "a web": nx.barabasi_albert_graph(300, 2, seed=3),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_force_gives_every_node_a_place_of_its_own(name: str) -> None:
    graph = GRAPHS[name]
    positions = force(graph)
    assert set(positions) == set(graph)
    assert len(set(positions.values())) == len(graph)


def test_force_draws_neighbours_nearer_than_strangers() -> None:
    graph = GRAPHS["a web"]
    positions = force(graph)

    def mean(pairs: list[tuple[int, int]]) -> float:
        gaps = [abs(complex(*positions[a]) - complex(*positions[b])) for a, b in pairs]
        return sum(gaps) / len(gaps)

    strangers = [(a, b) for a, b in pairwise(range(300)) if not graph.has_edge(a, b)]
    assert mean(list(graph.edges)) < 0.6 * mean(strangers)


def test_force_keeps_nodes_without_edges_below_the_rest() -> None:
    graph = nx.disjoint_union(nx.path_graph(5), nx.empty_graph(3))
    positions = force(graph)
    assert min(positions[node][1] for node in (5, 6, 7)) > max(positions[node][1] for node in range(5))


def test_force_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import networkx as nx; from graph.views.layout import force;"
        "g = nx.relabel_nodes(nx.barabasi_albert_graph(60, 2, seed=1), str); print(sorted(force(g).items()))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_a_column_keeps_its_order_and_leaves_gaps() -> None:
    graph = nx.empty_graph(4)
    positions = columns(graph, [[0, 1, None, 2], [3]])
    ys = [positions[node][1] for node in (0, 1, 2)]
    assert ys[2] - ys[1] == pytest.approx(1.5 * (ys[1] - ys[0]), abs=2)
    assert positions[3] == (UNIT, UNIT // 2)


@pytest.mark.parametrize(("groups", "size"), [(1, 300), (5, 200), (40, 25), (300, 17), (3, 0)])
def test_blocks_keep_apart_and_inside_the_window(groups: int, size: int) -> None:
    members = {f"g{group}": [(group, at) for at in range(size)] for group in range(groups)}
    positions = blocks(members, 500)
    assert len(set(positions.values())) == groups * (size + 1)
    assert all(0 <= x <= 500 and 0 <= y <= UNIT for x, y in positions.values())


def test_neighbours_decide_the_order() -> None:
    graph = nx.Graph([("a", "z"), ("b", "y"), ("c", "x")])
    graph.add_node("d")
    assert by_neighbours(graph, ["a", "b", "c", "d"], ["x", "y", "z"]) == ["c", "b", "a", "d"]


def test_a_chain_holds_every_node_once_and_partners_side_by_side() -> None:
    graph = nx.Graph()
    for a, b, count in [("a", "b", 1), ("a", "c", 9), ("c", "d", 5)]:
        graph.add_edge(a, b, facts=[None] * count)
    graph.add_node("e")
    assert chain(graph) == ["c", "a", "b", "d", "e"]


def test_a_circle_is_round() -> None:
    places = circle(list(range(12))).values()
    assert all(abs(abs(complex(x - UNIT / 2, y - UNIT / 2)) - UNIT / 2) < 1 for x, y in places)
