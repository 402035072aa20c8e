"""OWL 2 DL by the OWL API and HermiT, which come with owlready2 (needs a JDK 11 or later)."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import terms
from ontology.namespaces import ACTIVITY, STATUS, ZL
from ontology.sources import everything
from ontology.validation import read

HERE = Path(__file__).parent
PACKAGE = importlib.util.find_spec("owlready2")
pytestmark = [
    pytest.mark.skipif(shutil.which("javac") is None, reason="HermiT needs a JDK, and there is no javac here"),
    pytest.mark.skipif(PACKAGE is None, reason="HermiT comes with owlready2, which is not installed"),
]

#: What OWL cannot bear in a build: each alone makes it inconsistent.
CLASHES: list[tuple[str, URIRef, Node]] = [
    ("activity", ZL.status, STATUS.planned),
    ("activity", RDF.type, ZL.Measure),
    ("report", ZL.sourceFile, Literal("another.txt")),
    ("measure", ZL.value, Literal("21.0", datatype=XSD.decimal)),
    ("measure", ZL.unit, Literal(3)),
    ("township", ZL.held, URIRef(terms.DATA + "residents")),
    ("joins", ZL.activity, URIRef(terms.DATA + "report")),
    ("activity", ZL.activityType, URIRef(terms.DATA + "report")),
    ("passage", ZL.start, Literal("第三字")),
    ("measure", ZL.evidence, URIRef(terms.DATA + "report")),
]

Said = dict[str, list[str]]


def plain_build() -> Graph:
    """The small build without its year: OWL 2 has no gYear, so no reasoner takes one."""
    graph = read(HERE / "data" / "small-build.ttl")
    graph.remove((None, ZL.year, None))
    return graph


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory, ontology_graph: Graph) -> dict[str, Said]:
    """What the OWL API and HermiT say of the ontology, of a build, and of the build with each clash."""
    graphs = {"ontology": ontology_graph, "everything": everything(), "build": ontology_graph + plain_build()}
    for number, (name, predicate, value) in enumerate(CLASHES):
        graphs[f"clash-{number}"] = graphs["build"] + Graph().add((URIRef(terms.DATA + name), predicate, value))
    folder = tmp_path_factory.mktemp("owl")
    for name, graph in graphs.items():
        graph.serialize(folder / f"{name}.owl", format="xml", encoding="utf-8")
    return reasoned(folder)


def reasoned(folder: Path) -> dict[str, Said]:
    assert PACKAGE is not None
    jar = Path(str(PACKAGE.origin)).parent / "hermit" / "HermiT.jar"
    files = sorted(path.name for path in folder.glob("*.owl"))
    command = ["java", "-Dfile.encoding=UTF-8", "-cp", str(jar), str(HERE / "owl" / "Check.java"), *files]
    ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    said: dict[str, Said] = {}
    for line in ran.stdout.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "file":
            name, _, count = rest.partition(".owl axioms ")
            current = said[name] = defaultdict(list, axioms=[count])
        else:
            current[kind].append(rest)
    return said


@pytest.mark.parametrize("name", ["ontology", "build"])
def test_it_is_owl_2_dl(verdicts: dict[str, Said], name: str) -> None:
    assert int(verdicts[name]["axioms"][0]) > 100
    assert verdicts[name]["profile"] == []


@pytest.mark.parametrize("name", ["ontology", "everything", "build"])
def test_it_is_consistent_and_no_class_is_empty(verdicts: dict[str, Said], name: str) -> None:
    assert verdicts[name]["consistent"] == ["true"]
    assert verdicts[name]["empty"] == []


@pytest.mark.parametrize("number", range(len(CLASHES)), ids=lambda n: f"{CLASHES[n][0]}-{CLASHES[n][1]}")
def test_clashes_are_inconsistent(verdicts: dict[str, Said], number: int) -> None:
    assert verdicts[f"clash-{number}"]["consistent"] == ["false"]


def test_domains_and_ranges_do_not_overreach(verdicts: dict[str, Said], ontology_graph: Graph) -> None:
    """HermiT finds of each thing in a build the classes that the build states, those above, and the status' own."""
    expected = {URIRef(terms.DATA + "activity"): {ZL.DoneActivity}}
    inferred: dict[Node, set[URIRef]] = defaultdict(set)
    for line in verdicts["build"]["type"]:
        thing, _, cls = line.partition(" ")
        if thing.startswith(terms.DATA) and cls.startswith(terms.ZL):
            inferred[URIRef(thing)].add(URIRef(cls))
    build = plain_build()
    for thing in set(build.subjects(RDF.type)):
        stated = {
            c for t in build.objects(thing, RDF.type) for c in ontology_graph.transitive_objects(t, RDFS.subClassOf)
        }
        own = {c for c in stated if str(c).startswith(terms.ZL)}
        assert inferred[thing] == own | expected.get(URIRef(str(thing)), set()), thing


def test_only_what_is_done_is_an_activity_of_prov(verdicts: dict[str, Said]) -> None:
    line = f"{terms.DATA}activity http://www.w3.org/ns/prov#Activity"
    assert line in verdicts["build"]["type"]
    assert not [
        t for t in verdicts["everything"]["type"] if t.startswith(f"{ACTIVITY}") and t.endswith("prov#Activity")
    ]


def test_no_datatype_that_owl_lacks(ontology_graph: Graph) -> None:
    ranges = {
        r for p in ontology_graph.subjects(RDF.type, OWL.DatatypeProperty) for r in ontology_graph[p : RDFS.range]
    }
    assert ranges <= {XSD.string, XSD.integer, XSD.decimal, RDFS.Literal}
