"""The checks of OOPS! (pitfalls of ontologies, P…) and of qSKOS (of vocabularies) that apply here."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, VANN
from rdflib.term import Node

from ontology import sources, terms
from ontology.namespaces import ZL
from ontology.validation import validate_vocabulary

CONTRACT = Path(__file__).parent / "data" / "contract"
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
SKOS_TERMS = {
    *(SKOS.Concept, SKOS.ConceptScheme, SKOS.inScheme, SKOS.hasTopConcept, SKOS.topConceptOf, SKOS.notation),
    *(SKOS.broader, SKOS.narrower, SKOS.related, SKOS.example, SKOS.scopeNote, SKOS.definition, *LABELS),
}


def ours(graph: Graph, *kinds: URIRef) -> set[Node]:
    return {s for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(terms.ZL)}


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str | None]:
    return sorted(value.language for value in graph.objects(subject, predicate) if isinstance(value, Literal))


def members(graph: Graph, node: Node) -> set[Node]:
    """The classes that a domain or range names: itself, or those of its union."""
    union = graph.value(node, OWL.unionOf)
    return {node} if union is None else set(Collection(graph, union))


# The ontology


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_everything_is_labelled_and_defined_in_both_languages(ontology_graph: Graph, predicate: URIRef) -> None:
    """P08, P34, P35."""
    for name in sorted(terms.NAMES):
        assert languages(ontology_graph, ZL[name], predicate) == ["en", "zh"], name


@pytest.mark.parametrize("kind", [OWL.Class, *PROPERTY_KINDS], ids=lambda kind: str(kind).rpartition("#")[2])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_have_the_same_label(ontology_graph: Graph, kind: URIRef, lang: str) -> None:
    """P32."""
    labels = [v for s in ours(ontology_graph, kind) for v in ontology_graph[s : RDFS.label] if v.language == lang]
    assert [label for label, times in Counter(labels).items() if times > 1] == []


def test_names_follow_one_manner(ontology_graph: Graph) -> None:
    """P22: classes begin with a capital, properties do not, and neither holds a separator."""
    local = {
        kind: [str(s)[len(terms.ZL) :] for s in ours(ontology_graph, kind)] for kind in (OWL.Class, *PROPERTY_KINDS)
    }
    for kind, names in local.items():
        assert all(name.isalnum() and name[0].isupper() == (kind == OWL.Class) for name in names)


def test_relations_between_things_have_an_inverse(ontology_graph: Graph) -> None:
    """P13. Those that lead to a concept have none: a concept does not know the graphs that use it."""
    has = {p for pair in ontology_graph.subject_objects(OWL.inverseOf) for p in pair}
    lacking = ours(ontology_graph, OWL.ObjectProperty) - has
    assert lacking == {ZL[name] for name in terms.CONCEPT_PROPERTIES}


def test_inverses_swap_domain_and_range(ontology_graph: Graph) -> None:
    """P05."""
    graph = ontology_graph
    for one, other in graph.subject_objects(OWL.inverseOf):
        if not str(one).startswith(terms.ZL):
            continue
        for near, far in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            mine, theirs = graph.value(one, near, any=False), graph.value(other, far, any=False)
            assert mine is not None and theirs is not None
            assert members(graph, mine) == members(graph, theirs), one


def test_properties_have_one_domain_and_one_range(ontology_graph: Graph) -> None:
    """P11, P19: two domains would be meant as a union and read as an intersection."""
    for prop in ours(ontology_graph, OWL.ObjectProperty, OWL.DatatypeProperty):
        for end in (RDFS.domain, RDFS.range):
            assert len(list(ontology_graph.objects(prop, end))) == 1, (prop, end)


def test_no_domain_or_range_is_unknown_or_everything(ontology_graph: Graph) -> None:
    graph = ontology_graph
    for prop in ours(graph, OWL.ObjectProperty):
        for end in (RDFS.domain, RDFS.range):
            for cls in members(graph, graph.value(prop, end, any=False) or prop):
                assert (cls, RDF.type, OWL.Class) in graph, prop


def test_every_class_is_connected(ontology_graph: Graph) -> None:
    """P04."""
    graph = ontology_graph
    ends = [node for end in (RDFS.domain, RDFS.range) for node in graph.objects(None, end)]
    used = {cls for node in ends for cls in members(graph, node)}
    used |= {s for s in ours(graph, OWL.Class) if graph.value(s, OWL.equivalentClass)}
    assert ours(graph, OWL.Class) - used - {ZL.Build} == set()


def test_no_class_stands_above_itself(ontology_graph: Graph) -> None:
    """P06."""
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for one in ontology_graph.subjects(relation):
            above = {a for b in ontology_graph[one:relation] for a in ontology_graph.transitive_objects(b, relation)}
            assert one not in above


def test_what_stands_beside_each_other_is_disjoint(ontology_graph: Graph) -> None:
    """P10: only a township and an actor may be the same (a township acts), and a person is an actor."""
    graph = ontology_graph
    lists = [
        set(Collection(graph, graph.value(a, OWL.members, any=False) or a))
        for a in graph[: RDF.type : OWL.AllDisjointClasses]
    ]
    apart = {frozenset((a, b)) for group in lists for a in group for b in group if a != b}
    main = [
        c for c in ours(graph, OWL.Class) if not any(str(s).startswith(terms.ZL) for s in graph[c : RDFS.subClassOf])
    ]
    main = [c for c in main if not graph.value(c, OWL.equivalentClass)]
    together = {frozenset((a, b)) for a in main for b in main if a != b} - apart
    assert together == {frozenset((ZL.Township, ZL.Actor))}


def test_the_ontology_says_who_made_it_and_how_it_may_be_used(ontology_graph: Graph) -> None:
    """P38, P39, P41."""
    (header,) = ontology_graph.subjects(RDF.type, OWL.Ontology)
    wanted = [OWL.versionIRI, OWL.versionInfo, DCTERMS.creator, DCTERMS.license, VANN.preferredNamespaceUri]
    assert all(ontology_graph.value(header, predicate) for predicate in wanted)
    assert languages(ontology_graph, header, DCTERMS.title) == ["en", "zh"]
    assert str(ontology_graph.value(header, VANN.preferredNamespaceUri)) == terms.ZL


# The vocabulary


def concepts(graph: Graph) -> Iterator[tuple[Node, Node]]:
    return graph.subject_objects(SKOS.inScheme)


def test_the_vocabulary_is_valid() -> None:
    assert validate_vocabulary(lang="en") == []


@pytest.mark.parametrize("scheme", ["activity", "actor", "indicator", "occasion", "status", "qualifier", "unit"])
def test_no_concept_is_without_a_place_in_its_hierarchy(vocabulary_graph: Graph, scheme: str) -> None:
    graph, iri = vocabulary_graph, URIRef(terms.scheme(scheme))
    mine = set(graph.subjects(SKOS.inScheme, iri))
    tops = set(graph.objects(iri, SKOS.hasTopConcept))
    reached = {below for top in tops for below in graph.transitive_subjects(SKOS.broader, top)}
    assert mine and tops and reached == mine


def test_no_concept_is_broader_than_itself(vocabulary_graph: Graph) -> None:
    for concept in set(vocabulary_graph.subjects(SKOS.broader)):
        above = {
            a
            for b in vocabulary_graph[concept : SKOS.broader]
            for a in vocabulary_graph.transitive_objects(b, SKOS.broader)
        }
        assert concept not in above


def test_hierarchies_stay_within_their_scheme(vocabulary_graph: Graph) -> None:
    scheme = dict(concepts(vocabulary_graph))
    for narrow, broad in vocabulary_graph.subject_objects(SKOS.broader):
        assert scheme[narrow] == scheme[broad], narrow


def test_hierarchies_say_nothing_twice(vocabulary_graph: Graph) -> None:
    """Neither a shortcut past a concept in between, nor a related concept that is above."""
    graph = vocabulary_graph
    for concept in set(graph.subjects(SKOS.broader)):
        above = list(graph[concept : SKOS.broader])
        further = {a for b in above for c in graph[b : SKOS.broader] for a in graph.transitive_objects(c, SKOS.broader)}
        assert not further & set(above)
        assert not (further | set(above)) & set(graph[concept : SKOS.related])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_concepts_of_a_scheme_have_the_same_name(vocabulary_graph: Graph, lang: str) -> None:
    named = Counter(
        (scheme, str(label).casefold())
        for concept, scheme in concepts(vocabulary_graph)
        for label in vocabulary_graph[concept : SKOS.prefLabel]
        if isinstance(label, Literal) and label.language == lang
    )
    assert [name for name, times in named.items() if times > 1] == []


def test_notations_are_the_ends_of_the_iris(vocabulary_graph: Graph) -> None:
    for concept, notation in vocabulary_graph.subject_objects(SKOS.notation):
        assert str(concept) == f"{vocabulary_graph.value(concept, SKOS.inScheme)}/{notation}"


def test_every_label_has_a_language_that_we_speak(vocabulary_graph: Graph) -> None:
    """A match-only variant needs none."""
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.definition):
        for concept, label in vocabulary_graph.subject_objects(predicate):
            assert isinstance(label, Literal) and label.language in {"zh", "en"}, (concept, label)


def test_no_phrase_is_two_kinds_of_label(vocabulary_graph: Graph) -> None:
    """SKOS S13."""
    kinds = Counter(
        (concept, label) for predicate in LABELS for concept, label in vocabulary_graph.subject_objects(predicate)
    )
    assert [key for key, times in kinds.items() if times > 1] == []


def test_a_phrase_that_repeats_the_name_stays_as_a_pattern() -> None:
    edited = sources.load(sources.vocabulary_files())
    repeated = [(c, n) for c, n in edited.subject_objects(SKOS.prefLabel) if (c, SKOS.altLabel, n) in edited]
    published = sources.vocabulary()
    assert repeated
    assert all((concept, ZL.pattern, Literal(str(name))) in published for concept, name in repeated)


def test_only_terms_that_skos_and_we_define_are_used(vocabulary_graph: Graph) -> None:
    used = {t for triple in vocabulary_graph for t in triple[1:] if isinstance(t, URIRef)}
    assert {t for t in used if str(t).startswith(str(SKOS))} <= SKOS_TERMS
    assert {str(t) for t in used if str(t).startswith(terms.ZL)} <= {terms.zl(name) for name in terms.NAMES}


def test_every_concept_that_is_spoken_of_is_described(vocabulary_graph: Graph) -> None:
    spoken = {
        t for triple in vocabulary_graph for t in triple if str(t).startswith(terms.BASE) and isinstance(t, URIRef)
    }
    spoken = {t for t in spoken if not str(t).startswith(terms.ZL)}
    described = {s for s, _ in concepts(vocabulary_graph)} | set(vocabulary_graph[: RDF.type : SKOS.ConceptScheme])
    assert spoken - described == set()


def test_indicators_are_written_in_their_usual_unit(vocabulary_graph: Graph) -> None:
    graph = vocabulary_graph
    for indicator in graph.subjects(ZL.indicatorOf):
        classifier, unit = graph.value(indicator, ZL.usualClassifier), graph.value(indicator, ZL.usualUnit)
        assert classifier in set(graph[unit : SKOS.altLabel]), indicator
        assert (str(unit).endswith("/percent")) == (str(graph.value(indicator, ZL.figureKind)) == "rate"), indicator


def rows() -> Iterator[tuple[str, dict[str, str]]]:
    for file in sorted(CONTRACT.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            yield from ((file.stem, row) for row in csv.DictReader(lines, delimiter="\t"))


@pytest.mark.parametrize(("scheme", "row"), list(rows()), ids=lambda v: v if isinstance(v, str) else v["notation"])
def test_the_published_tables_hold(vocabulary_graph: Graph, scheme: str, row: dict[str, str]) -> None:
    """Names that others query by stay as they are, whatever is added."""
    graph, concept = vocabulary_graph, URIRef(terms.concept(scheme, row["notation"]))
    assert Literal(row["notation"]) in set(graph[concept : SKOS.notation])
    assert {Literal(row["zh"], "zh"), Literal(row["en"], "en")} == set(graph[concept : SKOS.prefLabel])
    above = [URIRef(terms.concept(scheme, row["broader"]))] if row.get("broader") else []
    assert list(graph[concept : SKOS.broader]) == above
    if row.get("activity"):
        assert list(graph[concept : ZL.indicatorOf]) == [URIRef(terms.concept("activity", row["activity"]))]
        assert list(graph[concept : ZL.usualClassifier]) == [Literal(row["unit"], "zh")]
