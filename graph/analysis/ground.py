"""What the analyses stand on: the facts of a build, read from its store by SPARQL when they are first asked for.

On disk, one pass over a property is many times faster than a join; so facts are read property by property
(``queries/analysis/column.rq``) and put together here. Places in the text, which only what is named needs, are read
report by report.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyoxigraph as ox

from graph.reading import Reading, key, read_concepts, read_reports, read_townships
from ontology import terms

if TYPE_CHECKING:
    from graph.store import Build

ABOUT = 0.5  # "about 100" stands for 50 to 150, as the audit has it
OTHER = "indicator/other"

Texts = Callable[[str], str | None]  # a report's IRI → its text as loaded


class Act(NamedTuple):
    """Something that a report says was done, is planned or lacks."""

    iri: str
    report: str
    type: str
    status: str


class Figure(NamedTuple):
    """A figure of a report: its indicator, its value with bound and unit."""

    iri: str
    report: str
    indicator: str
    value: float
    unit: str
    bound: str
    status: str

    @property
    def span(self) -> tuple[float, float]:
        """The least and the most that the figure may stand for.

        >>> Figure("", "", "", 1000.0, "件", "over", "done").span
        (1000.0, inf)
        """
        most = 100.0 if self.unit == "%" and self.value <= 100 else math.inf
        spans = {
            "exact": (self.value, self.value),
            "over": (self.value, most),
            "under": (0.0, self.value),
            "about": (self.value * (1 - ABOUT), min(self.value * (1 + ABOUT), most)),
        }
        return spans[self.bound]


class Part(NamedTuple):
    """An actor's part in an activity: the key of the actor's type, the actor, the activity, the role."""

    iri: str
    report: str
    type: str
    actor: str
    activity: str
    role: str


_F = TypeVar("_F", Act, Figure, Part)


class Place(NamedTuple):
    """Where a report says something: code-point offsets into its text."""

    start: int
    end: int


class Ground:
    """The facts of a build. Nothing is read before it is asked for, and nothing twice."""

    def __init__(self, store: ox.Store, texts: Texts) -> None:
        self._store, self.text = store, texts
        self._places: dict[str, dict[str, Place]] = {}

    @cached_property
    def about(self) -> Reading:
        """Reports, townships and concepts, with the questions that can be asked of them; it holds no facts."""
        store = self._store
        return Reading(read_reports(store), read_townships(store), read_concepts(store), {}, (), ())

    @cached_property
    def activities(self) -> tuple[Act, ...]:
        """Every activity, in the order of the reports."""
        types = self._column("activityType")
        found = (Act(iri, report, type_, self._statuses[iri]) for iri, (report, type_) in types.items())
        return self._ordered(found)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that has an indicator of its own, in the order of the reports."""
        values, units, bounds = (self._column(name) for name in ("value", "unit", "qualifier"))
        found = (
            Figure(iri, report, indicator, float(values[iri][1]), units[iri][1], last(bounds[iri][1]), status)
            for iri, (report, indicator) in self._column("indicator").items()
            if indicator != OTHER and (status := self._statuses[iri])
        )
        return self._ordered(found)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every participation, in the order of the reports."""
        activities, roles = self._column("activity"), self._column("role")
        found = (
            Part(iri, report, self.actors[actor][0], actor, activities[iri][1], roles[iri][1])
            for iri, (report, actor) in self._column("actor").items()
            if actor in self.actors
        )
        return self._ordered(found)

    @cached_property
    def actors(self) -> Mapping[str, tuple[str, str]]:
        """Every actor's type and name."""
        rows = sorted((actor, key(type_), name) for actor, type_, name in self._ask("actors"))
        return {actor: (type_, name) for actor, type_, name in reversed(rows)}

    @cached_property
    def rates(self) -> frozenset[str]:
        """The indicators whose figures are rates."""
        return frozenset(key(indicator) for (indicator,) in self._ask("rates"))

    @cached_property
    def chosen(self) -> Mapping[tuple[str, str], Figure]:
        """Report and indicator → the figure of what was done, chosen as the cube chooses it.

        Of several, the largest (a whole is not smaller than its parts), of rates the first stated.
        """
        best: dict[tuple[str, str], Figure] = {}
        for figure in self.figures:
            cell = (figure.report, figure.indicator)
            if figure.status == "done" and (cell not in best or self._precedes(figure, best[cell])):
                best[cell] = figure
        return best

    def _precedes(self, one: Figure, other: Figure) -> bool:
        sizes = [0 if one.indicator in self.rates else math.floor(figure.value * 100) for figure in (one, other)]
        if sizes[0] != sizes[1]:
            return sizes[0] > sizes[1]
        return (self._start(one), one.iri) < (self._start(other), other.iri)

    def _start(self, figure: Figure) -> int:
        return min(int(start) for start, *_ in self._ask("starts", report=figure.report, fact=figure.iri))

    @cached_property
    def latest(self) -> Mapping[str, str]:
        """Each township's latest report (of two for a year, the one whose name comes last)."""
        chosen: dict[str, str] = {}
        reports = self.about.reports
        for iri in sorted(reports, key=lambda iri: (reports[iri].year or 0, reports[iri].file, iri)):
            chosen[reports[iri].township] = iri
        return {township: chosen[township] for township in self.about.townships if township in chosen}

    def place(self, fact: Act | Figure | Part) -> Place:
        """Where a fact stands in its report."""
        return self.places(fact.report)[fact.iri]

    def places(self, report: str) -> Mapping[str, Place]:
        """Where each fact of a report stands in it; of several places the first."""
        if report not in self._places:
            rows = [(fact, Place(int(start), int(end))) for fact, start, end, _ in self._ask("places", report=report)]
            self._places[report] = dict(sorted(rows, reverse=True))
        return self._places[report]

    @cached_property
    def _statuses(self) -> Mapping[str, str]:
        return {iri: last(status) for iri, (_, status) in self._column("status").items()}

    def _column(self, name: str) -> dict[str, tuple[str, str]]:
        """One property of all facts: fact → its report and the value; what belongs to no report is left out."""
        reports = self.about.reports
        return {
            fact: (intern(report), key(value) if name in ("activityType", "indicator") else value)
            for report, fact, value, _ in self._ask("column", property=terms.zl(name))
            if report in reports
        }

    def _ordered(self, facts: Iterator[_F]) -> tuple[_F, ...]:
        rank = {iri: at for at, iri in enumerate(self.about.reports)}
        return tuple(sorted(facts, key=lambda fact: (rank[fact.report], fact[2:], fact.iri)))

    def _ask(self, name: str, **values: str) -> Iterator[tuple[str, ...]]:
        query = (files("graph") / "queries" / "analysis" / f"{name}.rq").read_text(encoding="utf-8")
        given: dict[ox.Variable, Any] = {ox.Variable(variable): ox.NamedNode(iri) for variable, iri in values.items()}
        answer = self._store.query(query, use_default_graph_as_union=name in ("actors", "rates"), substitutions=given)
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError(f"{name}.rq is not a SELECT query")
        for row in answer:
            yield tuple(term.value for term in row)


def last(iri: str) -> str:
    """The notation at the end of a concept's IRI.

    >>> last("https://w3id.org/zhili/status/done")
    'done'
    """
    return intern(iri.rpartition("/")[2])


def ground_of(build: Build) -> Ground:
    """The ground of an opened build."""
    names = {entry.iri: entry.name for entry in build.reports}
    texts: dict[str, str | None] = {}

    def text(report: str) -> str | None:
        if report not in texts:
            try:
                texts[report] = build.text(names[report])
            except (KeyError, FileNotFoundError):
                texts[report] = None
        return texts[report]

    return Ground(build.store, text)
