"""OWL 2 DL by the OWL API and HermiT, which come with owlready2 (needs a JDK 11 or later)."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from extractors.reader import Reader
from extractors.shapes import Document
from graph.rdf import statements, turtle, turtle_head
from ontology import terms
from ontology.namespaces import STATUS, ZL
from ontology.reading import read
from ontology.vocabulary import load_vocabulary

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

BY_STATUS = {
    STATUS.done: ZL.DoneActivity,
    STATUS.planned: ZL.PlannedActivity,
    STATUS.deficient: ZL.DeficientActivity,
}

Said = dict[str, list[str]]


def without_dates(graph: Graph) -> Graph:
    """A build without its years and dates: OWL 2 has no datatype for them, so no reasoner takes them."""
    for predicate in (ZL.year, DCTERMS.issued):
        graph.remove((None, predicate, None))
    return graph


def read_report(folder: Path) -> Graph:
    """What is read out of a whole report."""
    file = min((HERE / "corpus").rglob("*.txt"))
    facts = Reader(load_vocabulary()).read(Document(file.name, file.read_text(encoding="utf-8")))
    said = statements(facts)
    (folder / "report.ttl").write_bytes(turtle_head() + turtle([*said.shared, *said.own]))
    return read(folder / "report.ttl")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graph]:
    """A small build that has a thing of every class, and what is read out of a report."""
    small = read(HERE / "data" / "small-build.ttl")
    report = read_report(tmp_path_factory.mktemp("report"))
    return {"build": without_dates(small), "report": without_dates(report)}


@pytest.fixture(scope="module")
def verdicts(
    tmp_path_factory: pytest.TempPathFactory,
    ontology_graph: Graph,
    vocabulary_graph: Graph,
    builds: dict[str, Graph],
) -> dict[str, Said]:
    """What the OWL API and HermiT say of the ontology, the vocabulary, the builds, and a build with each clash."""
    graphs = {"ontology": ontology_graph, "vocabulary": ontology_graph + vocabulary_graph}
    graphs |= {name: ontology_graph + build for name, build in builds.items()}
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


@pytest.mark.parametrize("name", ["ontology", "vocabulary", "build", "report"])
def test_it_is_owl_2_dl(verdicts: dict[str, Said], name: str) -> None:
    assert int(verdicts[name]["axioms"][0]) > 100
    assert verdicts[name]["profile"] == []


@pytest.mark.parametrize("name", ["ontology", "vocabulary", "build", "report"])
def test_it_is_consistent_and_no_class_is_empty(verdicts: dict[str, Said], name: str) -> None:
    assert verdicts[name]["consistent"] == ["true"]
    assert verdicts[name]["empty"] == []


@pytest.mark.parametrize("number", range(len(CLASHES)), ids=lambda n: f"{CLASHES[n][0]}-{CLASHES[n][1]}")
def test_clashes_are_inconsistent(verdicts: dict[str, Said], number: int) -> None:
    assert verdicts[f"clash-{number}"]["consistent"] == ["false"]


@pytest.mark.parametrize("name", ["build", "report"])
def test_domains_and_ranges_do_not_overreach(
    verdicts: dict[str, Said], builds: dict[str, Graph], ontology_graph: Graph, name: str
) -> None:
    """HermiT finds of each thing in a build the classes that the build states, those above, and the status' own."""
    inferred: dict[Node, set[Node]] = defaultdict(set)
    for line in verdicts[name]["type"]:
        thing, _, cls = line.partition(" ")
        inferred[URIRef(thing)].add(URIRef(cls))
    build = builds[name]
    assert len(set(build.subjects(RDF.type))) > 10
    for thing in set(build.subjects(RDF.type)):
        stated = [
            *build.objects(thing, RDF.type),
            *(BY_STATUS[s] for s in build[thing : ZL.status] if is_activity(build, thing)),
        ]
        above = {c for cls in stated for c in ontology_graph.transitive_objects(cls, RDFS.subClassOf)}
        assert inferred[thing] - {OWL.Thing} == above, thing


def is_activity(build: Graph, thing: Node) -> bool:
    return (thing, RDF.type, ZL.Activity) in build


def test_only_what_is_done_is_an_activity_of_prov(verdicts: dict[str, Said], builds: dict[str, Graph]) -> None:
    suffix = " http://www.w3.org/ns/prov#Activity"
    inferred = {URIRef(line.removesuffix(suffix)) for line in verdicts["report"]["type"] if line.endswith(suffix)}
    report = builds["report"]
    activities = set(report.subjects(RDF.type, ZL.Activity))
    done = {activity for activity in activities if (activity, ZL.status, STATUS.done) in report}
    assert inferred == done
    assert done < activities


def test_no_datatype_that_owl_lacks(ontology_graph: Graph) -> None:
    ranges = {
        r for p in ontology_graph.subjects(RDF.type, OWL.DatatypeProperty) for r in ontology_graph[p : RDFS.range]
    }
    assert ranges <= {XSD.string, XSD.integer, XSD.decimal, RDFS.Literal}
