from __future__ import annotations

import subprocess
import sys

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from ontology import terms
from ontology.namespaces import ZL, bind


@pytest.mark.parametrize("name", sorted(terms.NAMES))
def test_plain_and_rdflib_names_are_the_same(name: str) -> None:
    assert ZL[name] == URIRef(terms.zl(name))


def test_unknown_names_fail() -> None:
    with pytest.raises(KeyError):
        terms.zl("towhship")
    with pytest.raises(KeyError):
        terms.expand("zl:towhship")
    with pytest.raises(KeyError):
        terms.concept("activty", "mediation")
    with pytest.raises(AttributeError):
        ZL.towhship  # noqa: B018


def test_bound_prefixes_replace_those_of_rdflib() -> None:
    assert {p: str(n) for p, n in bind(Graph()).namespaces()}.items() >= dict(terms.PREFIXES).items()


def test_terms_import_nothing_heavy() -> None:
    code = "import sys, ontology.terms; print('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


OWL_KINDS = {
    "CLASSES": {OWL.Class},
    "INVERSES": {OWL.ObjectProperty},
    "CONCEPT_PROPERTIES": {OWL.ObjectProperty},
    "VALUES": {OWL.DatatypeProperty},
    "ANNOTATIONS": {OWL.AnnotationProperty},
}


def test_zhili_ttl_describes_these_names_and_no_others(ontology_graph: Graph) -> None:
    described = {str(s)[len(terms.ZL) :] for s in ontology_graph.subjects(RDF.type) if str(s).startswith(terms.ZL)}
    assert described == terms.NAMES


@pytest.mark.parametrize(("table", "kinds"), OWL_KINDS.items())
def test_each_name_is_of_the_kind_that_its_table_says(ontology_graph: Graph, table: str, kinds: set[URIRef]) -> None:
    for name in getattr(terms, table):
        assert kinds <= set(ontology_graph.objects(ZL[name], RDF.type)), name


def test_inverses_are_those_of_zhili_ttl(ontology_graph: Graph) -> None:
    pairs = ontology_graph.subject_objects(OWL.inverseOf)
    stated = {(str(b), str(a)) for a, b in pairs if str(a).startswith(terms.ZL)}
    assert stated == {(terms.zl(forth), terms.zl(back)) for forth, back in terms.INVERSES.items()}


def test_roles_and_kinds_are_what_the_vocabulary_uses(vocabulary_graph: Graph) -> None:
    assert {str(kind) for kind in vocabulary_graph.objects(None, ZL.figureKind)} == set(terms.FIGURE_KINDS)
