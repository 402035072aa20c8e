"""``Facts`` → RDF: the only place that mints IRIs and writes triples.

An IRI says what a thing is: its kind, then a hash of what makes it that thing, then its place in the text. What only
one report can say is its *own*; what several reports may say alike (that a township is a 镇 of a county, that a law
bears a title) is *shared*, so that a store can keep it once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from extractors.divisions import means
from extractors.places import locate
from extractors.shapes import Facts, Participation, Person, Report
from graph.messages import LANGUAGES
from graph.naming import decimal, is_superior, plain_label, web_address
from ontology import terms

if TYPE_CHECKING:
    from graph.audit.finding import Finding

ID = terms.BASE + "id/"
PREFIXES = {**terms.PREFIXES, "id": ID}

#: The graphs of a build beside those of its reports: what several reports may say, and the concept schemes.
SHARED = NamedNode(terms.BASE + "graph/shared")
VOCABULARY = NamedNode(terms.BASE + "graph/vocabulary")

Row = tuple[NamedNode, NamedNode, NamedNode | Literal]
#: Triples by subject, each once, in the order in which they were said.
Said = dict[NamedNode, dict[tuple[NamedNode, NamedNode | Literal], None]]

LEADERS = re.compile(r"书记|[镇乡县区]长|主任|主席|局长")


TYPE = NamedNode(terms.expand("rdf:type"))
PROPERTIES = {name: NamedNode(terms.zl(name)) for name in terms.PROPERTIES}
INTEGER = NamedNode(terms.expand("xsd:integer"))


@dataclass(frozen=True, slots=True)
class Statements:
    """What one report says: ``graph`` names it, ``own`` and ``shared`` hold its triples in the order of writing."""

    graph: NamedNode
    shared: list[Row] = field(default_factory=list)
    own: list[Row] = field(default_factory=list)


def statements(facts: Facts, findings: Iterable[Finding] = ()) -> Statements:
    """Turn everything read out of one document, and what the audit found, into triples in the order of the text."""
    return _Writer(facts).write(findings)


def digest(*parts: str) -> str:
    """Hash what makes a thing that thing, to 16 hexadecimal digits.

    >>> digest("安肇县", "大岗泡镇")
    '9195f0d379ffc015'
    """
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def mint(kind: str, *parts: str) -> NamedNode:
    """Give the IRI of a thing from its kind and what makes it that thing.

    >>> mint("division", "安肇县").value
    'https://w3id.org/zhili/id/division-68cbc550ce02151d'
    """
    return NamedNode(f"{ID}{kind}-{digest(*parts)}")


def report_iri(name: str, text: str) -> NamedNode:
    """Give the IRI of a report from its file's name and its text as loaded; its named graph bears the same."""
    return mint("report", name, text)


def turtle(rows: Iterable[Row]) -> bytes:
    """Write triples as Turtle without its prefix lines, which ``turtle_head`` gives."""
    return _serialize(rows)[len(turtle_head()) :]


@cache
def turtle_head() -> bytes:
    """Give the prefix lines that stand at the head of a build's Turtle, sorted (the library's order varies)."""
    kind = _name("rdf:type")
    lines = _serialize([(kind, kind, kind)]).splitlines(keepends=True)
    return b"".join(sorted(line for line in lines if line.startswith(b"@prefix")))


def trig(graph: NamedNode, lines: bytes) -> bytes:
    """Put Turtle that lacks its prefix lines into a named graph, as TriG does."""
    return b"%s {\n%s}\n" % (str(graph).encode(), lines)


def quads(rows: Iterable[Row], graph: NamedNode) -> Iterator[Quad]:
    """Put triples into a named graph."""
    return (Quad(s, p, o, graph) for s, p, o in rows)


def _serialize(rows: Iterable[Row]) -> bytes:
    data = serialize((Triple(*row) for row in rows), format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert data is not None
    return data


@cache
def _name(prefixed: str) -> NamedNode:
    return NamedNode(terms.expand(prefixed))


@cache
def _concept(scheme: str, notation: str) -> NamedNode:
    return NamedNode(terms.concept(scheme, notation))


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=_name(datatype))


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=INTEGER)


