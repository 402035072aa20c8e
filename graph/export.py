"""Hand a build on: RDF in every usual form, network files, tables.

Formats that can be written as they are read are; the others hold what they write in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from graph.messages import language
from graph.network_files import write_gexf, write_graphml
from graph.rdf import PREFIXES, turtle, turtle_head
from graph.selection import Source
from graph.tables import write_csv, write_parquet
from ontology import terms

Writer = Callable[[Source, IO[bytes]], None]


def write_turtle(source: Source, out: IO[bytes]) -> None:
    """Write Turtle: the build's own lines, so that the whole is ``graph.ttl`` byte for byte."""
    if not source.selection.types:
        out.writelines(source.lines())
        return
    out.write(turtle_head())
    for _, rows in source.graphs():
        out.write(turtle(rows))


def write_triples(source: Source, out: IO[bytes], *, form: RdfFormat) -> None:
    """Write triples, each once, graph after graph."""
    serialize((quad.triple for quad in source.quads()), out, form, prefixes=PREFIXES)


def write_quads(source: Source, out: IO[bytes]) -> None:
    """Write N-Quads."""
    serialize(source.quads(), out, RdfFormat.N_QUADS)


def write_trig(source: Source, out: IO[bytes]) -> None:
    """Write TriG: the vocabulary, what reports share, then one graph per report."""
    out.write(turtle_head())
    for graph, rows in source.graphs():
        lines = turtle(rows).splitlines(keepends=True)
        out.write(f"\n{graph} {{\n".encode() + b"".join(b"\t" + line for line in lines) + b"}\n")


#: Properties of ours that lead to another thing, and those whose values have a datatype.
LINKS = sorted({*terms.INVERSES, *terms.INVERSES.values(), *terms.CONCEPT_PROPERTIES})
TYPED = {
    "value": "xsd:decimal",
    "start": "xsd:integer",
    "end": "xsd:integer",
    "year": "xsd:gYear",
    "yearNumber": "xsd:integer",
}


#: Prefixes in JSON-LD, where a prefix may not bear the name of a property.
PLURALS = {"actor": "actors", "status": "statuses", "qualifier": "qualifiers", "unit": "units", "id": "zid"}
JSON_PREFIXES = {PLURALS.get(prefix, prefix): namespace for prefix, namespace in PREFIXES.items()}


def context() -> dict[str, Any]:
    """Give the JSON-LD context: every name of ours without a prefix, ``id`` and ``type`` for JSON-LD's own."""
    names: dict[str, Any] = {**JSON_PREFIXES, "id": "@id", "type": "@type"}
    names |= {name: f"zl:{name}" for name in sorted(terms.PROPERTIES)}
    names |= {name: {"@id": f"zl:{name}", "@type": "@id"} for name in LINKS}
    names |= {name: {"@id": f"zl:{name}", "@type": kind} for name, kind in TYPED.items()}
    return names


def write_jsonld(source: Source, out: IO[bytes]) -> None:
    """Write JSON-LD with a context: one object for each thing, streaming."""
    known = context()
    out.write(b'{"@context": ' + json.dumps(known, ensure_ascii=False).encode() + b',\n"@graph": [')
    separator = b"\n"
    for node in _nodes(quad.triple for quad in source.quads()):
        out.write(separator + json.dumps(node, ensure_ascii=False).encode())
        separator = b",\n"
    out.write(b"\n]}\n")


def _nodes(triples: Iterable[Triple]) -> Iterator[dict[str, Any]]:
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, Any] = {"id": compact(subject.value)}
        for triple in group:
            name, value = _property(triple.predicate.value), triple.object
            node.setdefault(name, []).append(_json_value(name, value))
        yield {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in node.items()}


def compact(iri: str) -> str:
    """Write an IRI as JSON-LD with our context reads it.

    >>> compact("https://w3id.org/zhili/id/report-1"), compact("https://example.org/")
    ('zid:report-1', 'https://example.org/')
    """
    for prefix, namespace in JSON_PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _property(iri: str) -> str:
    if iri == terms.expand("rdf:type"):
        return "type"
    return iri.removeprefix(terms.ZL) if iri.removeprefix(terms.ZL) in terms.PROPERTIES else compact(iri)


def _json_value(name: str, value: Any) -> Any:
    if isinstance(value, NamedNode):
        return compact(value.value) if name == "type" or name in LINKS else {"id": compact(value.value)}
    assert isinstance(value, Literal)
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = compact(value.datatype.value)
    if name in TYPED or datatype == "xsd:string":
        return value.value if TYPED.get(name, "xsd:string") == datatype else {"@value": value.value, "@type": datatype}
    return {"@value": value.value, "@type": datatype}


def write_cube(source: Source, out: IO[bytes]) -> None:
    """Write the figures as an RDF Data Cube: its structure, its code lists, one observation for each cell."""
    from ontology import cube

    lists = {terms.scheme(name) for name in ("indicator", "qualifier", "status")}
    (_, vocabulary), *_ = source.graphs()
    codes = [row for row in vocabulary if row[0].value in lists or row[0].value.rpartition("/")[0] in lists]
    structure: list[Any] = [
        (q.subject, q.predicate, q.object) for q in parse(path=cube.STRUCTURE, format=RdfFormat.TURTLE)
    ]
    found: list[Any] = [(t.subject, t.predicate, t.object) for t in cube.observations(loaded(source))]
    out.write(turtle_head() + b"\n")
    out.write(turtle(structure) + turtle(codes) + turtle(sorted(found, key=lambda row: tuple(map(str, row)))))


def write_workbook(source: Source, out: IO[bytes]) -> None:
    """Write the workbook of townships × indicators, in the user's language."""
    from graph.workbook import workbook

    out.write(workbook(loaded(source), language()))


def loaded(source: Source) -> Store:
    """Load what is selected of a build into memory."""
    store = Store()
    store.bulk_extend(source.quads())
    return store


def _triples(form: RdfFormat) -> Writer:
    return lambda source, out: write_triples(source, out, form=form)


#: Formats that go into one file; the ending that a file of each bears.
FILES: Mapping[str, tuple[str, Writer]] = {
    "turtle": (".ttl", write_turtle),
    "trig": (".trig", write_trig),
    "ntriples": (".nt", _triples(RdfFormat.N_TRIPLES)),
    "nquads": (".nq", write_quads),
    "jsonld": (".jsonld", write_jsonld),
    "rdfxml": (".rdf", _triples(RdfFormat.RDF_XML)),
    "graphml": (".graphml", lambda source, out: write_graphml(loaded(source), out)),
    "gexf": (".gexf", lambda source, out: write_gexf(loaded(source), out)),
    "cube": (".ttl", write_cube),
    "xlsx": (".xlsx", write_workbook),
}


#: Formats that make a folder of tables.
FOLDERS: Mapping[str, Callable[[Source, Path], None]] = {"csv": write_csv, "parquet": write_parquet}


def export(source: Source, form: str, to: Path | IO[bytes]) -> None:
    """Write a build, or what is selected of it; a file appears only when it is complete.

    ``to`` is a file (or an open one) for the formats of ``FILES``, a folder for those of ``FOLDERS``.
    """
    if form in FOLDERS:
        assert isinstance(to, Path)
        FOLDERS[form](source, to)
    elif isinstance(to, Path):
        _whole(to, lambda out: FILES[form][1](source, out))
    else:
        FILES[form][1](source, to)


def _whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as out:
            write(out)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
