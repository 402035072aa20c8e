"""Networks hold what the store holds, no more and no less."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pyoxigraph as ox
import pytest

from graph import network
from graph.reading import Reading, key
from tests.views_small import REPORTS, small_store

BLUESTONE, WHITESAND = "青石镇", "白沙乡"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return small_store()


@pytest.fixture(scope="module")
def reading(store: ox.Store) -> Reading:
    return network.read(store)


def iri(reading: Reading, name: str) -> str:
    return reading.named(name)[0]


def links(graph: nx.Graph, kind: str) -> dict[frozenset[str], int]:
    """How many facts stand behind each edge of a kind, by the Chinese names of its ends."""
    names = {node: values["names"]["zh"] for node, values in graph.nodes(data=True)}
    return {
        frozenset((names[a], names[b])): len(edge["facts"])
        for a, b, edge in graph.edges(data=True)
        if edge["kind"] == kind
    }


def test_reads_every_fact_once(reading: Reading) -> None:
    assert len(reading.reports) == len(REPORTS)
    assert len(reading.activities) == sum(len(told.activities) for told in REPORTS)
    assert len(reading.participations) == sum(len(told.participations) for told in REPORTS)
    assert len(reading.measures) == sum(len(told.measures) for told in REPORTS)


def test_counts_agree_with_sparql(store: ox.Store, reading: Reading) -> None:
    query = """PREFIX zl: <https://w3id.org/zhili/ns#>
        SELECT ?township ?type (COUNT(*) AS ?n) WHERE {
          ?a zl:activityType ?type ; zl:inReport/zl:township ?township } GROUP BY ?township ?type"""
    answer = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    asked = {(row["township"].value, key(row["type"].value)): int(row["n"].value) for row in answer}
    graph = network.overview(reading)
    drawn = {frozenset((a, b)): len(edge["facts"]) for a, b, edge in graph.edges(data=True) if edge["kind"] == "holds"}
    assert drawn == {frozenset(ends): count for ends, count in asked.items()}


def test_overview_joins_townships_types_and_actors(reading: Reading) -> None:
    graph = network.overview(reading)
    held = links(graph, "holds")
    assert held[frozenset((BLUESTONE, "普法活动"))] == 2
    assert held[frozenset((BLUESTONE, "调解"))] == 2
    assert frozenset((WHITESAND, "调解")) not in held
    taken = links(graph, "takes-part")
    assert taken[frozenset(("矛盾纠纷排查", "派出所"))] == 1
    assert taken[frozenset(("普法活动", "群众"))] == 1


def test_a_broad_overview_rolls_types_up_and_loses_no_fact(reading: Reading) -> None:
    fine, broad = (links(make(reading), "holds") for make in (network.overview, network.overview_by_division))
    assert sum(fine.values()) == sum(broad.values())
    assert broad[frozenset(("临川县", "矛盾纠纷"))] == 3  # one screening, two mediations
    graph = network.overview_by_division(reading)
    assert len(graph.nodes[iri(reading, BLUESTONE)]["facts"]) == 6
    assert graph.nodes[iri(reading, BLUESTONE)]["part"] == "division/临川县"


def test_a_township_has_its_own_facts_only(reading: Reading) -> None:
    graph = network.township(reading, iri(reading, BLUESTONE))
    assert {fact.report for _, facts in graph.nodes(data="facts") for fact in facts or ()} == {
        report for report, row in reading.reports.items() if "青石镇" in row.file
    }
    assert links(graph, "measured") == {
        frozenset(("矛盾纠纷排查", "排查纠纷件数")): 1,
        frozenset(("调解", "化解纠纷件数")): 2,  # one stands by no activity and goes to the type that it counts
        frozenset(("普法活动", "普法活动场次")): 1,
    }


def test_actors_are_joined_by_shared_activities(reading: Reading) -> None:
    assert links(network.actors(reading), "works-with") == {frozenset(("司法所", "派出所")): 1}


def test_a_comparison_holds_the_types_of_both(reading: Reading) -> None:
    graph = network.compare(reading, iri(reading, BLUESTONE), iri(reading, WHITESAND))
    both = set(graph[iri(reading, BLUESTONE)]) & set(graph[iri(reading, WHITESAND)])
    assert both == {"activity/legal-publicity"}


def test_years_join_a_type_to_itself_in_the_next_year(reading: Reading) -> None:
    graph = network.years(reading, iri(reading, BLUESTONE))
    assert list(graph.edges) == [("activity/mediation 2022", "activity/mediation 2023")]
    assert Counter(kind for _, kind in graph.nodes(data="kind"))["year"] == 2


@pytest.mark.parametrize(
    ("name", "files"),
    [("青石镇", 1), ("临川县白沙乡", 1), ("乡", 1), ("", 0), ("没有的镇", 0)],
)
def test_townships_are_found_by_name(reading: Reading, name: str, files: int) -> None:
    assert len(reading.named(name)) == files


def test_the_order_of_reading_follows_files_and_places(reading: Reading) -> None:
    places = [(reading.reports[fact.report].file, fact.start) for fact in reading.activities.values()]
    assert places == sorted(places)
