"""Where a build comes from, in PROV-O: which run read which text, with which version and vocabulary, and when.

The clock stands here alone, in a graph of its own that is no part of ``graph.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from graph.folder import Entry, State
from graph.rdf import ID, Row, digest
from ontology import terms

GRAPH = NamedNode(terms.BASE + "graph/provenance")


def rows(state: State) -> Iterator[Row]:
    """Give the provenance of every report that a build holds."""
    yield from _tool(state)
    for run in state.runs:
        yield from _run(run)
    for entry in state.entries:
        yield from _report(entry)


def _name(prefixed: str) -> NamedNode:
    return NamedNode(terms.expand(prefixed))


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=_name(datatype))


def _tool(state: State) -> Iterator[Row]:
    vocabulary = NamedNode(f"{ID}vocabulary-{state.vocabulary[:16]}")
    yield vocabulary, _name("rdf:type"), _name("prov:Entity")
    yield vocabulary, _name("dcterms:identifier"), Literal("sha256:" + state.vocabulary)


def _run(run: Mapping[str, str]) -> Iterator[Row]:
    node, tool = NamedNode(f"{ID}build-{run['id']}"), NamedNode(f"{ID}zhili-{run['version']}")
    yield node, _name("rdf:type"), _name("zl:Build")
    yield node, _name("prov:startedAtTime"), _typed(run["started"], "xsd:dateTime")
    yield node, _name("prov:endedAtTime"), _typed(run["ended"], "xsd:dateTime")
    yield node, _name("prov:used"), NamedNode(f"{ID}vocabulary-{run['vocabulary'][:16]}")
    yield node, _name("prov:wasAssociatedWith"), tool
    yield tool, _name("rdf:type"), _name("prov:SoftwareAgent")
    yield tool, _name("dcterms:title"), Literal(f"zhili {run['version']}")


def _report(entry: Entry) -> Iterator[Row]:
    report, build = NamedNode(entry.iri), NamedNode(f"{ID}build-{entry.run}")
    file = NamedNode(f"{ID}text-{digest(entry.name, entry.sha256)}")
    yield report, _name("prov:wasGeneratedBy"), build
    yield report, _name("prov:wasDerivedFrom"), file
    yield build, _name("prov:used"), file
    yield file, _name("rdf:type"), _name("prov:Entity")
    yield file, _name("dcterms:title"), Literal(entry.name)
    yield file, _name("dcterms:identifier"), Literal("sha256:" + entry.sha256)