class _Writer:
    """Writes one report. Kept apart by kind; ``write`` puts the pieces in order."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.report = report_iri(facts.document.name, facts.document.text)
        self.key = self.report.value.rpartition("-")[2]
        self.home = facts.report.township
        self.location = locate(facts.report.parents, facts.document.meta, year=facts.report.year)
        self.county = self.location.county
        self.township = mint("township", self.location.key, self.home)
        self.sections = [Literal(" / ".join(section.path)) for section in facts.sections]
        self.passages: dict[tuple[int, int], tuple[NamedNode, int]] = {}
        self.actors: dict[tuple[str, str], NamedNode] = {}
        self.shared: Said = {}
        self.own: Said = {}

    def write(self, findings: Iterable[Finding]) -> Statements:
        acts = [self.place("activity", a.start, a.end, a.type, a.status) for a in self.facts.activities]
        self.describe_report(self.facts.report)
        self.describe_activities(acts)
        self.describe_measures(acts)
        self.describe_participations(acts)
        self.describe_people()
        self.describe_instruments()
        self.describe_findings(findings)
        self.describe_passages()
        return Statements(self.report, _rows(self.shared), _rows(self.own))

    def place(self, kind: str, start: int, end: int, *what: str) -> NamedNode:
        """Mint the IRI of something that stands at a place in this report."""
        return NamedNode("-".join((f"{ID}{kind}-{self.key}-{start}-{end}", *what)))

    def say(self, subject: NamedNode, **values: NamedNode | Literal) -> None:
        """State properties of ours that only this report can state."""
        said = self.own.setdefault(subject, {})
        for name, value in values.items():
            said[PROPERTIES[name], value] = None

    def state(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """State a property of others' that only this report can state."""
        self.own.setdefault(subject, {})[predicate, value] = None

    def kind(self, subject: NamedNode, name: str) -> None:
        self.state(subject, TYPE, _name(name))

    def share(self, subject: NamedNode, **values: NamedNode | Literal) -> None:
        """State what other reports may state too; ``a__b`` is the prefixed name ``a:b``."""
        said = self.shared.setdefault(subject, {})
        for name, value in values.items():
            said[_name(name.replace("__", ":")), value] = None

    def passage(self, start: int, end: int, section: int) -> NamedNode:
        known = self.passages.get((start, end))
        if known is None:
            known = self.passages[start, end] = (self.place("passage", start, end), section)
        return known[0]

    def describe_report(self, report: Report) -> None:
        self.kind(self.report, "zl:Report")
        self.say(self.report, sourceFile=Literal(self.facts.document.name), township=self.township)
        if report.year is not None:
            year = _typed(f"{report.year:04}", "xsd:gYear")
            self.say(self.report, year=year, yearNumber=_integer(report.year))
        if report.title:
            self.state(self.report, _name("dcterms:title"), Literal(report.title))
        label, division_type = Literal(self.home, language="zh"), Literal(report.division_type)
        self.share(self.township, rdf__type=_name("zl:Township"), rdfs__label=label, zl__divisionType=division_type)
        self.describe_source()
        self.describe_divisions()

    def describe_source(self) -> None:
        """State where the report was published, and when, as far as that is known beside its text."""
        meta = self.facts.document.meta
        if source := web_address(meta.get("url", "")):
            self.state(self.report, _name("dcterms:source"), NamedNode(source))
        if issued := meta.get("issued"):
            self.state(self.report, _name("dcterms:issued"), _typed(issued, "xsd:date"))

    def describe_divisions(self) -> None:
        """State what the township lies in: as ``zl:partOf`` what is told of it and the lowest that is known.

        What the table of divisions adds above that is ``zl:within``: no report said it.
        """
        nodes = {step.name: self.division(step.name, step.code) for step in self.location.chain}
        for lower, upper in pairwise([self.township, *nodes.values()]):
            self.share(lower, zl__within=upper)
        told = [*(place.name for place in self.facts.report.parents), *self.location.names]
        known = {name: step.code for name in told for step in self.location.chain if means(name, step)}
        lowest = [] if self.location.key in known.values() else list(nodes)[:1]
        for name in dict.fromkeys([*told, *lowest]):
            self.share(self.township, zl__partOf=nodes.get(name) or self.division(name, known.get(name, "")))

    def division(self, name: str, code: str = "") -> NamedNode:
        """Give the IRI of a division, described; one without a code is known by its name alone."""
        node = mint("division", *filter(None, (code, name)))
        self.share(node, rdf__type=_name("zl:Division"), rdfs__label=Literal(name, language="zh"))
        if code:
            self.share(node, zl__divisionCode=Literal(code))
        return node

    def describe_activities(self, acts: list[NamedNode]) -> None:
        for node, act in zip(acts, self.facts.activities, strict=True):
            self.say(self.township, held=node)
            self.kind(node, "zl:Activity")
            self.say(node, activityType=_concept("activity", act.type), status=_concept("status", act.status))
            self.say(node, inReport=self.report, evidence=self.passage(act.start, act.end, act.section))
            self.say(node, rule=Literal(act.rule))
            for occasion in act.occasions:
                self.say(node, occasion=_concept("occasion", occasion))

    def describe_measures(self, acts: list[NamedNode]) -> None:
        described: set[NamedNode] = set()
        for fact in self.facts.measures:
            quantity = fact.quantity
            node = self.place("measure", quantity.start, quantity.end, fact.indicator)
            if fact.activity is not None:
                self.say(acts[fact.activity], hasMeasure=node)
            if node in described:
                continue
            described.add(node)
            self.kind(node, "zl:Measure")
            self.say(node, indicator=_concept("indicator", fact.indicator), status=_concept("status", fact.status))
            self.say(node, value=_typed(decimal(quantity.value), "xsd:decimal"), unit=Literal(quantity.unit))
            self.say(node, qualifier=_concept("qualifier", quantity.qualifier), inReport=self.report)
            self.say(node, evidence=self.passage(fact.start, fact.end, fact.section), rule=Literal(fact.rule))

    def describe_participations(self, acts: list[NamedNode]) -> None:
        for fact in self.facts.participations:
            actor, activity = self.actor(fact), acts[fact.activity]
            place = (fact.start, fact.end, fact.role, digest(actor.value, activity.value))
            node = self.place("participation", *place)
            self.kind(node, "zl:Participation")
            self.say(node, actor=actor, activity=activity, role=Literal(fact.role), rule=Literal(fact.rule))
            self.say(node, evidence=self.passage(fact.start, fact.end, fact.section))
            if fact.role == "targets":
                self.say(activity, targets=actor)
            else:
                self.say(actor, participatesIn=activity)

    def actor(self, fact: Participation) -> NamedNode:
        """Give an actor's IRI, described on its first mention: this township's own body, or its county's."""
        known = self.actors.get((fact.actor, fact.label))
        if known is None:
            known = self.actors[fact.actor, fact.label] = self.describe_actor(fact.actor, fact.label)
        return known

    def describe_actor(self, kind: str, written: str) -> NamedNode:
        label = plain_label(written, self.home)
        above = is_superior(kind, label, self.facts.report.parents)
        if above:
            label = label.removeprefix(self.county) if label != self.county else label
            node = mint("actor", self.location.key or self.township.value, "", kind, label)
        else:
            node = mint("actor", self.location.key, self.home, kind, label)
            self.share(node, zl__ofTownship=self.township)
        text = Literal(label, language="zh")
        self.share(node, rdf__type=_name("zl:Actor"), zl__actorType=_concept("actor", kind), rdfs__label=text)
        return node

    def describe_people(self) -> None:
        for person in self.facts.people:
            node = mint("person", self.location.key, self.home, person.name, person.office)
            self.share_person(node, person)
            self.say(node, evidence=self.passage(person.start, person.end, person.section))

    def share_person(self, node: NamedNode, person: Person) -> None:
        kind = "leadership" if LEADERS.search(person.office) else "staff"
        self.share(node, rdf__type=_name("zl:Person"))
        self.share(node, rdf__type=_name("zl:Actor"), zl__actorType=_concept("actor", kind))
        self.share(node, rdfs__label=Literal(person.name, language="zh"), foaf__name=Literal(person.name))
        self.share(node, zl__office=Literal(person.office), zl__ofTownship=self.township)

    def describe_instruments(self) -> None:
        for fact in self.facts.instruments:
            node = mint("instrument", fact.title)
            self.share(node, rdf__type=_name("zl:Instrument"), dcterms__title=Literal(fact.title))
            self.say(node, **{"issuedIn" if fact.relation == "issued" else "citedIn": self.report})
            self.say(node, evidence=self.passage(fact.start, fact.end, fact.section))

    def describe_findings(self, findings: Iterable[Finding]) -> None:
        starts = [section.start for section in self.facts.sections]
        for found in findings:
            node = NamedNode(f"{ID}finding-{found.id}")
            self.kind(node, "zl:Finding")
            self.say(node, findingKind=Literal(found.kind), inReport=self.report)
            for start, end in found.spans:
                self.say(node, evidence=self.passage(start, end, bisect_right(starts, start) - 1))
            for lang in LANGUAGES:
                self.state(node, _name("rdfs:comment"), Literal(found.why(lang), language=lang))

    def describe_passages(self) -> None:
        for (start, end), (node, section) in self.passages.items():
            self.kind(node, "zl:Passage")
            self.say(node, inReport=self.report)
            self.say(node, quote=Literal(self.facts.quote(start, end)), start=_integer(start), end=_integer(end))
            if 0 <= section < len(self.sections) and self.sections[section].value:
                self.say(node, section=self.sections[section])


def _rows(said: Said) -> list[Row]:
    return [(subject, *rest) for subject, values in said.items() for rest in values]


def by_subject(rows: Iterable[Row]) -> list[Row]:
    """Bring the triples of one subject together, subjects in the order in which they first occur."""
    groups: dict[NamedNode, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(row)
    return [row for group in groups.values() for row in group]
