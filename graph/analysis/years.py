"""What changes from a township's report on one year to its report on the next: new, gone, up, down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from graph.analysis.ground import Act, Figure, Ground
from graph.analysis.result import Result, result

LEAST = 2  # reports of one township
STEP = 0.1  # a figure that differs by less than this part is called the same


class Following(NamedTuple):
    """A township's reports on two years, the second being the next that it has."""

    township: str
    early: str
    late: str
    years: tuple[int, int]


class Change(NamedTuple):
    """What changed between two reports: ``what`` is an activity type or an indicator.

    ``direction`` is "new", "gone", "up", "down", or "unclear" where the bounds of two figures overlap. ``before`` and
    ``after`` are figures, or the activities that stand for it (None: not reported, which is not zero).
    """

    township: str
    early: int
    late: int
    what: str
    direction: str
    before: Figure | Act | None
    after: Figure | Act | None


def changes(ground: Ground) -> Result[Change]:
    """Tell what is new, gone, up or down in each township from one report to the next."""
    pairs = following(ground)
    acts = _done(ground)
    figures: dict[str, dict[str, Figure]] = defaultdict(dict)
    for (report, indicator), figure in ground.chosen.items():
        figures[report][indicator] = figure
    rows = [
        Change(pair.township, *pair.years, what, way, before, after)
        for pair in pairs
        for what, way, before, after in (
            *_compared(acts[pair.early], acts[pair.late]),
            *_compared(figures[pair.early], figures[pair.late]),
        )
    ]
    order = {"new": 0, "gone": 1, "up": 2, "down": 3, "unclear": 4}
    rows.sort(key=lambda row: (row.township, row.early, order[row.direction], row.what))
    reports = {iri for pair in pairs for iri in (pair.early, pair.late)}
    return result("changes", Change, rows, len(reports), least=LEAST, step=STEP)


def following(ground: Ground) -> list[Following]:
    """Give each township's pairs of reports that follow each other."""
    rows: dict[str, dict[int, str]] = defaultdict(dict)
    for iri, row in ground.about.reports.items():
        if row.year is not None:
            rows[row.township][row.year] = iri
    return [
        Following(township, reports[early], reports[late], (early, late))
        for township, reports in sorted(rows.items())
        for early, late in pairwise(sorted(reports))
    ]


def direction(before: Figure, after: Figure) -> str:
    """Tell whether a figure went up or down, as far as the bounds of both tell; "" where it is the same.

    >>> over, exact = (Figure("", "", "", value, "件", bound, "done") for value, bound in ((90.0, "over"), (60.0, "exact")))
    >>> direction(exact, over), direction(over, exact._replace(value=120.0))
    ('up', 'unclear')
    """
    (low, high), (least, most) = before.span, after.span
    if before.value == after.value and before.bound == after.bound:
        return ""
    if least > high:
        return "up" if after.value > before.value * (1 + STEP) or before.unit == "%" else ""
    if most < low:
        return "down" if after.value < before.value * (1 - STEP) or before.unit == "%" else ""
    return "unclear"


def _done(ground: Ground) -> dict[str, dict[str, Act]]:
    found: dict[str, dict[str, Act]] = defaultdict(dict)
    for act in ground.activities:
        if act.status == "done":
            found[act.report].setdefault(act.type, act)
    return found


_Said = tuple[str, str, Figure | Act | None, Figure | Act | None]


def _compared(before: dict[str, Figure] | dict[str, Act], after: dict[str, Figure] | dict[str, Act]) -> Iterator[_Said]:
    for what in sorted({*before, *after}):
        old, new = before.get(what), after.get(what)
        if old is None or new is None:
            yield what, "gone" if new is None else "new", old, new
        elif isinstance(old, Figure) and isinstance(new, Figure) and (way := direction(old, new)):
            yield what, way, old, new
