"""Promises kept: what a report on one year planned, beside what the next year's report says was done.

A plan and a deed are held together where they are of one activity type (or one is broader than the other) and the words
agree: pairs of characters of the plan that the deed has too, each weighed by how rare it is in all plans and deeds of
the build, so that what everybody writes (进一步加强) weighs next to nothing. A planned figure is held against the next
year's figure of the same indicator, bounds as bounds. That nothing was found means that the next report does not tell
of it, not that it was not done.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graph.analysis.ground import Act, Figure, Ground, Place
from graph.analysis.result import Result, result
from graph.analysis.years import Following, following

LEAST = 2  # reports of one township
KEPT = 0.5  # of a plan's words, weighed, that a deed must have
NEAR = 0.3  # from here on the deed may be a part of what was planned
FEWEST = 3  # pairs of characters in a plan that says anything

_HAN = re.compile(r"[\u3400-\u9fff]+")
_STOP = re.compile(r"[。；！？!?;\n\r]")
_NEXT_YEAR = re.compile(r"^[^\u3400-\u9fff]*(?:下一步|明年|下年度?|来年|\d{4}年)")


class Promise(NamedTuple):
    """A plan and what became of it: ``verdict`` is "kept", "partly" or "unfound".

    ``plan`` and ``deed`` are the places of the sentences in the reports on ``year`` and on the year after (no deed:
    None); ``planned`` and ``reached`` the figures compared, where the plan gives one; ``likeness`` the part of the
    plan's words that the deed has.
    """

    township: str
    year: int
    activity: str
    verdict: str
    likeness: float
    planned: Figure | None
    reached: Figure | None
    plan_report: str
    plan: Place
    deed_report: str
    deed: Place | None


class Saying(NamedTuple):
    """A sentence that plans or tells of activities: its place, its words, the types, its figures."""

    place: Place
    grams: frozenset[str]
    types: frozenset[str]
    figures: tuple[Figure, ...]


def promises(ground: Ground) -> Result[Promise]:
    """Tell which plans of a year the next year's report says were carried out."""
    pairs = [pair for pair in following(ground) if pair.years[1] - pair.years[0] == 1]
    wanted = {report for pair in pairs for report in (pair.early, pair.late)}
    acts = _by_report(act for act in ground.activities if act.report in wanted)
    figures = _by_report(figure for figure in ground.figures if figure.report in wanted)
    plans = {pair: sayings(ground, pair.early, "planned", acts, figures) for pair in pairs}
    deeds = {pair: sayings(ground, pair.late, "done", acts, figures) for pair in pairs}
    weigh = _weights([*plans.values(), *deeds.values()])
    rows = [
        verdict
        for pair in pairs
        for plan in plans[pair]
        if len(plan.grams) >= FEWEST
        for verdict in [_judged(ground, pair, plan, deeds[pair], weigh)]
    ]
    return result("promises", Promise, rows, len(wanted), least=LEAST, kept=KEPT, near=NEAR)


def sayings(
    ground: Ground,
    report: str,
    status: str,
    acts: Mapping[str, Sequence[Act]],
    figures: Mapping[str, Sequence[Figure]],
) -> list[Saying]:
    """Give the sentences of a report that tell of activities of one status, in the order of its text."""
    text, places = ground.text(report) or "", ground.places(report)
    types: dict[Place, set[str]] = defaultdict(set)
    inside: dict[Place, list[Figure]] = defaultdict(list)
    for act in acts.get(report, ()):
        if act.status == status:
            types[sentence(text, places[act.iri])].add(act.type)
    for figure in figures.get(report, ()):
        if figure.status == status:
            inside[sentence(text, places[figure.iri])].append(figure)
    return [
        Saying(place, grams(text[place.start : place.end]), frozenset(found), tuple(inside[place]))
        for place, found in sorted(types.items())
    ]


def sentence(text: str, place: Place) -> Place:
    """Give the sentence around a place, without the white space at its ends.

    >>> sentence("一、做法。加强普法宣传，办好讲座；完善制度。", Place(7, 11))
    Place(start=5, end=16)
    """
    start, end = place
    while start > 0 and not _STOP.match(text, start - 1):
        start -= 1
    stop = _STOP.search(text, max(end - 1, start))
    end = max(stop.start() if stop else len(text), place.end)
    while start < place.start and text[start].isspace():
        start += 1
    return Place(start, end)


def grams(words: str) -> frozenset[str]:
    """Give the pairs of characters that stand next to each other, Chinese ones alone.

    >>> sorted(grams("普法 20 场次"))
    ['场次', '普法']
    """
    return frozenset(run[at : at + 2] for run in _HAN.findall(words) for at in range(len(run) - 1))


def likeness(plan: frozenset[str], deed: frozenset[str], weigh: Mapping[str, float]) -> float:
    """Give the part of a plan's words that a deed has, rare ones weighing more."""
    whole = sum(weigh[gram] for gram in sorted(plan))
    return sum(weigh[gram] for gram in sorted(plan & deed)) / whole if whole else 0.0


def _by_report(facts: Iterable[Act] | Iterable[Figure]) -> dict[str, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for fact in facts:
        found[fact.report].append(fact)
    return found


def _weights(said: Iterable[Sequence[Saying]]) -> Mapping[str, float]:
    """How much each pair of characters tells: the logarithm of how rare it is."""
    every = [saying for one in said for saying in one]
    counts = Counter(gram for saying in every for gram in saying.grams)
    return {gram: math.log((len(every) + 1) / (count + 0.5)) for gram, count in counts.items()}


def _judged(
    ground: Ground, pair: Following, plan: Saying, deeds: Sequence[Saying], weigh: Mapping[str, float]
) -> Promise:
    scored = [
        (likeness(plan.grams, deed.grams, weigh), -deed.place.start, deed)
        for deed in deeds
        if related(ground, plan.types, deed.types)
    ]
    score, _, deed = max(scored, key=lambda one: one[:2], default=(0.0, 0, None))
    planned, reached = _figures(ground, pair, plan)
    verdict = _verdict(score, planned, reached)
    place: Place | None
    if reached is not None and score < NEAR:
        place = sentence(ground.text(pair.late) or "", ground.place(reached))
    else:
        place = deed.place if deed is not None and verdict != "unfound" else None
    return Promise(
        pair.township, pair.years[0], min(plan.types), verdict, round(score, 2), planned, reached,
        pair.early, plan.place, pair.late, place,
    )  # fmt: skip


def related(ground: Ground, one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether any type of one group is, or is broader or narrower than, any of the other."""
    known = ground.about.concepts

    def above(type_: str) -> set[str]:
        found: set[str] = set()
        while type_ and type_ not in found:
            found.add(type_)
            type_ = known[type_].broader if type_ in known else ""
        return found

    return any(left in above(right) or right in above(left) for left in one for right in other)


def _figures(ground: Ground, pair: Following, plan: Saying) -> tuple[Figure | None, Figure | None]:
    """A planned figure, and what the next report gives for its indicator."""
    for figure in plan.figures:
        if reached := ground.chosen.get((pair.late, figure.indicator)):
            return figure, reached
    return (plan.figures[0] if plan.figures else None), None


def _verdict(score: float, planned: Figure | None, reached: Figure | None) -> str:
    """Judge by the figures where both years give one, else by the words."""
    if planned is not None and reached is not None and score >= NEAR:
        return "partly" if reached.span[1] < planned.span[0] else "kept"
    if score >= KEPT:
        return "kept"
    return "partly" if score >= NEAR else "unfound"
