from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from extractors.reader import Reader
from extractors.shapes import Document
from graph.rdf import quads, statements
from ontology import cube, terms
from ontology.sources import VOCABULARY
from ontology.vocabulary import load_vocabulary

HERE = Path(__file__).parent
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in terms.PREFIXES.items())
CELL = """
<x:{name}> a qb:Observation ; qb:dataSet <https://w3id.org/zhili/cube> ; zl:township <x:shiqiao> ;
    zl:year "{year}"^^xsd:gYear ; zl:indicator ind:{indicator} ; zl:value 20.0 ; zl:unit "次" ;
    zl:qualifier qualifier:over ; zl:status status:done .
"""


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse((PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)]


def declared(name: str) -> list[Triple]:
    return [quad.triple for quad in parse(path=str(VOCABULARY / name), format=RdfFormat.TURTLE)]


INDICATORS = declared("indicators.ttl")
WHOLE = CELL.format(name="a", year=2023, indicator="drills") + CELL.format(name="b", year=2022, indicator="drills")

CUBE = "<https://w3id.org/zhili/cube>"
STRUCTURE = "<https://w3id.org/zhili/cube/structure>"
TREE = "zl:indicator qb:codeList <x:tree> . <x:tree> a qb:HierarchicalCodeList ; qb:parentChildProperty "

#: A change to a whole cube (words replaced, or something added) and a constraint that it breaks.
BREACHES = [
    (f"qb:dataSet {CUBE} ;", "", "ic-01"),
    ("", f"<x:a> qb:dataSet <x:other> . <x:other> qb:structure {STRUCTURE} .", "ic-01"),
    ("", "<x:empty> a qb:DataSet .", "ic-02"),
    ("", f"{CUBE} qb:structure <x:dsd> . <x:dsd> qb:component <x:c> . <x:c> qb:measure zl:value .", "ic-02"),
    ("", "<x:dsd> a qb:DataStructureDefinition ; qb:component <x:c> . <x:c> qb:dimension zl:year .", "ic-03"),
    ("", "<x:age> a qb:DimensionProperty .", "ic-04"),
    ("", "<x:kind> a qb:DimensionProperty ; rdfs:range skos:Concept .", "ic-05"),
    ("", "<https://w3id.org/zhili/cube/component/year> qb:componentRequired false .", "ic-06"),
    ("", "<x:key> a qb:SliceKey .", "ic-07"),
    ("", f"{STRUCTURE} qb:sliceKey <x:key> . <x:key> a qb:SliceKey ; qb:componentProperty <x:p> .", "ic-08"),
    ("", "<x:slice> a qb:Slice .", "ic-09"),
    ("", "<x:slice> a qb:Slice ; qb:sliceStructure <x:key> . <x:key> qb:componentProperty zl:year .", "ic-10"),
    ('zl:year "2023"^^xsd:gYear ;', "", "ic-11"),
    ('zl:year "2023"', 'zl:year "2022"', "ic-12"),
    ('zl:unit "次" ;', "", "ic-13"),
    ("zl:value 20.0 ;", "", "ic-14"),
    ("", f"{CUBE} qb:slice <x:slice> . <x:slice> qb:observation <x:c> . <x:c> qb:dataSet <x:other> .", "ic-18"),
    ("ind:drills", "ind:drlls", "ic-19"),
    ("", TREE + "skos:narrower .", "ic-20"),
    ("", TREE + "[ owl:inverseOf skos:broader ] .", "ic-21"),
]

#: Constraints on cubes that name their measures in a dimension, which ours does not.
MEASURED = """
<x:cube> qb:structure <x:dsd> . <x:dsd> a qb:DataStructureDefinition ; qb:component <x:c1> , <x:c2> , <x:c3> , <x:c4> .
<x:c1> qb:dimension qb:measureType . <x:c2> qb:measure <x:m> . <x:c3> qb:measure <x:n> . <x:c4> qb:dimension <x:d> .
qb:measureType rdfs:range rdf:Property . <x:d> rdfs:range xsd:integer .
<x:a> qb:dataSet <x:cube> ; <x:d> 1 ; qb:measureType <x:m> .
"""
SECOND = "<x:b> qb:dataSet <x:cube> ; <x:d> 1 ; qb:measureType <x:n> ; <x:n> 1 ."
MEASURE_BREACHES = [
    ("<x:a> <x:m> 1 ." + SECOND, []),
    (SECOND, ["ic-15"]),
    ("<x:a> <x:m> 1 ; <x:n> 2 ." + SECOND, ["ic-16"]),
    ("<x:a> <x:m> 1 .", ["ic-17"]),
]


def names(found: list[cube.Constraint]) -> list[str]:
    return [constraint.name for constraint in found]


def test_a_whole_cube_breaks_nothing() -> None:
    assert cube.broken([*triples(WHOLE), *INDICATORS]) == []


@pytest.mark.parametrize(("old", "new", "name"), BREACHES, ids=[name for *_, name in BREACHES])
def test_a_breach_is_found(old: str, new: str, name: str) -> None:
    assert old in WHOLE
    spoilt = WHOLE.replace(old, new, 1) if old else WHOLE + new
    assert name in names(cube.broken([*triples(spoilt), *INDICATORS]))


@pytest.mark.parametrize(("observations", "breaches"), MEASURE_BREACHES)
def test_cubes_with_a_measure_dimension(observations: str, breaches: list[str]) -> None:
    assert names(cube.broken([*triples(MEASURED + observations), *INDICATORS])) == breaches


