from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from ontology import sources, terms
from ontology.namespaces import ACTIVITY, INDICATOR, ZL
from ontology.reading import read
from ontology.validation import misquoted, validate, validate_vocabulary

BUILD = Path(__file__).parent / "data" / "small-build.ttl"
TEXT = "石桥乡司法所开展普法宣传20余次，发放资料。"


def thing(name: str) -> URIRef:
    return URIRef(terms.DATA + name)


@pytest.fixture
def build() -> Graph:
    return read(BUILD)


@pytest.fixture
def vocabulary(vocabulary_graph: Graph) -> Graph:
    return Graph() + vocabulary_graph


def test_a_whole_build_is_valid() -> None:
    assert validate(BUILD) == []


def test_validating_leaves_the_graph_as_it_was(build: Graph) -> None:
    before = len(build)
    validate(build)
    assert len(build) == before


NEEDED = [
    ("report", ZL.sourceFile),
    ("report", ZL.township),
    ("township", RDFS.label),
    ("township", ZL.divisionType),
    ("township", ZL.held),
    ("division", RDFS.label),
    ("activity", ZL.activityType),
    ("activity", ZL.status),
    ("activity", ZL.inReport),
    ("activity", ZL.evidence),
    ("office", ZL.actorType),
    ("office", RDFS.label),
    ("person", FOAF.name),
    ("person", ZL.office),
    ("measure", ZL.indicator),
    ("measure", ZL.value),
    ("measure", ZL.unit),
    ("measure", ZL.qualifier),
    ("measure", ZL.status),
    ("measure", ZL.inReport),
    ("measure", ZL.evidence),
    ("joins", ZL.actor),
    ("joins", ZL.activity),
    ("joins", ZL.role),
    ("joins", ZL.evidence),
    ("plan", DCTERMS.title),
    ("plan", ZL.issuedIn),
    ("finding", ZL.findingKind),
    ("finding", ZL.inReport),
    ("finding", ZL.evidence),
    ("finding", RDFS.comment),
    ("passage", ZL.quote),
    ("passage", ZL.start),
    ("passage", ZL.end),
]


@pytest.mark.parametrize(("name", "predicate"), NEEDED, ids=lambda p: str(p).rpartition("#")[2])
def test_what_the_contract_asks_for_is_missed(build: Graph, name: str, predicate: URIRef) -> None:
    build.remove((thing(name), predicate, None))
    assert validate(build)


OPTIONAL = [
    ("report", ZL.year),
    ("report", DCTERMS.title),
    ("township", ZL.partOf),
    ("activity", ZL.hasMeasure),
    ("activity", ZL.occasion),
    ("office", ZL.ofTownship),
    ("passage", ZL.section),
]


@pytest.mark.parametrize(("name", "predicate"), OPTIONAL, ids=lambda p: str(p).rpartition("#")[2])
def test_what_may_be_absent_is_not_missed(build: Graph, name: str, predicate: URIRef) -> None:
    build.remove((thing(name), predicate, None))
    assert validate(build) == []


WRONG: list[tuple[str, URIRef, Node]] = [
    ("report", ZL.year, Literal(2023)),
    ("report", ZL.township, thing("division")),
    ("township", RDFS.label, Literal("Shiqiao")),
    ("activity", ZL.activityType, ACTIVITY["legal-publicty"]),
    ("activity", ZL.activityType, INDICATOR["publicity-events"]),
    ("activity", ZL.activityType, Literal("legal-publicity")),
    ("activity", ZL.status, URIRef(terms.concept("status", "doing"))),
    ("activity", ZL.occasion, ACTIVITY["legal-publicity"]),
    ("activity", ZL.evidence, thing("report")),
    ("measure", ZL.value, Literal("二十")),
    ("measure", ZL.value, Literal("-1", datatype=XSD.decimal)),
    ("measure", ZL.unit, Literal("")),
    ("joins", ZL.role, Literal("target")),
    ("plan", DCTERMS.title, Literal("《石桥乡普法工作方案》")),
    ("finding", ZL.findingKind, Literal("mistake")),
    ("passage", ZL.quote, Literal(" ")),
    ("passage", ZL.start, Literal(-1)),
    ("passage", ZL.start, Literal(16)),
    ("passage", ZL.end, Literal("16")),
]


@pytest.mark.parametrize(("name", "predicate", "value"), WRONG)
def test_a_wrong_value_is_named_in_both_languages(build: Graph, name: str, predicate: URIRef, value: Node) -> None:
    build.set((thing(name), predicate, value))
    chinese, english = validate(build, "zh"), validate(build, "en")
    assert [r for r in chinese if r.focus == str(thing(name))]
    assert [r[:3] for r in chinese] == [r[:3] for r in english]
    assert all("\u4e00" <= r.message[0] <= "\u9fff" for r in chinese)
    assert all(r.message[0].isascii() for r in english)


def test_strings_typed_as_such_are_strings(build: Graph) -> None:
    build.set((thing("joins"), ZL.role, Literal("participates", datatype=XSD.string)))
    assert validate(build) == []


