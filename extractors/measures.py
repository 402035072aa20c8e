"""Say what each quantity counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.matching import Index, Words, around
from extractors.patterns import Pattern
from extractors.shapes import Quantity

#: A word between this quantity and the one before it counts in full, one before that (a shared verb) less.
_SHARED = 0.45
_DISTANCE = 0.04
_AFTER_REACH = 16
_RATE = "%"


class Counted(NamedTuple):
    """A quantity with its indicator (None: no indicator took it) and the rule that said so."""

    quantity: Quantity
    indicator: str | None
    rule: str
    score: float


class Kinds(NamedTuple):
    """What the vocabulary says of indicators: the rates, and the units that an indicator admits."""

    rates: frozenset[str]
    activity: dict[str, str]
    figure: dict[str, str]


def count(
    words: Words,
    quantities: Sequence[Quantity],
    index: Index,
    kinds: Kinds,
    topic: frozenset[str],
    span: tuple[int, int],
    text: str,
) -> list[Counted]:
    """The indicator of each quantity of a clause, from the words around it and the topic; 参考率、合格率均为100% gives two."""
    joint = [p for p in index.possible(words) if p.topics is None or not p.topics.isdisjoint(topic)]
    counted: list[Counted] = []
    floor, end = span
    rates = _rates(text, span, quantities)
    for number, quantity in enumerate(quantities):
        ceiling = quantities[number + 1].start if number + 1 < len(quantities) else end
        window = (span[0], floor, min(ceiling, quantity.end + _AFTER_REACH))
        named = rates.get(number)
        possible = joint + index.bare(quantity.unit, topic)
        if named:
            counted += [_best(words, quantity, possible, kinds, (s, s, e), at=e) for s, e in named]
        else:
            counted.append(_same_head(_best(words, quantity, possible, kinds, window), counted, text))
        floor = quantity.end
    return counted


def _same_head(figure: Counted, before: Sequence[Counted], text: str) -> Counted:
    """Let a figure that nothing took share the verb of the one listed before it: 检查饭店630家、自建房417栋."""
    if (
        figure.indicator is not None
        or not before
        or before[-1].indicator is None
        or figure.quantity.unit in (_RATE, "元")
    ):
        return figure
    between = text[before[-1].quantity.end : figure.quantity.start]
    if not _LISTED.match(between) or (figure.quantity.unit in _PEOPLE) != (before[-1].quantity.unit in _PEOPLE):
        return figure
    return figure._replace(indicator=before[-1].indicator, rule=f"listed with {before[-1].rule}")


_LISTED = re.compile(r"[、和及]")
_PEOPLE = frozenset({"人", "名", "位", "人次"})
_RATE_NAME = re.compile(r"[^，、和及与。；]{1,12}?(?:率|度|面)(?=[、和及与均都双分为达\d])")


def _rates(text: str, span: tuple[int, int], quantities: Sequence[Quantity]) -> dict[int, list[tuple[int, int]]]:
    """For the quantities that several rates share, the spans of those rates' names: all where 均 stands, one each where 分别 does."""
    first = next((n for n, q in enumerate(quantities) if q.unit == _RATE), -1)
    if first < 0:
        return {}
    floor = quantities[first - 1].end if first else span[0]
    names = [m.span() for m in _RATE_NAME.finditer(text, floor, quantities[first].start)]
    if len(names) < 2:
        return {}
    if "分别" in text[names[-1][1] : quantities[first].start]:
        return {first + n: [name] for n, name in enumerate(names) if first + n < len(quantities)}
    return {first: names}


def _best(
    words: Words,
    quantity: Quantity,
    possible: Sequence[Pattern],
    kinds: Kinds,
    window: tuple[int, int, int],
    *,
    at: int | None = None,
) -> Counted:
    """The indicator whose words say most. ``window``: where words may begin, from where they count in full, where they must end.

    ``at``: where the words stand that the quantity goes with, if not right before it.
    """
    start, floor, ceiling = window
    place = quantity if at is None else quantity._replace(start=at, end=at)
    unit, rates = quantity.unit, kinds.rates
    rate = unit == _RATE
    best, most = None, 0.0
    for pattern in possible:
        concept, _, parts, _, forbidden, _, units, topics = pattern
        if units is not None and unit not in units:
            continue
        if (concept in rates) != rate and concept != "other":
            continue
        if parts:
            spans = around(pattern, words, place, start, ceiling)
            if spans is None:
                continue
        elif words.has_any(forbidden):
            continue
        else:
            spans = ()
        score = _score(spans, place, floor) + (0.6 if topics else 0.0) + (0.3 if units else 0.0)
        if score > most:
            best, most = pattern, score
    return Counted(quantity, best.concept, best.rule, most) if best else Counted(quantity, None, "", 0.0)


def _score(spans: Sequence[tuple[int, int]], quantity: Quantity, floor: int) -> float:
    """How much the words say: their length, less for those that belong to an earlier quantity, less with distance."""
    score = 0.1
    before, after = quantity.start, quantity.end
    for start, end in spans:
        distance = before - end if end <= before else start - after
        score += (end - start) * (1.0 if start >= floor else _SHARED) - _DISTANCE * (distance if distance < 20 else 20)
    return score


def of_which(figures: list[Counted], whole: list[Counted], clause: str) -> list[Counted]:
    """Give the parts after 其中 the indicator of the whole, where nothing of their own names one."""
    if not clause.startswith("其中") or not whole:
        return figures
    head = next((w for w in whole if w.quantity.unit != "%"), whole[0])
    return [
        f._replace(indicator=head.indicator, rule=f"part of {head.rule}")
        if f.indicator is None
        and (f.quantity.unit == head.quantity.unit or {f.quantity.unit, head.quantity.unit} <= {"人", "名", "位"})
        else f
        for f in figures
    ]
