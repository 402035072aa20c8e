"""What a build says, read out of its store once: the ground that networks and views stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from sys import intern
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from ontology.terms import BASE


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


def read(store: ox.Store) -> Reading:
    """Everything that the views show, out of a build's store."""
    reports = _reports(store)
    activities = dict(_activities(store, reports))
    return Reading(
        reports,
        _townships(store),
        _concepts(store),
        activities,
        tuple(_participations(store, activities, reports)),
        tuple(_measures(store, activities, reports)),
    )


def _reports(store: ox.Store) -> dict[str, ReportRow]:
    found = {
        report: ReportRow(file, township, int(year[:4]) if year else None)
        for report, file, township, year in rows(store, "reports")
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].file, item[0])))


def _townships(store: ox.Store) -> dict[str, TownshipRow]:
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


def _concepts(store: ox.Store) -> dict[str, Concept]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    definitions: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, tuple[str, str]] = {}
    for iri, broader, counts, language, name, definition in sorted(rows(store, "concepts")):
        concept, lang = key(iri), language[:2]
        names[concept].setdefault(lang, name)
        definitions[concept].setdefault(lang, definition)
        others.setdefault(concept, (key(broader), key(counts)))
    return {concept: Concept(names[concept], definitions[concept], *others[concept]) for concept in sorted(names)}


def _activities(store: ox.Store, reports: Mapping[str, ReportRow]) -> Iterator[tuple[str, Fact]]:
    lines = [
        (activity, Fact(_last(status), report, key(type_), int(start), int(end), section))
        for activity, type_, status, report, start, end, section in rows(store, "activities")
        if report in reports
    ]
    return _first(sorted(lines, key=lambda line: (*_place(reports, line[1]), line[0])))


def _participations(
    store: ox.Store, activities: Mapping[str, Fact], reports: Mapping[str, ReportRow]
) -> Iterator[Participation]:
    lines = []
    for participation, type_, name, activity, role, start, end, section in rows(store, "participations"):
        if held := activities.get(activity):
            fact = Fact(held.status, held.report, held.type, int(start), int(end), section, (role, name))
            lines.append((participation, Participation(key(type_), name, activity, fact)))
    lines.sort(key=lambda line: (*_place(reports, line[1].fact), *line[1][:3], line[0]))
    return (one for _, one in _first(lines))


def _measures(store: ox.Store, activities: Mapping[str, Fact], reports: Mapping[str, ReportRow]) -> Iterator[Measure]:
    lines = []
    for measure, indicator, value, unit, bound, status, report, start, end, section, activity in rows(
        store, "measures"
    ):
        if report in reports:
            type_ = activities[activity].type if activity in activities else ""
            note = (_last(bound), _number(value), unit)
            fact = Fact(_last(status), report, type_, int(start), int(end), section, note)
            lines.append((measure, Measure(key(indicator), fact)))
    lines.sort(key=lambda line: (*_place(reports, line[1].fact), line[1].indicator, line[0]))
    return (measure for _, measure in _first(lines))


@cache
def _last(iri: str) -> str:
    """The notation at the end of a concept's IRI."""
    return intern(iri.rpartition("/")[2])


def _number(value: str) -> str:
    """A decimal without a tail of zeros: ``"85.0"`` is ``"85"``."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def _place(reports: Mapping[str, ReportRow], fact: Fact) -> tuple[str | int, ...]:
    return (reports[fact.report].file, fact.start, fact.end, fact.type)


_T = TypeVar("_T")


def _first(lines: Iterable[tuple[str, _T]]) -> Iterator[tuple[str, _T]]:
    """Each name's first line: a fact with two passages is shown by its first.

    What several reports say alike may stand in several graphs, so that the store answers more than once.
    """
    seen = set()
    for name, line in lines:
        if name not in seen:
            seen.add(name)
            yield name, line


def rows(store: ox.Store, name: str) -> Iterator[list[str]]:
    """The answers to the query ``name``, over all graphs of the store; an unbound variable is ``""``."""
    query = (files("graph") / "queries" / "network" / f"{name}.rq").read_text(encoding="utf-8")
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is not a SELECT query")
    for solution in answer:
        yield ["" if term is None else intern(term.value) for term in solution]
