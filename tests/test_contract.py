"""What anyone may query a build for: every name, its kind of value and how often it stands, over the bundled sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from graph.build import build
from graph.sample import sample_paths
from ontology import terms

STATES = "done|planned|deficient"
BOUNDS = "exact|over|about|under"
MANY = None

#: class, property, least, most, what a value is: a datatype, a language (@zh), a class, a folder of concepts, or words.
CONTRACT = [
    ("zl:Report", "zl:sourceFile", 1, 1, "xsd:string"),
    ("zl:Report", "zl:township", 1, 1, "zl:Township"),
    ("zl:Report", "zl:year", 0, 1, "xsd:gYear"),
    ("zl:Report", "dcterms:title", 0, 1, "xsd:string"),
    ("zl:Township", "rdfs:label", 1, 1, "@zh"),
    ("zl:Township", "zl:divisionType", 1, 1, "xsd:string"),
    ("zl:Township", "zl:partOf", 0, MANY, "zl:Division"),
    ("zl:Township", "zl:held", 0, MANY, "zl:Activity"),
    ("zl:Division", "rdfs:label", 1, 1, "@zh"),
    ("zl:Activity", "zl:activityType", 1, 1, "activity/"),
    ("zl:Activity", "zl:status", 1, 1, f"status/{STATES}"),
    ("zl:Activity", "zl:inReport", 1, 1, "zl:Report"),
    ("zl:Activity", "zl:evidence", 1, MANY, "zl:Passage"),
    ("zl:Activity", "zl:hasMeasure", 0, MANY, "zl:Measure"),
    ("zl:Activity", "zl:targets", 0, MANY, "zl:Actor"),
    ("zl:Activity", "zl:occasion", 0, MANY, "occasion/"),
    ("zl:Actor", "zl:actorType", 1, 1, "actor/"),
    ("zl:Actor", "rdfs:label", 1, 1, "@zh"),
    ("zl:Actor", "zl:participatesIn", 0, MANY, "zl:Activity"),
    ("zl:Actor", "zl:ofTownship", 0, 1, "zl:Township"),
    ("zl:Measure", "zl:indicator", 1, 1, "indicator/"),
    ("zl:Measure", "zl:value", 1, 1, "xsd:decimal"),
    ("zl:Measure", "zl:unit", 1, 1, "xsd:string"),
    ("zl:Measure", "zl:qualifier", 1, 1, f"qualifier/{BOUNDS}"),
    ("zl:Measure", "zl:status", 1, 1, f"status/{STATES}"),
    ("zl:Measure", "zl:inReport", 1, 1, "zl:Report"),
    ("zl:Measure", "zl:evidence", 1, 1, "zl:Passage"),
    ("zl:Participation", "zl:actor", 1, 1, "zl:Actor"),
    ("zl:Participation", "zl:activity", 1, 1, "zl:Activity"),
    ("zl:Participation", "zl:role", 1, 1, "participates|targets"),
    ("zl:Participation", "zl:evidence", 1, 1, "zl:Passage"),
    ("zl:Person", "rdf:type", 2, 2, "zl:Person|zl:Actor"),
    ("zl:Person", "foaf:name", 1, 1, "xsd:string"),
    ("zl:Person", "zl:office", 1, 1, "xsd:string"),
    ("zl:Instrument", "dcterms:title", 1, 1, "xsd:string"),
    ("zl:Instrument", "zl:issuedIn|zl:citedIn", 1, MANY, "zl:Report"),
    ("zl:Passage", "zl:quote", 1, 1, "xsd:string"),
    ("zl:Passage", "zl:start", 1, 1, "xsd:integer"),
    ("zl:Passage", "zl:end", 1, 1, "xsd:integer"),
    ("zl:Passage", "zl:section", 0, 1, "xsd:string"),
    ("skos:Concept", "skos:notation", 1, 1, "xsd:string"),
    ("skos:Concept", "skos:prefLabel", 2, 2, "@zh|@en"),
    ("skos:Concept", "skos:definition", 1, MANY, "@zh|@en"),
    ("skos:Concept", "skos:inScheme", 1, 1, "skos:ConceptScheme"),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build(sample_paths(), folder)
    return folder


@pytest.fixture(scope="module")
def graph(out: Path) -> Graph:
    return Graph().parse(out / "graph.ttl")


def kinds(value: Literal | URIRef, graph: Graph) -> set[str]:
    """Say everything that a value is, in the words of the table."""
    if isinstance(value, Literal):
        return {f"@{value.language}"} if value.language else {str(value.datatype or terms.expand("xsd:string"))}
    return {str(value), *map(str, graph.objects(value, RDF.type))}


def allowed(said: str, value: Literal | URIRef, graph: Graph) -> bool:
    if (folder := terms.BASE + said.partition("/")[0] + "/") and "/" in said:
        name = str(value).removeprefix(folder)
        concept = (value, RDF.type, SKOS.Concept) in graph
        return concept and str(value) == folder + name and name in (said.partition("/")[2] or name).split("|")
    if said == "participates|targets":
        return str(value) in said.split("|")
    names = {one if one.startswith("@") else terms.expand(one) for one in said.split("|")}
    return not names.isdisjoint(kinds(value, graph))


@pytest.mark.parametrize(("kind", "names", "least", "most", "said"), CONTRACT)
def test_each_property_stands_as_often_as_it_should(
    graph: Graph, kind: str, names: str, least: int, most: int | None, said: str
) -> None:
    subjects = list(graph.subjects(RDF.type, URIRef(terms.expand(kind))))
    properties = [URIRef(terms.expand(name)) for name in names.split("|")]
    found = {one: [value for name in properties for value in graph.objects(one, name)] for one in subjects}
    assert any(found.values())
    assert [one for one, values in found.items() if not least <= len(values) <= (most or len(values))] == []
    assert [value for values in found.values() for value in values if not allowed(said, value, graph)] == []


def test_each_plain_triple_has_a_participation_behind_it_and_the_reverse(graph: Graph) -> None:
    plain = {(actor, act, "participates") for actor, act in graph.subject_objects(URIRef(terms.zl("participatesIn")))}
    plain |= {(actor, act, "targets") for act, actor in graph.subject_objects(URIRef(terms.zl("targets")))}
    actor, activity, role = (URIRef(terms.zl(name)) for name in ("actor", "activity", "role"))
    behind = {
        (graph.value(one, actor), graph.value(one, activity), str(name)) for one, name in graph.subject_objects(role)
    }
    assert plain == behind


def test_a_quote_is_what_the_kept_text_says(graph: Graph, out: Path) -> None:
    names = ("quote", "start", "end", "inReport", "sourceFile")
    quote, start, end, report, file = (URIRef(terms.zl(name)) for name in names)
    texts = {one: (out / "texts" / str(name)).read_bytes().decode() for one, name in graph.subject_objects(file)}
    wrong = [
        one
        for one, words in graph.subject_objects(quote)
        if texts[graph.value(one, report)][int(graph.value(one, start)) : int(graph.value(one, end))] != str(words)
    ]
    assert wrong == []
