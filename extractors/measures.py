"""Say what each quantity counts."""

from __future__ import annotations

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
    words: Words, quantities: Sequence[Quantity], index: Index, kinds: Kinds, topic: frozenset[str], start: int, end: int
) -> list[Counted]:
    """The indicator of each quantity of a clause, from the words around it and the topic."""
    possible = index.possible(words) + index.bare
    counted: list[Counted] = []
    floor = start
    for number, quantity in enumerate(quantities):
        ceiling = quantities[number + 1].start if number + 1 < len(quantities) else end
        counted.append(_best(words, quantity, possible, kinds, topic, start, floor, min(ceiling, quantity.end + _AFTER_REACH)))
        floor = quantity.end
    return counted


def _best(
    words: Words,
    quantity: Quantity,
    possible: Sequence[Pattern],
    kinds: Kinds,
    topic: frozenset[str],
    start: int,
    floor: int,
    ceiling: int,
) -> Counted:
    best = Counted(quantity, None, "", 0.0)
    for pattern in possible:
        if pattern.units is not None and quantity.unit not in pattern.units:
            continue
        if (pattern.concept in kinds.rates) != (quantity.unit == _RATE) and pattern.concept != "other":
            continue
        if pattern.topics is not None and not pattern.topics & topic:
            continue
        spans = around(pattern, words, quantity, start, ceiling)
        if spans is None:
            continue
        score = _score(spans, quantity, floor) + (0.6 if pattern.topics else 0.0) + (0.3 if pattern.units else 0.0)
        if score > best.score:
            best = Counted(quantity, pattern.concept, pattern.rule, score)
    return best


def _score(spans: Sequence[tuple[int, int]], quantity: Quantity, floor: int) -> float:
    """How much the words say: their length, less for those that belong to an earlier quantity, less with distance."""
    score = 0.1
    for start, end in spans:
        distance = quantity.start - end if end <= quantity.start else start - quantity.end
        score += (end - start) * (1.0 if start >= floor else _SHARED) - _DISTANCE * min(distance, 20)
    return score
