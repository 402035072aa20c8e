from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import SKOS, Literal, URIRef

from ontology import sources, terms
from ontology.namespaces import ACTIVITY, INDICATOR, ZL

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix zl: <https://w3id.org/zhili/ns#> .
<x:a> skos:prefLabel "调解"@zh ; skos:altLabel "调解"@zh , "说和"@zh ; skos:broader <x:b> .
<x:b> skos:topConceptOf <x:s> .
<x:i> zl:indicatorOf <x:a> .
"""


def test_files_are_those_of_every_folder_in_one_order() -> None:
    names = [path.relative_to(sources.VOCABULARY).as_posix() for path in sources.vocabulary_files()]
    assert names == sorted(names)
    assert {"activities.ttl", "phrases/publicity.ttl"} <= set(names)


def test_what_is_edited_becomes_plain_skos(tmp_path: Path) -> None:
    file = tmp_path / "词表.ttl"
    file.write_text(TURTLE, encoding="utf-8")
    graph = sources.complete(sources.load([file]))
    a, b, s, i = (URIRef(f"x:{name}") for name in "absi")
    assert {(b, SKOS.narrower, a), (s, SKOS.hasTopConcept, b), (a, ZL.hasIndicator, i)} <= set(graph)
    assert set(graph[a : SKOS.altLabel]) == {Literal("说和", "zh")}
    assert set(graph[a : ZL.pattern]) == {Literal("调解")}


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    file = tmp_path / "坏的.ttl"
    file.write_text("调解", encoding="utf-8")
    with pytest.raises(ValueError, match=r"坏的\.ttl"):
        sources.load([file])


def test_everything_holds_ontology_cube_and_vocabulary() -> None:
    graph = sources.everything()
    for subject in (ZL.Activity, URIRef(terms.BASE + "cube"), ACTIVITY.mediation, INDICATOR.grids):
        assert next(graph.predicates(subject), None) is not None
