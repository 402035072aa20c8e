from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from extractors.shapes import (
    Activity,
    Document,
    Facts,
    Instrument,
    Measure,
    Participation,
    Person,
    Place,
    Quantity,
    Report,
    Section,
)
from graph import rdf
from ontology import terms

TEXT = "石桥乡司法所开展普法宣传20余次。乡长陶望山督导。印发《普法方案》。县司法局指导。"


def facts(name: str = "a.txt", text: str = TEXT, **changes: object) -> Facts:
    values: dict[str, object] = {
        "document": Document(name, text),
        "report": Report(name, "石桥乡报告", "石桥乡", "乡", 2023, (Place("安肇县", 0, 3),)),
        "sections": (Section(("一、主要工作", "（一）普法"), 0, len(text), "done"),),
        "activities": (Activity("legal-publicity", "done", 3, 15, 0, "普法宣传", ("market-day",)),),
        "measures": (
            Measure("publicity-events", Quantity(12, 15, 20.0, "次", "over"), "done", 8, 15, 0, "普法宣传 … #次", 0),
        ),
        "participations": (
            Participation("justice-office", "司法所", "participates", 0, 3, 15, 0, "subject"),
            Participation("superior", "县司法局", "participates", 0, 36, 40, 0, "subject"),
            Participation("resident", "群众", "targets", 0, 3, 15, 0, "object"),
        ),
        "people": (Person("陶望山", "乡长", 16, 21, 0),),
        "instruments": (Instrument("普法方案", "issued", 26, 32, 0),),
        "unread": (),
    }
    return Facts(**{**values, **changes})  # type: ignore[arg-type]


