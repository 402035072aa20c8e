"""The numbers of the analyses are those that SPARQL gives on the same store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.analysis import ground_of
from graph.analysis.actors import centrality, network
from graph.analysis.ground import Ground
from graph.analysis.matrix import matrix
from graph.analysis.outliers import by_indicator
from graph.analysis.questions import answers
from graph.build import build
from graph.store import Build, open_build

CORPUS = Path(__file__).parent / "corpus"

DONE = "?a zl:status status:done ; zl:inReport ?r . ?r zl:township/rdfs:label ?town ."
MATRIX = f"SELECT ?town ?type (COUNT(?a) AS ?n) {{ ?a zl:activityType ?type . {DONE} }} GROUP BY ?town ?type"
TOGETHER = """SELECT ?one ?other (COUNT(DISTINCT ?a) AS ?n) {
  ?p zl:activity ?a ; zl:actor/zl:actorType ?one ; zl:role "participates" .
  ?q zl:activity ?a ; zl:actor/zl:actorType ?other ; zl:role "participates" .
  ?a zl:status status:done FILTER (STR(?one) < STR(?other)) } GROUP BY ?one ?other"""
TAKES_PART = """SELECT ?type (COUNT(DISTINCT ?a) AS ?n) {
  ?p zl:activity ?a ; zl:actor/zl:actorType ?type ; zl:role "participates" } GROUP BY ?type"""
COUNTED = """SELECT ?town ?indicator (MAX(?v) AS ?most) { ?m zl:indicator ?indicator ; zl:value ?v ; zl:status status:done ;
  zl:inReport/zl:township/rdfs:label ?town . FILTER NOT EXISTS { ?indicator zl:figureKind "rate" } }
  GROUP BY ?town ?indicator"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    out = tmp_path_factory.mktemp("analysed")
    build(sorted(CORPUS.glob("*/texts/*.txt")), out)
    with open_build(out) as held:
        yield held


@pytest.fixture(scope="module")
def ground(opened: Build) -> Ground:
    return ground_of(opened)


def asked(opened: Build, sparql: str) -> set[tuple[object, ...]]:
    rows = opened.ask(sparql).rows
    return {tuple(_short(value.python) for value in row) for row in rows}


def _short(value: object) -> object:
    return value.removeprefix("https://w3id.org/zhili/") if isinstance(value, str) else value


def test_the_matrix_counts_what_sparql_counts(opened: Build, ground: Ground) -> None:
    table = matrix(ground)
    names = [ground.about.townships[iri].name for iri in table.townships]
    cells = {
        (names[row], type_, int(table.counts[row, column]))
        for row in range(len(names))
        for column, type_ in enumerate(table.types)
        if table.counts[row, column]
    }
    assert cells == asked(opened, MATRIX)
    assert len(cells) > 100


def test_actors_share_what_sparql_says(opened: Build, ground: Ground) -> None:
    edges = {(*sorted(pair[:2]), pair[2]["weight"]) for pair in network(ground).edges(data=True)}
    assert edges == asked(opened, TOGETHER)
    assert len(edges) > 20


def test_centrality_counts_what_sparql_counts(opened: Build, ground: Ground) -> None:
    counts = dict(asked(opened, TAKES_PART))  # type: ignore[arg-type]
    rows = centrality(ground).rows
    assert rows
    assert {row.actor: row.activities for row in rows} == {row.actor: counts[row.actor] for row in rows}


def test_figures_are_the_largest_of_what_was_done(opened: Build, ground: Ground) -> None:
    names = {iri: ground.about.townships[row.township].name for iri, row in ground.about.reports.items()}
    figures = by_indicator(ground, ground.latest.values())
    shown = {
        (names[one.report], indicator, one.value)
        for indicator, found in figures.items()
        if indicator not in ground.rates
        for one in found
    }
    largest = {row for row in asked(opened, COUNTED) if row[1] != "indicator/other"}
    assert shown == largest
    assert len(shown) > 50


def test_figures_are_those_of_the_cube(opened: Build, ground: Ground) -> None:
    from ontology.cube import observations
    from ontology.terms import expand

    derived = expand("prov:wasDerivedFrom")
    cube = {triple.object.value for triple in observations(opened.store) if triple.predicate.value == derived}
    chosen = {figure.iri for figure in ground.chosen.values()}
    planned = {figure.iri for figure in ground.figures if figure.status != "done"}
    assert chosen == cube - planned


@pytest.mark.parametrize("name", ["outliers", "gaps", "actors"])
def test_every_row_stands_on_a_fact_of_the_store(ground: Ground, name: str) -> None:
    (found,) = answers(ground, (name,))
    assert found.reports > 0
    for row in found.rows:
        if hasattr(row, "fact"):
            place = ground.places(row.report)[row.fact]
            text = ground.text(row.report)
            assert text is not None
            assert text[place.start : place.end].strip()


def test_frames_hold_the_rows(ground: Ground) -> None:
    pandas = pytest.importorskip("pandas", reason="needs pandas (pip install zhili[notebook])")
    (found,) = answers(ground, ("gaps",))
    frame = found.frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(found.columns)
    assert len(frame) == len(found.rows)
    table = matrix(ground)
    assert table.frame().to_numpy().sum() == table.counts.sum() == table.graph().size(weight="weight")
