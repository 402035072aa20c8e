"""What a build says, read out of its store once: the ground that networks and views stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from ontology import terms
from ontology.terms import BASE

if TYPE_CHECKING:
    from graph.store import Build

#: The properties that facts are read from: IRI → name.
WANTED = {
    terms.zl(name): name
    for name in (
        *("activityType", "status", "inReport", "evidence", "start", "end", "section", "actor", "activity", "role"),
        *("indicator", "value", "unit", "qualifier", "hasMeasure", "actorType"),
    )
} | {terms.expand("rdfs:label"): "label"}


class Fact(NamedTuple):
    """One thing that a report says, with the place where it says it.

    ``type`` is the activity type it belongs to (``""``: none), ``note`` what a reader wants to know beside the words:
    nothing, a role and a name, or a figure as (bound, value, unit).
    """

    status: str
    report: str
    type: str
    start: int
    end: int
    section: str
    note: tuple[str, ...] = ()


class ReportRow(NamedTuple):
    """A report: its file's name as given, the IRI of its township, the year reported on."""

    file: str
    township: str
    year: int | None


class TownshipRow(NamedTuple):
    """A township: its name, its division type, the divisions that it lies in, the narrowest first."""

    name: str
    division: str
    parts: tuple[str, ...]


class Concept(NamedTuple):
    """A concept of the vocabulary: names and definitions by language, and the keys of two others (``""``: none).

    ``broader`` is the concept above it, ``counts`` the activity type that an indicator counts.
    """

    names: Mapping[str, str]
    definitions: Mapping[str, str]
    broader: str
    counts: str = ""


class Participation(NamedTuple):
    """An actor in an activity: the key of the actor's type, its name, the activity's IRI."""

    actor: str
    name: str
    activity: str
    fact: Fact


class Measure(NamedTuple):
    """A figure: the key of its indicator and the figure with its passage."""

    indicator: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """What a build says, read out of its store once."""

    reports: Mapping[str, ReportRow]
    townships: Mapping[str, TownshipRow]
    concepts: Mapping[str, Concept]
    activities: Mapping[str, Fact]
    participations: tuple[Participation, ...]
    measures: tuple[Measure, ...]

    def top(self, key: str) -> str:
        """The broadest concept above a concept; itself where there is none."""
        seen = {key}
        while (concept := self.concepts.get(key)) and concept.broader and concept.broader not in seen:
            key = concept.broader
            seen.add(key)
        return key

    def township_of(self, fact: Fact) -> str:
        """The IRI of the township whose report states a fact."""
        return self.reports[fact.report].township

    def named(self, name: str) -> list[str]:
        """The IRIs of the townships called ``name`` (with a division before it or not), else of those it is part of."""
        calls = (
            lambda row: row.name == name,
            lambda row: any(part + row.name == name for part in row.parts),
            lambda row: name in row.name,
        )
        found = ([iri for iri, row in self.townships.items() if is_called(row)] for is_called in calls if name)
        return next(filter(None, found), [])

    def division(self, iri: str) -> str:
        """The narrowest division that a township lies in, ``""`` where none is known."""
        return next(iter(self.townships[iri].parts), "")

    def full_name(self, iri: str) -> str:
        """A township's name after the divisions that it lies in, the widest first."""
        row = self.townships[iri]
        return "".join([*reversed(row.parts), row.name])


@cache
def key(iri: str) -> str:
    """A concept's IRI without what all of them share.

    >>> key("https://w3id.org/zhili/activity/mediation")
    'activity/mediation'
    """
    return intern(iri.removeprefix(BASE))


def read(source: Build | ox.Store) -> Reading:
    """Everything that the views show, out of a build or a store.

    What is small is asked for in SPARQL; the facts are taken from one pass over each report's triples (of a build: of
    its Turtle), which is ten times as fast as a join over a database on disk.
    """
    store = source if isinstance(source, ox.Store) else source.store
    reports = read_reports(store)
    facts = _Facts(reports)
    for triples in _graphs(source):
        facts.take(triples)
    return Reading(reports, read_townships(store), read_concepts(store), *facts.ordered())


def _graphs(source: Build | ox.Store) -> Iterator[Iterable[ox.Quad | ox.Triple]]:
    """The triples of each graph."""
    if isinstance(source, ox.Store):
        for graph in sorted(source.named_graphs(), key=str):
            yield source.quads_for_pattern(None, None, None, graph)
        return
    from graph.rdf import turtle_head
    from graph.store import graphs

    for _, lines in graphs(source.folder, source.state):
        yield ox.parse(turtle_head() + lines, format=ox.RdfFormat.TURTLE)


def read_reports(store: ox.Store) -> dict[str, ReportRow]:
    """Every report by its IRI, in the order of the files' names."""
    found = {
        report: ReportRow(file, township, int(year[:4]) if year else None)
        for report, file, township, year in rows(store, "reports")
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].file, item[0])))


def read_townships(store: ox.Store) -> dict[str, TownshipRow]:
    """Every township by its IRI, in the order of the divisions that they lie in."""
    parts: dict[str, set[str]] = defaultdict(set)
    found: dict[str, tuple[str, str]] = {}
    for iri, name, division, part in rows(store, "townships"):
        found[iri] = (name or "?", division)
        parts[iri] |= {part} - {""}
    lines = ((iri, TownshipRow(*found[iri], tuple(sorted(parts[iri], key=_width)))) for iri in found)
    return dict(sorted(lines, key=lambda line: (line[1].parts, line[1].name, line[0])))


