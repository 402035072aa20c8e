"""What every part of a briefing works with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.analysis import peers
from graph.analysis.ground import Act, Figure, Ground, Place
from graph.analysis.matrix import Matrix, matrix
from graph.analysis.outliers import by_indicator
from graph.analysis.result import Result
from graph.analysis.shown import Names
from graph.briefing.blocks import Bit
from graph.briefing.sources import Sources
from graph.messages import say


@dataclass(frozen=True)
class Scene:
    """A ground, its names and its answers; ``township`` is the one that the briefing is about, "" for all."""

    ground: Ground
    names: Names
    sources: Sources
    township: str
    found: Mapping[str, Result[Any]]

    @cached_property
    def townships(self) -> tuple[str, ...]:
        """The townships that are set side by side: all, or one (first) and its peers."""
        if not self.township:
            return tuple(self.ground.latest)
        others = peers.peers(self.ground, self.township).townships
        return (self.township, *(one for one in others if one != self.township))

    @cached_property
    def matrix(self) -> Matrix:
        """How many activities of each type each township reports as done."""
        return matrix(self.ground)

    @cached_property
    def acts(self) -> Mapping[tuple[str, str, str], list[Act]]:
        """Report, activity type and status → the activities."""
        found: dict[tuple[str, str, str], list[Act]] = {}
        for act in self.ground.activities:
            found.setdefault((act.report, act.type, act.status), []).append(act)
        return found

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, Figure]]:
        """Indicator → township → its figure, for the townships that are set side by side."""
        reports = {self.ground.latest[township]: township for township in self.townships}
        found = by_indicator(self.ground, reports)
        return {indicator: {reports[one.report]: one for one in figures} for indicator, figures in found.items()}

    def say(self, key: str, **fields: object) -> str:
        """A sentence of the briefing."""
        return say(f"briefing.{key}", self.names.lang, **fields)

    def figure(self, figure: Figure, *, tone: str = "") -> Bit:
        """A figure that leads to its sentence."""
        return Bit(self.names.figure(figure), self.sources.of([figure]), tone)

    def quote(self, report: str, place: Place | None, heading: str, key: str, *, longest: int = 80) -> Bit:
        """A sentence that leads to where it stands."""
        if place is None:
            return Bit("—", tone="none")
        words = self.names.quote(report, place)
        short = words if len(words) <= longest else words[: longest - 1] + "…"
        return Bit(short, self.sources.at(report, key, heading, [place]), "quote")

    def listed(self, keys: Iterable[str]) -> str:
        """The names of several things."""
        return self.names.all(list(keys))