def ask(said: rdf.Statements, query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(rdf.quads([*said.shared, *said.own], said.graph))
    found = store.query(query, prefixes=rdf.PREFIXES, use_default_graph_as_union=True)
    return sorted(tuple(term.value for term in row) for row in found)  # type: ignore[union-attr]


CONTRACT = [
    ("SELECT ?f ?y ?n ?t { ?r a zl:Report ; zl:sourceFile ?f ; zl:year ?y ; zl:yearNumber ?n ; dcterms:title ?t }",
     [("a.txt", "2023", "2023", "石桥乡报告")]),
    ("SELECT ?l ?d ?p { ?t a zl:Township ; rdfs:label ?l ; zl:divisionType ?d ; zl:partOf/rdfs:label ?p }",
     [("石桥乡", "乡", "安肇县")]),
    ("SELECT ?y { ?t zl:held ?a . ?a zl:activityType ?y ; zl:status status:done ; zl:inReport/zl:township ?t }",
     [(terms.concept("activity", "legal-publicity"),)]),
    ("SELECT ?o { ?a zl:occasion ?o }", [(terms.concept("occasion", "market-day"),)]),
    ("SELECT ?v ?u ?q { ?a zl:hasMeasure ?m . ?m zl:indicator ind:publicity-events ; zl:value ?v ; zl:unit ?u ;"
     " zl:qualifier ?q ; zl:status status:done ; zl:inReport/zl:sourceFile 'a.txt' }",
     [("20", "次", terms.concept("qualifier", "over"))]),
    ("SELECT ?q ?s ?e ?h { ?m a zl:Measure ; zl:evidence ?p ."
     " ?p zl:quote ?q ; zl:start ?s ; zl:end ?e ; zl:section ?h }",
     [("普法宣传20余", "8", "15", "一、主要工作 / （一）普法")]),
    ("SELECT ?l { ?x zl:participatesIn ?a ; zl:actorType actor:justice-office ; rdfs:label ?l ;"
     " zl:ofTownship/zl:held ?a }",
     [("司法所",)]),
    ("SELECT ?l { ?a zl:targets ?x . ?x zl:actorType actor:resident ; rdfs:label ?l }", [("群众",)]),
    ("SELECT ?l { ?x zl:actorType actor:superior ; rdfs:label ?l FILTER NOT EXISTS { ?x zl:ofTownship ?t } }",
     [("县司法局",)]),
    ("SELECT ?role (COUNT(?p) AS ?n) { ?p a zl:Participation ; zl:role ?role ; zl:actor ?x ; zl:activity ?a ;"
     " zl:evidence/zl:quote ?q } GROUP BY ?role", [("participates", "2"), ("targets", "1")]),
    ("SELECT ?n ?o ?t { ?p a zl:Person ; foaf:name ?n ; zl:office ?o ; zl:ofTownship/rdfs:label ?t }",
     [("陶望山", "乡长", "石桥乡")]),
    ("SELECT ?t { ?i a zl:Instrument ; dcterms:title ?t ; zl:issuedIn/zl:sourceFile 'a.txt' }", [("普法方案",)]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), CONTRACT)
def test_facts_are_written_as_the_contract_says(query: str, expected: list[tuple[str, ...]]) -> None:
    assert ask(rdf.statements(facts()), query) == expected


def test_passages_quote_the_text_between_their_offsets() -> None:
    found = ask(rdf.statements(facts()), "SELECT ?q ?s ?e { ?p a zl:Passage ; zl:quote ?q ; zl:start ?s ; zl:end ?e }")
    assert found and all(TEXT[int(start) : int(end)] == quote for quote, start, end in found)


def test_each_township_has_its_own_office_and_shares_its_county() -> None:
    other = Report("b.txt", "", "松岭镇", "镇", 2023, (Place("安肇县", 0, 3),))
    one, two = rdf.statements(facts()), rdf.statements(facts("b.txt", report=other))
    subjects = [{row[0].value for row in said.shared} for said in (one, two)]
    shared = subjects[0] & subjects[1]
    labels = {row[2].value for row in one.shared if row[0].value in shared and row[1].value.endswith("#label")}
    assert labels == {"安肇县", "司法局"} or labels == {"安肇县", "县司法局"}


def test_namesakes_in_other_counties_are_other_townships() -> None:
    other = Report("b.txt", "", "石桥乡", "乡", 2023, (Place("望川县", 0, 3),))
    towns = [
        {row[0] for row in rdf.statements(one).shared if row[2].value == terms.zl("Township")}
        for one in (facts(), facts("b.txt", report=other))
    ]
    assert not towns[0] & towns[1]


def test_a_report_without_a_year_has_none() -> None:
    nameless = Report("a.txt", "", "石桥乡", "乡", None, ())
    assert ask(rdf.statements(facts(report=nameless)), "SELECT ?y { ?r zl:year|zl:yearNumber ?y }") == []


def test_two_readings_of_one_quantity_are_one_measure() -> None:
    once = facts().measures[0]
    said = rdf.statements(facts(measures=(once, once._replace(status="planned"))))
    assert ask(said, "SELECT ?s { ?m a zl:Measure ; zl:status ?s }") == [(terms.concept("status", "done"),)]


def test_no_statement_is_made_twice_and_none_holds_a_blank_node() -> None:
    said = rdf.statements(facts())
    rows = [*said.shared, *said.own]
    assert len(rows) == len(set(rows))
    assert all(isinstance(row[0], NamedNode) for row in rows)


def test_turtle_without_its_head_is_read_back_with_it() -> None:
    said = rdf.statements(facts())
    lines = rdf.turtle(said.own)
    assert not lines.startswith(b"@prefix")
    found = {(q.subject, q.predicate, q.object) for q in parse(rdf.turtle_head() + lines, format=RdfFormat.TURTLE)}
    assert found == set(said.own)


def test_trig_puts_them_into_their_graph() -> None:
    said = rdf.statements(facts())
    data = rdf.turtle_head() + rdf.trig(said.graph, rdf.turtle(said.own))
    assert {quad.graph_name for quad in parse(data, format=RdfFormat.TRIG)} == {said.graph}


@pytest.mark.parametrize("hostile", ['<script>"\\', "a\nb\tc\r", "“引”'''\"\"\"", "\u0000\u007f", "𠮷\U0010ffff"])
def test_any_text_comes_back_as_it_was(hostile: str) -> None:
    text = hostile + TEXT
    said = rdf.statements(facts(text=text, activities=(Activity("mediation", "done", 0, len(hostile), 0, hostile),)))
    found = {quad.object.value for quad in parse(rdf.turtle_head() + rdf.turtle(said.own), format=RdfFormat.TURTLE)}
    assert hostile in found
