"""The ontology and its vocabulary as pages to read: one in Chinese, one in English, each a file that loads nothing.

``python -m ontology.reference FOLDER`` writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from ontology import sources, terms
from ontology.namespaces import ZL, bind

TEMPLATE = Path(__file__).with_name("reference.html.jinja")
LANGUAGES = ("zh", "en")
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

Entry = dict[str, Any]


def write(folder: Path) -> list[Path]:
    """Write ``ontology.zh.html`` and ``ontology.en.html`` into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for lang in LANGUAGES:
        path = folder / f"ontology.{lang}.html"
        path.write_text(page(lang), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def page(lang: str, graph: Graph | None = None) -> str:
    """Give the page in one language, of the built-in ontology and vocabulary unless another graph is given.

    >>> page("en").startswith("<!doctype html>")
    True
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(_Reader(graph or sources.everything(), lang).everything())


class _Reader:
    """Reads out of a graph, in one language, what the template shows."""

    def __init__(self, graph: Graph, lang: str) -> None:
        self.graph = bind(graph)
        self.lang = lang

    def everything(self) -> Entry:
        (header,) = self.graph.subjects(RDF.type, OWL.Ontology)
        return {
            "lang": self.lang,
            "title": self.said(header, DCTERMS.title),
            "description": self.said(header, DCTERMS.description),
            "version": str(self.graph.value(header, OWL.versionInfo)),
            "licence": str(self.graph.value(header, DCTERMS.license)),
            "namespace": terms.ZL,
            "classes": [self.cls(ZL[name]) for name in terms.CLASSES],
            "properties": [self.prop(ZL[name]) for name in terms.PROPERTIES],
            "schemes": [self.scheme(URIRef(terms.scheme(name))) for name in terms.SCHEMES],
            "rules": list(self.rules()),
        }

    def said(self, subject: Node, predicate: URIRef) -> str:
        """The literal in the page's language, else any, else nothing."""
        found = [value for value in self.graph.objects(subject, predicate) if isinstance(value, Literal)]
        mine = [value for value in found if value.language == self.lang]
        return str(min(mine or found, default=""))

    def link(self, node: Node) -> Entry:
        """A term with its name, and a place to go to where the page describes it."""
        name = self.graph.namespace_manager.normalizeUri(str(node)) if isinstance(node, URIRef) else ""
        ours = name.startswith("zl:") or (node, SKOS.inScheme, None) in self.graph
        label = self.said(node, RDFS.label) or self.said(node, SKOS.prefLabel)
        return {"name": name, "label": label if ours else "", "anchor": anchor(name) if ours else ""}

    def links(self, nodes: Iterator[Node]) -> list[Entry]:
        return sorted((self.link(node) for node in nodes if isinstance(node, URIRef)), key=lambda e: str(e["name"]))

    def ends(self, subject: Node, predicate: URIRef) -> list[Entry]:
        """The classes of a domain or range: itself, or the members of its union."""
        found: list[Node] = []
        for node in self.graph.objects(subject, predicate):
            union = self.graph.value(node, OWL.unionOf)
            found += [node] if union is None else Collection(self.graph, union)
        return self.links(iter(found))

    def term(self, iri: URIRef) -> Entry:
        return {**self.link(iri), "definition": self.said(iri, SKOS.definition), "iri": str(iri)}

    def cls(self, iri: URIRef) -> Entry:
        near = [p for name in terms.PROPERTIES if self.link(iri) in self.ends(p := ZL[name], RDFS.domain)]
        return {
            **self.term(iri),
            "above": self.links(self.graph.objects(iri, RDFS.subClassOf)),
            "has": self.links(iter(near)),
        }

    def prop(self, iri: URIRef) -> Entry:
        types = set(self.graph.objects(iri, RDF.type))
        inverses = {*self.graph.objects(iri, OWL.inverseOf), *self.graph.subjects(OWL.inverseOf, iri)}
        return {
            **self.term(iri),
            "kind": next(str(kind).rpartition("#")[2] for kind in KINDS if kind in types),
            "one": OWL.FunctionalProperty in types,
            "domain": self.ends(iri, RDFS.domain),
            "range": self.ends(iri, RDFS.range),
            "above": self.links(self.graph.objects(iri, RDFS.subPropertyOf)),
            "inverse": self.links(iter(inverses)),
        }

    def scheme(self, iri: URIRef) -> Entry:
        members = set(self.graph.subjects(SKOS.inScheme, iri))
        tops = [concept for concept in members if self.graph.value(concept, SKOS.broader) is None]
        name = str(iri).removeprefix(terms.BASE)
        return {
            "name": name,
            "label": self.said(iri, SKOS.prefLabel),
            "definition": self.said(iri, SKOS.definition),
            "size": len(members),
            "concepts": [self.concept(concept) for concept in sorted(tops, key=str)],
        }

    def concept(self, iri: Node) -> Entry:
        narrower = sorted(self.graph.subjects(SKOS.broader, iri), key=str)
        texts = {name: self.texts(iri, name) for name in ("altLabel", "hiddenLabel", "example")}
        return {
            **self.term(URIRef(str(iri))),
            **texts,
            "pattern": sorted(map(str, self.graph.objects(iri, ZL.pattern))),
            "counter": sorted(map(str, self.graph.objects(iri, ZL.counterExample))),
            "activity": self.links(self.graph.objects(iri, ZL.indicatorOf)),
            "classifier": self.said(iri, ZL.usualClassifier),
            "figure": self.said(iri, ZL.figureKind),
            "narrower": [self.concept(concept) for concept in narrower],
        }

    def texts(self, subject: Node, name: str) -> list[str]:
        return sorted(map(str, self.graph.objects(subject, SKOS[name])))

    def rules(self) -> Iterator[Entry]:
        """What the shapes ask of a build, class by class."""
        shapes = sources.load([sources.SHAPES])
        for shape in sorted(shapes.subjects(RDF.type, SH.NodeShape), key=str):
            said = [m for rule in shapes.objects(shape, SH.property) for m in shapes.objects(rule, SH.message)]
            mine = {str(m) for m in said if isinstance(m, Literal) and m.language == self.lang}
            yield {"of": self.links(shapes.objects(shape, SH.targetClass)), "messages": sorted(mine)}


def anchor(name: str) -> str:
    """Give the place on the page of a prefixed name.

    >>> anchor("act:legal-publicity")
    'act-legal-publicity'
    """
    return name.replace(":", "-")


if __name__ == "__main__":
    for file in write(Path(sys.argv[1])):
        print(file)
