"""What the analyses stand on: the facts of a build, read from its store by SPARQL when they are first asked for.

On disk the store looks up every name that it gives and joins slowly; so what is read is one property at a time, leaves
out what is usual (that something was done, that a figure is exact), and is put together here. Places in the text, which
only what is named needs, are read report by report.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyoxigraph as ox

from graph.reading import Reading, key, read_concepts, read_reports, read_townships

if TYPE_CHECKING:
    from graph.store import Build

ABOUT = 0.5  # "about 100" stands for 50 to 150, as the audit has it

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
    """An actor's part in an activity: the activity, its report, the key of the actor's type, the actor."""

    activity: str
    report: str
    type: str
    actor: str


_F = TypeVar("_F", Act, Figure, Part)
_T = TypeVar("_T")


class Place(NamedTuple):
    """Where a report says something: code-point offsets into its text."""

    start: int
    end: int


class Ground:
    """The facts of a build. Nothing is read before it is asked for, and nothing twice."""

    def __init__(self, store: ox.Store, texts: Texts, metas: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._store, self.text, self._metas = store, texts, metas or {}
        self._places: dict[str, dict[str, Place]] = {}
        self._found: dict[str, Any] = {}

    def once(self, name: str, work: Callable[[Ground], _T]) -> _T:
        """Give what ``work`` finds, worked out when it is first asked for."""
        if name not in self._found:
            self._found[name] = work(self)
        found: _T = self._found[name]
        return found

    @cached_property
    def about(self) -> Reading:
        """Reports, townships and concepts, with the questions that can be asked of them; it holds no facts."""
        store = self._store
        return Reading(read_reports(store), read_townships(store), read_concepts(store), {}, (), ())

    @cached_property
    def activities(self) -> tuple[Act, ...]:
        """Every activity, in the order of the reports."""
        status = self._statuses
        return self._ordered(
            Act(iri, intern(report), key(type_), status.get(iri, "done"))
            for report, iri, type_ in self._ask("activities")
        )

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that has an indicator of its own, in the order of the reports."""
        status = self._statuses
        values, units = (dict(self._pairs(name)) for name in ("values", "units"))
        bounds = {iri: last(bound) for iri, bound in self._pairs("bounds")}
        return self._ordered(
            Figure(
                iri, intern(report), key(indicator), float(values[iri]), intern(units[iri]), bounds.get(iri, "exact"),
                status.get(iri, "done"),
            )
            for report, iri, indicator in self._ask("measures")
        )  # fmt: skip

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part that an actor takes in an activity, in the order of the reports; whom it is aimed at takes none."""
        reports = {act.iri: act.report for act in self.activities}
        types = {actor: key(type_) for actor, type_ in sorted(self._pairs("actors"), reverse=True)}
        return self._ordered(
            Part(activity, reports[activity], types[actor], actor)
            for actor, activity in self._pairs("parts")
            if activity in reports and actor in types
        )

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

    def meta(self, report: str) -> Mapping[str, str]:
        """What is known of a report beside its text."""
        return self._metas.get(report, {})

    def place(self, fact: Act | Figure) -> Place:
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
        """The status of what was not done."""
        return {iri: last(status) for iri, status in self._pairs("undone")}

    def _ordered(self, facts: Iterable[_F]) -> tuple[_F, ...]:
        found: dict[str, list[_F]] = {report: [] for report in self.about.reports}
        for fact in facts:
            if fact.report in found:
                found[fact.report].append(fact)
        return tuple(fact for group in found.values() for fact in sorted(group))

    def _pairs(self, name: str) -> Iterator[tuple[str, str]]:
        return ((one, other) for one, other in self._ask(name))

    def _ask(self, name: str, **values: str) -> Iterator[tuple[str, ...]]:
        query = (files("graph") / "queries" / "analysis" / f"{name}.rq").read_text(encoding="utf-8")
        given: dict[ox.Variable, Any] = {ox.Variable(variable): ox.NamedNode(iri) for variable, iri in values.items()}
        answer = self._store.query(query, use_default_graph_as_union=name == "rates", substitutions=given)
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

    return Ground(build.store, text, {entry.iri: entry.meta for entry in build.reports})