@pytest.mark.parametrize(
    ("name", "predicate", "words"),
    [
        ("joins", RDF.type, "no zl:Participation stands behind it"),
        ("aimed", RDF.type, "no zl:Participation stands behind it"),
        ("office", ZL.participatesIn, "not joined by it"),
        ("activity", ZL.targets, "not joined by it"),
    ],
)
def test_plain_triples_and_participations_say_the_same(build: Graph, name: str, predicate: URIRef, words: str) -> None:
    build.remove((thing(name), predicate, None))
    (result,) = validate(build, "en")
    assert words in result.message
    assert result.value == str(thing("activity"))


OWN = """@prefix act: <https://w3id.org/zhili/activity/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
act:river-care a skos:Concept ; skos:inScheme <https://w3id.org/zhili/activity> ; skos:notation "river-care" ;
    skos:broader act:grassroots ; skos:prefLabel "河长制"@zh , "river care"@en ;
    skos:definition "巡河护河。"@zh , "Care of rivers."@en ; skos:altLabel "巡河"@zh .
act:mediation skos:altLabel "说和"@zh .
"""


@pytest.mark.parametrize(
    ("old", "new", "focus"),
    [
        ("", "", None),
        ('"河长制"@zh , ', "", "activity/river-care"),
        ("act:grassroots", "act:gras", "activity/river-care"),
        ('"说和"', '" 说和"', "activity/mediation"),
        ("act:mediation skos:altLabel", "act:mediation skos:prefLabel", "activity/mediation"),
    ],
)
def test_additions_to_the_vocabulary_are_held_against_its_shapes(
    tmp_path: Path, old: str, new: str, focus: str | None
) -> None:
    file = tmp_path / "词表.ttl"
    file.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    assert {result.focus for result in validate(file)} == ({terms.BASE + focus} if focus else set())


def test_a_second_value_is_one_too_many(build: Graph) -> None:
    build.add((thing("measure"), ZL.value, Literal("21", datatype=XSD.decimal)))
    (result,) = validate(build, "en")
    assert result.message == "A measure has exactly one value (zl:value), an xsd:decimal not below zero."


def test_concepts_of_a_vocabulary_of_ones_own_are_known(build: Graph, vocabulary: Graph) -> None:
    own = ACTIVITY["river-care"]
    build.set((thing("activity"), ZL.activityType, own))
    assert validate(build)
    vocabulary.add((own, SKOS.inScheme, URIRef(terms.scheme("activity"))))
    assert validate(build, vocabulary=vocabulary) == []


def test_quotes_are_held_against_the_text(build: Graph) -> None:
    assert misquoted(build, {"石桥乡.txt": TEXT}) == []
    assert misquoted(build, {}) == []
    (result,) = misquoted(build, {"石桥乡.txt": " " + TEXT}, "en")
    assert result.focus == str(thing("passage"))
    assert "乡司法所" in result.message


@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "nq", "rdf", "jsonld"])
def test_every_usual_form_is_read(build: Graph, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"图谱.{form}"
    graph = ox.Dataset(ox.parse(path=str(BUILD), format=ox.RdfFormat.TURTLE))
    ox.serialize(graph, str(file), format=ox.RdfFormat.from_extension(form))
    assert set(read(file)) == set(build)


def test_what_is_no_rdf_is_named(tmp_path: Path) -> None:
    file = tmp_path / "报告.ttl"
    file.write_text("石桥乡", encoding="utf-8")
    with pytest.raises(ValueError, match=r"报告\.ttl"):
        validate(file)
    with pytest.raises(ValueError, match=r"没有\.ttl"):
        validate(tmp_path / "没有.ttl")


@pytest.mark.parametrize("shapes", [sources.SHAPES, sources.VOCABULARY_SHAPES], ids=lambda p: p.name)
def test_shapes_say_what_they_ask_in_both_languages(shapes: Path) -> None:
    graph = sources.load([shapes])
    rules = list(graph.objects(None, URIRef("http://www.w3.org/ns/shacl#property")))
    assert rules
    for rule in rules:
        said = graph.objects(rule, URIRef("http://www.w3.org/ns/shacl#message"))
        assert sorted(str(m.language) for m in said if isinstance(m, Literal)) == ["en", "zh"]


SPOILT: list[tuple[str, URIRef, Node | None]] = [
    ("activity/mediation", SKOS.notation, None),
    ("activity/mediation", SKOS.notation, Literal("Mediation of disputes")),
    ("activity/mediation", SKOS.prefLabel, Literal("mediation", "en")),
    ("activity/mediation", SKOS.definition, None),
    ("activity/mediation", SKOS.broader, None),
    ("activity/mediation", SKOS.broader, ACTIVITY.quarrels),
    ("activity/mediation", SKOS.inScheme, None),
    ("activity/mediation", SKOS.altLabel, Literal(" 调解", "zh")),
    ("indicator/grids", ZL.figureKind, Literal("number")),
    ("indicator/grids", ZL.indicatorOf, INDICATOR.mediators),
    ("indicator/grids", ZL.usualUnit, ACTIVITY.mediation),
    ("activity", SKOS.prefLabel, None),
]


@pytest.mark.parametrize(("name", "predicate", "value"), SPOILT)
def test_a_spoilt_vocabulary_is_found_out(vocabulary: Graph, name: str, predicate: URIRef, value: Node | None) -> None:
    subject = URIRef(terms.BASE + name)
    assert next(vocabulary.objects(subject, RDF.type))
    vocabulary.remove((subject, predicate, None))
    if value is not None:
        vocabulary.add((subject, predicate, value))
    assert str(subject) in {result.focus for result in validate_vocabulary(vocabulary)}
