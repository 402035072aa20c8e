"""What a page tells of its nodes and edges: whole counts, and no more facts than fit."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import network
from graph.reading import Fact, Reading, read
from graph.views.details import gather, limit_for, spread
from graph.views.picture import identify
from graph.views.sentences import LONGEST, cited
from tests.views_small import small_store, small_texts


@pytest.fixture(scope="module")
def reading() -> Reading:
    return network.read(small_store())


def fact(report: int, at: int, status: str = "done") -> Fact:
    return Fact(status, f"r{report}", "activity/mediation", at, at + 1, "")


@given(st.lists(st.integers(1, 40), max_size=30), st.integers(1, 300))
def test_the_limit_keeps_the_whole_within_bounds(sizes: list[int], kept: int) -> None:
    limit = limit_for(sizes, kept)
    assert limit >= 1
    if limit > 1:
        assert sum(min(size, limit) for size in sizes) <= kept


def test_nothing_is_left_out_where_all_fit() -> None:
    assert limit_for([3, 5, 9], kept=17) == 9


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["done", "planned", "deficient"])), max_size=60),
    st.integers(1, 20),
)
def test_a_choice_of_facts_is_in_order_and_of_the_size_asked(lines: list[tuple[int, str]], limit: int) -> None:
    facts = [fact(report, at, status) for at, (report, status) in enumerate(lines)]
    chosen = spread(facts, limit)
    assert len(chosen) == min(len(facts), limit)
    assert [one.start for one in chosen] == sorted({one.start for one in chosen})


def test_a_choice_shows_every_report_and_status_before_any_twice() -> None:
    facts = [fact(0, at) for at in range(50)] + [fact(1, 50, "planned"), fact(2, 51), fact(2, 52, "deficient")]
    chosen = spread(facts, 4)
    assert Counter((one.report, one.status) for one in chosen) == {
        ("r0", "done"): 1,
        ("r1", "planned"): 1,
        ("r2", "done"): 1,
        ("r2", "deficient"): 1,
    }


def test_counts_stay_whole_where_facts_are_capped(reading: Reading) -> None:
    graph = network.overview(reading)
    ids = identify(graph)
    texts = small_texts()
    capped = gather(graph, ids, reading, texts.get, kept=1)
    whole = gather(graph, ids, reading, texts.get)
    assert capped["limit"] == 1
    assert {name: told["cells"] for name, told in capped["told"].items()} == {
        name: told["cells"] for name, told in whole["told"].items()
    }
    assert all(len(told["facts"]) == 1 for told in capped["told"].values())
    for told in whole["told"].values():
        assert sum(told["cells"][4::5]) == len(told["facts"])


def test_the_pages_numbers_are_those_of_sparql() -> None:
    store = small_store()
    query = """PREFIX zl: <https://w3id.org/zhili/ns#>
        SELECT ?name ?year ?status (COUNT(DISTINCT ?a) AS ?n) WHERE {
          ?a zl:activityType ?type ; zl:status ?status ; zl:inReport ?report .
          ?report zl:year ?year ; zl:township/<http://www.w3.org/2000/01/rdf-schema#label> ?name }
        GROUP BY ?name ?year ?status"""
    answer = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    asked = {
        (row["name"].value, int(row["year"].value), row["status"].value.rpartition("/")[2]): int(row["n"].value)
        for row in answer
    }
    reading = read(store)
    graph = network.overview(reading)
    ids = identify(graph)
    page = gather(graph, ids, reading, small_texts().get)
    shown: Counter[tuple[str, int, str]] = Counter()
    for one, other, kind in graph.edges(data="kind"):
        cells = page["told"][f"{ids[one]} {ids[other]}"]["cells"] if kind == "holds" else []
        for township, year, status, _, count in zip(*[iter(cells)] * 5, strict=True):
            shown[page["townships"][township][0], year, page["statuses"][status]] += count
    assert shown == asked


def test_every_fact_marks_its_own_words(reading: Reading) -> None:
    graph = network.overview(reading)
    texts = small_texts()
    told = gather(graph, identify(graph), reading, texts.get)
    marked = set()
    for sentence, start, end, *_ in told["facts"]:
        marked.add(told["sentences"][sentence][2][start:end])
    said = {texts[fact.report][fact.start : fact.end] for *_, facts in graph.edges(data="facts") for fact in facts}
    assert marked == said


def test_a_missing_text_leaves_an_empty_sentence(reading: Reading) -> None:
    graph = network.overview(reading)
    told = gather(graph, identify(graph), reading, lambda _: None)
    assert {row[2] for row in told["sentences"]} == {""}


@given(st.text("甲乙丙。！\n ；", min_size=1, max_size=400), st.data())
def test_a_sentence_holds_its_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = cited(text, start, end)
    assert found.text[found.start : found.end] == text[start:end]
    assert len(found.text) <= max(LONGEST, end - start + 122)


@pytest.mark.parametrize(
    ("text", "passage", "sentence"),
    [
        ("甲。乙丙，丁。戊", "丙", "乙丙，丁。"),
        ("一、标题\n  乙丙，丁\n戊", "丁", "乙丙，丁"),
        ("甲" * 200 + "乙" + "丙" * 200 + "。", "乙", "…" + "甲" * 60 + "乙" + "丙" * 60 + "…"),
        ("甲。乙", "乙", "乙"),
    ],
)
def test_sentences_end_where_they_end(text: str, passage: str, sentence: str) -> None:
    start = text.index(passage)
    assert cited(text, start, start + len(passage)).text == sentence
