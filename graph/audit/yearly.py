"""A report beside the same township's of the year before: the text that stands unchanged, and the figures that do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractors.shapes import Facts, Measure
from graph.audit.across import Everybodys, Passage
from graph.audit.finding import Span
from graph.naming import decimal
from ontology.vocabulary import Vocabulary

_LEAST = 10.0  # a figure below may well be the same by chance
_CHANGING = frozenset({"event", "reach"})  # kinds of figures that differ from year to year


class Figure(NamedTuple):
    """A figure of a report that may be held against the year before: what it counts and where it stands."""

    indicator: str
    value: float
    unit: str
    qualifier: str
    span: Span

    @property
    def same(self) -> tuple[str, float, str, str]:
        """What makes two figures one and the same."""
        return self[:4]


class Again(NamedTuple):
    """What a report has from that of the year before: the share of its own letters, passages, and the same figures."""

    report: int
    before: int
    share: float
    passages: tuple[Passage, ...]
    figures: tuple[tuple[Figure, Figure], ...]


class Years:
    """Picks the figures that change from year to year, with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds = vocabulary.scheme("indicator").items()
        self._changing = {name for name, c in kinds if c.properties.get("figureKind", ["event"])[0] in _CHANGING}

    def figures(self, facts: Facts) -> tuple[Figure, ...]:
        """The figures of a report that would be another in another year."""
        return tuple(_figure(measure) for measure in facts.measures if self._counts(measure))

    def _counts(self, measure: Measure) -> bool:
        quantity = measure.quantity
        known = measure.indicator in self._changing and measure.indicator != "other"
        return known and measure.status == "done" and quantity.unit != "%" and quantity.value >= _LEAST


def _figure(measure: Measure) -> Figure:
    quantity = measure.quantity
    return Figure(measure.indicator, quantity.value, quantity.unit, quantity.qualifier, (measure.start, measure.end))


def said_again(
    everybodys: Everybodys, years: Mapping[tuple[str, int], int], figures: Sequence[Sequence[Figure]]
) -> Iterator[Again]:
    """Hold each report against that of its township's year before; ``years`` gives reports by township and year."""
    for (township, year), report in sorted(years.items(), key=lambda item: item[1]):
        before = years.get((township, year - 1))
        if before is None:
            continue
        shared = everybodys.between(report, before)
        same = tuple(_same(figures[report], figures[before]))
        if shared.passages or same:
            yield Again(report, before, shared.share, shared.passages, same)


def _same(now: Sequence[Figure], then: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The figures that stand in both, each of the year before taken once."""
    left: dict[tuple[str, float, str, str], list[Figure]] = {}
    for figure in then:
        left.setdefault(figure.same, []).append(figure)
    for figure in now:
        if left.get(figure.same):
            yield figure, left[figure.same].pop(0)


def told(figure: Figure) -> str:
    """Write a figure in short.

    >>> told(Figure("publicity-events", 20.0, "次", "over", (0, 4)))
    '20次'
    """
    return decimal(figure.value) + figure.unit