def _width(division: str) -> tuple[int, str]:
    """Where a division stands from narrow to wide, as its name ends: a county, a city, a province.

    >>> sorted(["龙江省", "安肇县", "内蒙古自治区", "定州市"], key=_width)
    ['安肇县', '定州市', '内蒙古自治区', '龙江省']
    """
    wide = (("省", "自治区"), 2), (("县", "区", "旗"), 0)
    return next((rank for ends, rank in wide if division.endswith(ends)), 1), division


def read_concepts(store: ox.Store) -> dict[str, Concept]:
    """Every concept of the vocabulary by its key."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    definitions: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, tuple[str, str]] = {}
    for iri, broader, counts, language, name, definition in sorted(rows(store, "concepts")):
        concept, lang = key(iri), language[:2]
        names[concept].setdefault(lang, name)
        definitions[concept].setdefault(lang, definition)
        others.setdefault(concept, (key(broader), key(counts)))
    return {concept: Concept(names[concept], definitions[concept], *others[concept]) for concept in sorted(names)}


class _Facts:
    """Gathers facts graph by graph; what stands behind a fact is in the same graph, a name may be in another."""

    def __init__(self, reports: Mapping[str, ReportRow]) -> None:
        self._reports = reports
        self._activities: dict[str, Fact] = {}
        self._measures: dict[str, Measure] = {}
        self._waiting: dict[str, tuple[str, str, Fact]] = {}  # participation → actor, activity, fact
        self._types: dict[str, str] = {}  # of actors
        self._names: dict[str, str] = {}

    def take(self, triples: Iterable[ox.Quad | ox.Triple]) -> None:
        """Take in what one graph says."""
        said, places, measured = _described(triples)
        for iri, told in said.items():
            if told.get("inReport", "") in self._reports and "activityType" in told:
                self._activities[iri] = self._fact(told, key(told["activityType"]), places[iri])
        for iri, told in said.items():
            if "actorType" in told:
                self._types[iri], self._names[iri] = key(told["actorType"]), told.get("label", "")
            elif "role" in told and told["activity"] in self._activities:
                held = self._activities[told["activity"]]
                start, end, section = places[iri]
                fact = Fact(held.status, held.report, held.type, start, end, section, (told["role"],))
                self._waiting[iri] = (told["actor"], told["activity"], fact)
            elif "indicator" in told and told["inReport"] in self._reports:
                held_by = self._activities.get(measured.get(iri, ""))
                note = (_last(told["qualifier"]), _number(told["value"]), told["unit"])
                fact = self._fact(told, held_by.type if held_by else "", places[iri])._replace(note=note)
                self._measures[iri] = Measure(key(told["indicator"]), fact)

    def ordered(self) -> tuple[dict[str, Fact], tuple[Participation, ...], tuple[Measure, ...]]:
        """Activities, participations and measures in the order of the reports."""
        found = []
        for actor, activity, fact in self._waiting.values():
            name = self._names.get(actor, "")
            fact = fact._replace(note=(*fact.note, name))
            found.append(Participation(self._types.get(actor, "actor/other"), name, activity, fact))
        found.sort(key=lambda one: (*self._place(one.fact), *one[:3], one.fact.note))
        activities = sorted(self._activities.items(), key=lambda item: (*self._place(item[1]), item[0]))
        measures = sorted(
            self._measures.values(), key=lambda one: (*self._place(one.fact), one.indicator, one.fact.note)
        )
        return dict(activities), tuple(found), tuple(measures)

    def _fact(self, told: Mapping[str, str], type_: str, place: tuple[int, int, str]) -> Fact:
        return Fact(_last(told["status"]), told["inReport"], type_, *place)

    def _place(self, fact: Fact) -> tuple[str | int, ...]:
        return (self._reports[fact.report].file, fact.start, fact.end, fact.type)


Described = tuple[dict[str, dict[str, str]], dict[str, tuple[int, int, str]], dict[str, str]]


def _described(triples: Iterable[Any]) -> Described:
    """What is said of each subject, the place of its first passage, and the activity that each measure belongs to."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    evidence: dict[str, list[str]] = defaultdict(list)
    measured: dict[str, str] = {}
    for triple in triples:
        name = WANTED.get(triple.predicate.value)
        if name == "evidence":
            evidence[triple.subject.value].append(triple.object.value)
        elif name == "hasMeasure":
            measured[triple.object.value] = triple.subject.value
        elif name:
            said[triple.subject.value][name] = intern(triple.object.value)
    spots = {iri: _spot(told) for iri, told in said.items() if "start" in told}
    places = {iri: min(spots[passage] for passage in passages) for iri, passages in evidence.items()}
    return said, places, measured


def _spot(told: Mapping[str, str]) -> tuple[int, int, str]:
    return int(told["start"]), int(told["end"]), told.get("section", "")


@cache
def _last(iri: str) -> str:
    """The notation at the end of a concept's IRI."""
    return intern(iri.rpartition("/")[2])


def _number(value: str) -> str:
    """A decimal without a tail of zeros: ``"85.0"`` is ``"85"``."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def rows(store: ox.Store, name: str) -> Iterator[list[str]]:
    """The answers to the query ``name``, over all graphs of the store; an unbound variable is ``""``."""
    query = (files("graph") / "queries" / "network" / f"{name}.rq").read_text(encoding="utf-8")
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is not a SELECT query")
    for solution in answer:
        yield ["" if term is None else intern(term.value) for term in solution]
