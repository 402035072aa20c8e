"""A clause with all that was found in it, while a report is being read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.activities import Said
from extractors.actors import Named
from extractors.clauses import Piece
from extractors.matching import Words
from extractors.measures import Counted


@dataclass(slots=True)
class Read:
    """What each stage of the reading adds to a clause. ``first`` and ``many`` tell its activities among all (-1: none)."""

    piece: Piece
    words: Words
    counted: Sequence[Counted] = ()
    said: Sequence[Said] = ()
    actors: Sequence[Named] = ()
    first: int = -1
    many: int = 0


_Found = TypeVar("_Found")


def dealt(found: Iterable[tuple[int, int, _Found]], reads: Sequence[Read]) -> dict[int, list[_Found]]:
    """What was found in a text (start, end and what), by the index of the clause that it lies in; the rest is left out."""
    starts = [read.piece.start for read in reads]
    shares: dict[int, list[_Found]] = {}
    for start, end, what in found:
        number = bisect_right(starts, start) - 1
        if number >= 0 and end <= reads[number].piece.end:
            shares.setdefault(number, []).append(what)
    return shares
