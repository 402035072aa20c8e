"""What a build says, read out of its store once: the ground that networks and views stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from sys import intern
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from ontology.terms import BASE

Row = dict[str, str]


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
    """A township: its name, its division type, the divisions that it lies in."""

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
        """The first division that a township lies in, ``""`` where none is known."""
        return next(iter(self.townships[iri].parts), "")

    def full_name(self, iri: str) -> str:
        """A township's name after the divisions that it lies in."""
        row = self.townships[iri]
        return "".join([*row.parts, row.name])


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
        row["report"]: ReportRow(row["file"], intern(row["township"]), int(row["year"][:4]) if row["year"] else None)
        for row in rows(store, "reports")
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].file, item[0])))


def _townships(store: ox.Store) -> dict[str, TownshipRow]:
    parts: dict[str, set[str]] = defaultdict(set)
    found: dict[str, Row] = {}
    for row in rows(store, "townships"):
        found[row["township"]] = row
        parts[row["township"]] |= {row["part"]} - {""}
    lines = (
        (iri, TownshipRow(row["name"] or "?", row["division"], tuple(sorted(parts[iri])))) for iri, row in found.items()
    )
    return dict(sorted(lines, key=lambda line: (line[1].parts, line[1].name, line[0])))


def _concepts(store: ox.Store) -> dict[str, Concept]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    definitions: dict[str, dict[str, str]] = defaultdict(dict)
    others: dict[str, tuple[str, str]] = {}
    for row in sorted(rows(store, "concepts"), key=lambda row: tuple(row.values())):
        name, language = key(row["concept"]), row["language"][:2]
        names[name].setdefault(language, row["name"])
        definitions[name].setdefault(language, row["definition"])
        others.setdefault(name, (key(row["broader"]), key(row["counts"])))
    return {name: Concept(names[name], definitions[name], *others[name]) for name in sorted(names)}


def _activities(store: ox.Store, reports: Mapping[str, ReportRow]) -> Iterator[tuple[str, Fact]]:
    lines = (
        (row["activity"], _fact(row, key(row["type"]))) for row in rows(store, "activities") if row["report"] in reports
    )
    return _first(sorted(lines, key=lambda line: (*_place(reports, line[1]), line[0])))


def _participations(
    store: ox.Store, activities: Mapping[str, Fact], reports: Mapping[str, ReportRow]
) -> Iterator[Participation]:
    lines = []
    for row in rows(store, "participations"):
        if activity := activities.get(row["activity"]):
            place = {"status": activity.status, "report": activity.report}
            fact = _fact({**row, **place}, activity.type)._replace(note=(intern(row["role"]), intern(row["name"])))
            one = Participation(key(row["type"]), intern(row["name"]), row["activity"], fact)
            lines.append((row["participation"], one))
    lines.sort(key=lambda line: (*_place(reports, line[1].fact), *line[1][:3], line[0]))
    return (one for _, one in _first(lines))


def _measures(store: ox.Store, activities: Mapping[str, Fact], reports: Mapping[str, ReportRow]) -> Iterator[Measure]:
    lines = []
    for row in rows(store, "measures"):
        activity = activities.get(row["activity"])
        note = (key(row["qualifier"]).rpartition("/")[2], _number(row["value"]), intern(row["unit"]))
        fact = _fact(row, activity.type if activity else "")._replace(note=note)
        lines.append((row["measure"], Measure(key(row["indicator"]), fact)))
    lines.sort(key=lambda line: (*_place(reports, line[1].fact), line[1].indicator, line[0]))
    return (measure for _, measure in _first(lines))


def _fact(row: Mapping[str, str], type_: str) -> Fact:
    status, report = intern(key(row["status"]).rpartition("/")[2]), intern(row["report"])
    return Fact(status, report, type_, int(row["start"]), int(row["end"]), intern(row["section"]))


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


def rows(store: ox.Store, name: str) -> Iterator[Row]:
    """The answers to the query ``name``, over all graphs of the store; an unbound variable is ``""``."""
    query = (files("graph") / "queries" / "network" / f"{name}.rq").read_text(encoding="utf-8")
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is not a SELECT query")
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: "" if term is None else term.value for name, term in zip(names, solution, strict=True)}
