"""Figures that stand far from the others: distance from the median in robust standard deviations.

Counts are compared by their logarithms (twice as many is as far as half as many), rates as they are. A figure is an
interval: "over 1000" is only known to be 1000 at least. The median is an interval too, and a figure stands out only
where even the least distance between the two does. The spread is 1.4826 times the median distance from the median
(MAD), but never less than the usual spread of all indicators: few values lie close together by chance now and then.
What is not reported is not a zero and takes no part.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from graph.analysis.bases import KINDS, bases
from graph.analysis.chance import normal_limit
from graph.analysis.ground import Figure, Ground
from graph.analysis.result import Result, result

LEAST = 8  # figures of an indicator
CANDIDATE = 3.5  # robust standard deviations (Iglewicz and Hoaglin 1993)
RATE = 0.05  # how often any figure may be named where none stands out
SHORT = 4.0  # the limit is wider by this part for each figure there is: a spread from few is uncertain
FLOORS = {"count": math.log(1.2), "rate": 2.0}  # a spread below these tells nothing
MAD = 1.4826
LOWEST = 0.5  # a count below this is taken for this
GRAIN = 1000.0  # counts for each village are compared in thousandths, so that small ones stay above that


class Outlier(NamedTuple):
    """A figure far from the others: ``low`` and ``high`` bound the median, ``distance`` is negative below it.

    ``figure`` is as it is written. ``of`` is the number of townships that report the indicator; ``fact`` the measure in ``report``. ``per`` is
    "villages" or "population" where what stands out is the figure for each village or for 1000 people, "" otherwise.
    """

    township: str
    indicator: str
    figure: Figure
    low: float
    high: float
    distance: float
    of: int
    per: str
    sure: bool
    report: str
    fact: str


class Middle(NamedTuple):
    """The middle of an indicator: the median's bounds as written, its bounds and the spread on the scale used."""

    low: float
    high: float
    least: float
    most: float
    spread: float
    of: int


def outliers(ground: Ground) -> Result[Outlier]:
    """Tell which townships' figures stand far from those of all others."""
    tables = {"": by_indicator(ground, ground.latest.values())}
    for kind, unit in KINDS.items():
        given = {report: base.value / unit / GRAIN for report, base in bases(ground, kind).items()}
        tables[kind] = _divided(tables[""], given, ground.rates)
    middles = {per: middles_of(figures, ground.rates) for per, figures in tables.items()}
    tests = sum(middle.of for found in middles.values() for middle in found.values())
    rows: list[Outlier] = []
    for per, figures in tables.items():
        known = {row.fact for row in rows if row.sure}
        rows += [
            row
            for indicator, middle in middles[per].items()
            for figure in figures[indicator]
            if figure.iri not in known and (row := _outlier(ground, figure, middle, tests, per))
        ]
    rows.sort(key=lambda row: (not row.sure, -abs(row.distance), row.indicator, row.township))
    notes = {"tests": tests, "candidate": CANDIDATE, "rate": RATE}
    return result("outliers", Outlier, rows, len(ground.latest), least=LEAST, **notes)


def _divided(
    figures: Mapping[str, Sequence[Figure]], given: Mapping[str, float], rates: frozenset[str]
) -> dict[str, list[Figure]]:
    """Give the counts of those reports that have a base, divided by it."""
    return {
        indicator: [one._replace(value=one.value / given[one.report]) for one in found if one.report in given]
        for indicator, found in figures.items()
        if indicator not in rates
    }


def by_indicator(ground: Ground, reports: Iterable[str]) -> dict[str, list[Figure]]:
    """Give each indicator's figures of what was done, at most one for each report, in the order of the reports."""
    wanted, found = set(reports), defaultdict(list)
    for (report, indicator), figure in ground.chosen.items():
        if report in wanted:
            found[indicator].append(figure)
    return dict(sorted(found.items()))


def middles_of(figures: Mapping[str, Sequence[Figure]], rates: frozenset[str]) -> dict[str, Middle]:
    """Give the middle of each indicator that enough townships report."""
    many = {indicator: found for indicator, found in figures.items() if len(found) >= LEAST}
    own = {indicator: _spread(found, indicator in rates) for indicator, found in many.items()}
    usual = {
        rate: max([median(group), FLOORS["rate" if rate else "count"]] if group else [0.0])
        for rate in (True, False)
        for group in [[spread for indicator, spread in own.items() if (indicator in rates) == rate]]
    }
    return {
        indicator: _middle(found, indicator in rates, max(own[indicator], usual[indicator in rates]))
        for indicator, found in many.items()
    }


def scaled(value: float, rate: bool) -> float:
    """Put a value on the scale on which it is compared."""
    return value if rate else math.log(max(value, LOWEST))


def distance(figure: Figure, middle: Middle, rate: bool) -> float:
    """Give the least distance between a figure and the median, in spreads; 0 where their bounds overlap."""
    low, high = (scaled(bound, rate) for bound in figure.span)
    if low > middle.most:
        return (low - middle.most) / middle.spread
    if high < middle.least:
        return (high - middle.least) / middle.spread
    return 0.0


def limit(tests: int, of: int) -> float:
    """Give the distance from which a figure stands out: with more figures looked at it must be farther."""
    return normal_limit(tests, rate=RATE) * (1 + SHORT / of)


def _outlier(ground: Ground, figure: Figure, middle: Middle, tests: int, per: str) -> Outlier | None:
    far = distance(figure, middle, figure.indicator in ground.rates)
    if abs(far) < CANDIDATE:
        return None
    township = ground.about.reports[figure.report].township
    low, high = (bound / GRAIN if per else bound for bound in (middle.low, middle.high))
    told = ground.chosen[figure.report, figure.indicator]
    return Outlier(
        township, figure.indicator, told, low, high, round(far, 1), middle.of, per,
        abs(far) >= limit(tests, middle.of), figure.report, figure.iri,
    )  # fmt: skip


def _spread(figures: Sequence[Figure], rate: bool) -> float:
    values = [scaled(figure.value, rate) for figure in figures]
    middle = median(values)
    return MAD * median(abs(value - middle) for value in values)


def middle_of(figures: Sequence[Figure]) -> tuple[float, float]:
    """Give the bounds of the median of some figures.

    >>> middle_of([Figure("", "", "", value, "件", bound, "done") for value, bound in ((1, "exact"), (5, "over"))])
    (3.0, inf)
    """
    low, high = (float(median(bounds)) for bounds in zip(*(figure.span for figure in figures), strict=True))
    return low, high


def _middle(figures: Sequence[Figure], rate: bool, spread: float) -> Middle:
    low, high = middle_of(figures)
    least, most = (
        median(scaled(bound, rate) if bound < math.inf else math.inf for bound in bounds)
        for bounds in zip(*(figure.span for figure in figures), strict=True)
    )
    return Middle(low, high, least, most, spread, len(figures))
