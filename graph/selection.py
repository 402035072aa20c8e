"""What of a build is handed on: all of it, or some townships, years or activity types."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.folder import Entry, Folder, State
from graph.messages import ToldError
from graph.rdf import SHARED, VOCABULARY, Row, by_subject, quads, turtle_head
from ontology import terms

BROADER = terms.expand("skos:broader")
TYPE = terms.zl("activityType")
LINKS = frozenset({terms.zl("held"), terms.zl("participatesIn")})


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports (by township, by year) and which activities (by type, with what is narrower); empty: all."""

    townships: Collection[str] = ()
    years: Collection[int] = ()
    types: Collection[str] = ()

    def reports(self, entries: Iterable[Entry]) -> list[Entry]:
        """Give the reports that are chosen; ``ToldError`` where nothing is."""
        entries = list(entries)
        townships = {entry.summary["township"] for entry in entries}
        for name in self.townships:
            if name not in townships:
                raise ToldError("export.no-township", name=name, known=" ".join(sorted(townships)[:20]))
        chosen = [entry for entry in entries if self._takes(entry)]
        if not chosen:
            raise ToldError("export.nothing")
        return chosen

    def _takes(self, entry: Entry) -> bool:
        summary = entry.summary
        return (not self.townships or summary["township"] in self.townships) and (
            not self.years or summary["year"] in self.years
        )


@dataclass(frozen=True, slots=True)
class Source:
    """The Turtle of a build, cut into its graphs."""

    folder: Folder
    state: State
    selection: Selection = Selection()

    def lines(self) -> Iterator[bytes]:
        """Give the build's own Turtle: its head, then each chosen report's part."""
        with self.folder.where(self.state, "graph.ttl").open("rb") as file:
            yield file.read(self.state.head)
            for entry in self.selection.reports(self.state.entries):
                file.seek(entry.start)
                yield file.read(entry.shared + entry.own)

    def graphs(self) -> Iterator[tuple[NamedNode, list[Row]]]:
        """Give each graph's name and triples: the vocabulary, what reports share, then each report."""
        entries = self.selection.reports(self.state.entries)
        with self.folder.where(self.state, "graph.ttl").open("rb") as file:
            vocabulary = parsed(file.read(self.state.head)[len(turtle_head()) :])
            types = narrower(vocabulary, self.selection.types)
            yield VOCABULARY, vocabulary
            shared: dict[Row, None] = {}
            for entry in entries:
                file.seek(entry.start)
                shared |= dict.fromkeys(parsed(file.read(entry.shared)))
            yield SHARED, by_subject(shared)
            for entry in entries:
                file.seek(entry.start + entry.shared)
                own = parsed(file.read(entry.own))
                yield NamedNode(entry.iri), of_types(own, types) if self.selection.types else own

    def quads(self) -> Iterator[Quad]:
        """Give every triple once, in its graph."""
        return (quad for graph, rows in self.graphs() for quad in quads(rows, graph))


def parsed(turtle: bytes) -> list[Row]:
    """Read Turtle that lacks its prefix lines."""
    found = parse(turtle_head() + turtle, format=RdfFormat.TURTLE)
    return [(quad.subject, quad.predicate, quad.object) for quad in found]


def narrower(vocabulary: Iterable[Row], types: Iterable[str]) -> frozenset[str]:
    """Give the IRIs of these activity types and all that is narrower; ``ToldError`` for a type that does not exist."""
    below: dict[str, list[str]] = {}
    concepts = set()
    for subject, predicate, value in vocabulary:
        concepts.add(subject.value)
        if predicate.value == BROADER:
            below.setdefault(value.value, []).append(subject.value)
    queue = [terms.concept("activity", name) for name in types]
    for iri in queue:
        if iri not in concepts:
            raise ToldError("export.no-type", name=iri.rpartition("/")[2])
    found: set[str] = set()
    while queue:
        iri = queue.pop()
        if iri not in found:
            found.add(iri)
            queue += below.get(iri, [])
    return frozenset(found)


def of_types(rows: list[Row], types: Collection[str]) -> list[Row]:
    """Keep of a report's own triples the report itself, the activities of these types, and all that rests on them."""
    reports = {s for s, p, _ in rows if p.value == terms.zl("sourceFile")}
    activities = {s for s, p, o in rows if p.value == TYPE and o.value in types}
    measures = {o for s, p, o in rows if p.value == terms.zl("hasMeasure") and s in activities}
    participations = {s for s, p, o in rows if p.value == terms.zl("activity") and o in activities}
    facts = {*activities, *measures, *participations}
    passages = {o for s, p, o in rows if p.value == terms.zl("evidence") and s in facts}
    kept = {*reports, *facts, *passages}
    return [row for row in rows if row[0] in kept or (row[1].value in LINKS and row[2] in activities)]
