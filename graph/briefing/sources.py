"""The sentences behind a briefing: each thing that is linked to gets an anchor in the appendix."""

from __future__ import annotations

from collections.abc import Iterable

from graph.analysis.ground import Act, Figure, Ground, Place
from graph.analysis.promises import sentence
from graph.analysis.shown import Names
from graph.briefing.blocks import Group, Said, Source
from graph.messages import say


class Sources:
    """Gathers what is linked to; ``of`` gives an anchor, ``appendix`` the sentences of all that was asked for."""

    def __init__(self, ground: Ground, names: Names) -> None:
        self.ground, self.names = ground, names
        self._reports = {iri: f"r{at}" for at, iri in enumerate(ground.about.reports, 1)}
        self._places: dict[tuple[str, str], list[Place]] = {}
        self._headings: dict[tuple[str, str], str] = {}

    def report(self, report: str) -> str:
        """The anchor of a report in the appendix."""
        self._places.setdefault((report, ""), [])
        return self._reports[report]

    def of(self, facts: Iterable[Act | Figure]) -> str:
        """The anchor of what one report says by some facts of one kind and status."""
        facts = list(facts)
        first = facts[0]
        kind = first.type if isinstance(first, Act) else first.indicator
        heading = self.names.of(kind)
        if first.status != "done":
            heading += say("briefing.in-brackets", self.names.lang, what=self.names.value(first.status))
        places = self.ground.places(first.report)
        return self.at(first.report, f"{kind}-{first.status}", heading, [places[fact.iri] for fact in facts])

    def at(self, report: str, key: str, heading: str, places: Iterable[Place]) -> str:
        """The anchor of some places of one report under a heading of their own."""
        known = self._places.setdefault((report, key), [])
        known += [place for place in places if place not in known]
        self._headings[report, key] = heading
        return self._anchor(report, key)

    def appendix(self) -> tuple[Source, ...]:
        """Everything that was linked to, report by report."""
        wanted: dict[str, list[str]] = {}
        for report, key in self._places:
            wanted.setdefault(report, []).append(key)
        return tuple(
            Source(
                self._reports[report],
                self.names.of(report),
                self.names.file(report),
                tuple(self._group(report, key) for key in sorted(wanted[report]) if key),
            )
            for report in self._reports
            if report in wanted
        )

    def _anchor(self, report: str, key: str) -> str:
        return f"{self._reports[report]}-{key.replace('/', '-')}"

    def _group(self, report: str, key: str) -> Group:
        text = self.ground.text(report) or ""
        marks: dict[Place, list[Place]] = {}
        for place in sorted(self._places[report, key]):
            marks.setdefault(sentence(text, place), []).append(place)
        sentences = (
            Said(
                text[whole.start : whole.end],
                _joined((one.start - whole.start, one.end - whole.start) for one in found),
            )
            for whole, found in marks.items()
        )
        return Group(self._anchor(report, key), self._headings[report, key], tuple(sentences))


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Put spans that overlap together, in their order.

    >>> _joined([(5, 9), (0, 3), (2, 4)])
    ((0, 4), (5, 9))
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
