"""Read any usual form of RDF into an rdflib graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node


def read(path: Path) -> Graph:
    """Read a file of triples or quads (by its ending; Turtle unless it tells) into one graph.

    A file that cannot be read is a ``ValueError`` that names it.
    """
    form = ox.RdfFormat.from_extension(path.suffix.lstrip(".")) or ox.RdfFormat.TURTLE
    graph = Graph()
    try:
        for quad in ox.parse(path=str(path), format=form):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise ValueError(f"{path}: {error.msg}") from error
    return graph


def _term(term: object) -> Node:
    """Turn a term of Oxigraph, which parses ten times as fast, into one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return _plain(Literal(term.value, datatype=URIRef(term.datatype.value)))
    raise ValueError(f"{term}: triples of triples are not supported")


def _plain(term: Node) -> Node:
    """Take away the datatype ``xsd:string``, which rdflib holds to be another term than no datatype."""
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term


def copied(graph: Graph) -> Graph:
    copy = Graph()
    for subject, predicate, value in graph:
        copy.add((subject, predicate, _plain(value)))
    return copy