def test_every_constraint_is_broken_by_some_test() -> None:
    tried = {name for *_, name in BREACHES} | {name for _, found in MEASURE_BREACHES for name in found}
    assert tried == set(names(list(cube.constraints())))


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_repeated_cells_are_those_that_the_query_of_the_w3c_finds(year: str) -> None:
    store = Store()
    store.load(path=str(cube.STRUCTURE), format=RdfFormat.TURTLE)
    store.load(PREFIXES.encode() + WHOLE.replace('"2022"', f'"{year}"').encode(), format=RdfFormat.TURTLE)
    store.update((cube.FOLDER / "normalise.ru").read_text(encoding="utf-8"))
    (constraint,) = (one for one in cube.constraints() if one.name == "ic-12")
    spoilt = triples(WHOLE.replace('"2022"', f'"{year}"'))
    assert bool(store.query(constraint.query)) == ("ic-12" in names(cube.broken([*spoilt, *INDICATORS])))


REPORTS = """
<x:r1> zl:township <x:t> ; zl:year "2023"^^xsd:gYear ; zl:yearNumber 2023 .
<x:r2> zl:township <x:t> ; zl:year "2022"^^xsd:gYear ; zl:yearNumber 2022 .
<x:r3> zl:township <x:t> .
"""
FIGURE = """
<x:{name}> zl:inReport <x:{report}> ; zl:indicator ind:{indicator} ; zl:value {value} ; zl:unit "{unit}" ;
    zl:qualifier qualifier:exact ; zl:status status:{status} ; zl:evidence <x:passage-{name}> .
<x:passage-{name}> zl:start {start} .
"""


def figure(name: str, value: str, **more: object) -> str:
    usual = {"report": "r1", "indicator": "drills", "unit": "次", "status": "done", "start": 5}
    return FIGURE.format(**{**usual, "name": name, "value": value, **more})


CELLS = [
    ("one figure", figure("m1", "3"), {"m1"}),
    ("of counts the largest", figure("m1", "3", start=1) + figure("m2", "20.5") + figure("m3", "9"), {"m2"}),
    ("more digits are more", figure("m1", "9") + figure("m2", "10") + figure("m3", "100"), {"m3"}),
    ("fractions count", figure("m1", "12.5") + figure("m2", "12.25"), {"m1"}),
    ("of rates the first", figure("m1", "99", indicator="review-rate", start=7)
     + figure("m2", "93", indicator="review-rate", start=0), {"m2"}),
    ("of equals the first", figure("m1", "3", start=10) + figure("m2", "3", start=9), {"m2"}),
    ("done before planned", figure("m1", "3") + figure("m2", "20", status="planned"), {"m1"}),
    ("planned alone", figure("m2", "20", status="planned"), {"m2"}),
    ("a cell for each year", figure("m1", "3") + figure("m2", "4", report="r2"), {"m1", "m2"}),
    ("a cell for each indicator", figure("m1", "3") + figure("m2", "4", indicator="grids"), {"m1", "m2"}),
    ("no cell without a year", figure("m1", "3", report="r3"), set()),
    ("no cell for other quantities", figure("m1", "3", indicator="other"), set()),
    ("large sums", figure("m1", "120000000000", unit="元") + figure("m2", "90000000000", unit="元"), {"m1"}),
]  # fmt: skip


@pytest.mark.parametrize(("turtle", "chosen"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_which_figure_stands_in_a_cell(turtle: str, chosen: set[str]) -> None:
    store = Store()
    store.extend(quad for quad in parse((PREFIXES + REPORTS + turtle).encode(), format=RdfFormat.TURTLE))
    store.load(path=str(VOCABULARY / "indicators.ttl"), format=RdfFormat.TURTLE, to_graph=NamedNode("x:vocabulary"))
    made = list(cube.observations(store))
    source = terms.expand("prov:wasDerivedFrom")
    assert {t.object.value.removeprefix("x:") for t in made if t.predicate.value == source} == chosen
    assert cube.broken([*made, *INDICATORS]) == []
    assert not any(isinstance(term, BlankNode) for t in made for term in t)


def test_an_observation_says_what_its_measure_says() -> None:
    store = Store()
    store.load(PREFIXES.encode() + (REPORTS + figure("m1", "20.5")).encode(), format=RdfFormat.TURTLE)
    made = {t.predicate.value: t.object for t in cube.observations(store)}
    assert made[terms.zl("value")] == Literal("20.5", datatype=NamedNode(terms.expand("xsd:decimal")))
    assert made[terms.zl("unit")] == Literal("次")
    assert made[terms.zl("year")] == Literal("2023", datatype=NamedNode(terms.expand("xsd:gYear")))
    assert made[terms.zl("township")] == NamedNode("x:t")


def test_the_cube_of_whole_reports_is_sound() -> None:
    store, reader = Store(), Reader(load_vocabulary())
    for file in sorted((HERE / "corpus").rglob("*.txt"))[:3]:
        said = statements(reader.read(Document(file.name, file.read_text(encoding="utf-8"))))
        store.extend(quads([*said.shared, *said.own], said.graph))
    vocabulary = [*INDICATORS, *declared("statuses.ttl"), *declared("qualifiers.ttl")]
    store.extend(Quad(one.subject, one.predicate, one.object) for one in vocabulary)
    made = list(cube.observations(store))
    cells = {one.subject for one in made}
    assert len(cells) > 30
    assert cube.broken([*made, *vocabulary]) == []
    stated = {quad.object for quad in store.quads_for_pattern(None, NamedNode(terms.zl("value")), None)}
    assert {one.object for one in made if one.predicate.value == terms.zl("value")} <= stated
